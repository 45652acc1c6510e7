// Files that are damaged: the bytes of the input are written over those of a file that Larder has
// filled, or of its log or journal, and then it is opened and called. Errors are all right.
#include <sqlite3.h>

#include <vector>

#include "faults/calls.h"
#include "fuzz/host.h"
#include "fuzz/memory_vfs.h"
#include "fuzz/system.h"
#include "fuzz/target.h"

namespace {

using fuzz::Host;

// The files of a database as a program leaves them that is killed.
struct Image {
  std::string main;
  std::string log;
  std::string journal;
};

constexpr char kMain[] = "/memory/db";
constexpr char kLog[] = "/memory/db-wal";
constexpr char kJournal[] = "/memory/db-journal";

// A page for each table, and its rows on few.
Image fill(const char* mode) {
  fuzz::remove_files();
  Image image;
  Host host;
  host.db().run("PRAGMA page_size = 512");
  support::fill(host.db(), false);
  EXPECT_EQ(host.db().value(std::string("PRAGMA journal_mode = ") + mode), mode);
  // A journal is only filled when it must be, and then the file is, too.
  host.db().run("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN");
  for (const auto& call : support::all_calls()) host.db().run(call.sql);
  image.main = fuzz::file(kMain);
  if (fuzz::has_file(kJournal)) image.journal = fuzz::file(kJournal);
  host.db().run("COMMIT");
  if (fuzz::has_file(kLog)) image.log = fuzz::file(kLog);
  return image;
}

const Image& image(bool has_log) {
  static const Image with_log = fill("wal");
  static const Image with_journal = fill("delete");
  return has_log ? with_log : with_journal;
}

void damage(std::string& bytes, std::size_t at, std::string_view with) {
  if (bytes.empty()) return;
  at %= bytes.size();
  bytes.replace(at, std::min(with.size(), bytes.size() - at), with, 0,
                std::min(with.size(), bytes.size() - at));
}

// A change is a byte that says which file and how many bytes, an offset of two, and the bytes.
void write_over(fuzz::Input& input) {
  while (!input.is_empty()) {
    const std::size_t head = input.byte();
    const std::size_t at = input.word();
    const std::string_view with = input.take(1 + head % 32);
    const std::size_t file = head / 32;
    if (file < 5) damage(fuzz::file(kMain), at, with);
    if (file >= 5 && fuzz::has_file(kLog)) damage(fuzz::file(kLog), at, with);
    if (file >= 5 && fuzz::has_file(kJournal)) damage(fuzz::file(kJournal), at, with);
  }
}

sqlite3* called = nullptr;

}  // namespace

// The first two bytes choose the calls, the third the journal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::vector<support::CallUnderTest> calls = support::all_calls();
  constexpr std::size_t kCalls = 4;
  fuzz::Input input(bytes, size);
  std::size_t next = input.byte();
  const std::size_t stride = input.byte();
  const std::size_t how = input.byte();
  const Image& whole = image(how % 2 == 0);
  fuzz::remove_files();
  fuzz::file(kMain) = whole.main;
  if (!whole.log.empty()) fuzz::file(kLog) = whole.log;
  if (!whole.journal.empty()) fuzz::file(kJournal) = whole.journal;
  write_over(input);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr);
  {
    Host host;
    host.restrict();
    called = host.db().get();
    fuzz::watch_sleep([] { sqlite3_interrupt(called); });
    support::Database& db = host.db();
    db.run("SELECT kv_clock(1010)");
    if (how % 4 > 1) db.run("BEGIN");
    for (std::size_t i = 0; i < kCalls && host.is_in_time(); ++i) {
      db.run(calls[next % calls.size()].sql);
      next += stride;
    }
    EXPECT_TRUE(how % 4 > 1 || !db.in_transaction());
    if (db.in_transaction()) db.run("ROLLBACK");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
  return 0;
}
