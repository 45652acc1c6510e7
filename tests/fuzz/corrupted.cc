// Files that are damaged: the bytes of the input are written over those of a file that Larder has
// filled, or of its log or journal, and then it is opened and called. Errors are all right.
#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "faults/calls.h"
#include "fuzz/host.h"
#include "fuzz/memory_vfs.h"
#include "fuzz/system.h"
#include "fuzz/target.h"

namespace {

using fuzz::Host;

// The files of a database: as they are when it is closed, or as a program leaves them that is
// killed.
struct Image {
  std::string main;
  std::string log;
  std::string journal;
};

constexpr char kMain[] = "/memory/db";
constexpr char kLog[] = "/memory/db-wal";
constexpr char kJournal[] = "/memory/db-journal";

void change(support::Database& db) {
  for (const auto& call : support::all_calls()) db.run(call.sql);
}

// A filled file, with small pages so that there are many.
void fill_main(const std::string& mode) {
  fuzz::remove_files();
  Host host;
  host.db().run("PRAGMA page_size = 512");
  support::fill(host.db(), false);
  EXPECT_EQ(host.db().value("PRAGMA journal_mode = " + mode), mode);
  EXPECT_EQ(host.db().close(), SQLITE_OK);
}

Image closed() {
  fill_main("delete");
  return {fuzz::file(kMain), "", ""};
}

// What is in the log is not in the file.
Image with_log() {
  fill_main("wal");
  Host host;
  change(host.db());
  return {fuzz::file(kMain), fuzz::file(kLog), ""};
}

// The journal undoes what is in the file.
Image with_journal() {
  fill_main("delete");
  Host host;
  host.db().run("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN");
  change(host.db());
  return {fuzz::file(kMain), "", fuzz::file(kJournal)};
}

const Image& image(std::size_t how) {
  static const Image images[] = {closed(), with_log(), with_journal()};
  // What is empty cannot be damaged.
  for (const Image& each : images) EXPECT_GT(each.main.size(), 20'000u);
  EXPECT_FALSE(images[1].log.empty() || images[2].journal.empty());
  return images[how % std::size(images)];
}

// `place` is of 65,536 parts of the file.
void damage(std::string& bytes, std::size_t place, std::string_view with) {
  const std::size_t at = bytes.size() * place / 65536;
  const std::size_t length = std::min(with.size(), bytes.size() - at);
  bytes.replace(at, length, with, 0, length);
}

// A change is a byte that says which file and how many bytes, two for the place, and the bytes.
void write_over(fuzz::Input& input) {
  while (!input.is_empty()) {
    const std::size_t head = input.byte();
    const std::size_t place = input.word();
    const std::string_view with = input.take(1 + head % 32);
    const std::size_t file = head / 32;
    if (file < 5) damage(fuzz::file(kMain), place, with);
    if (file >= 5 && fuzz::has_file(kLog)) damage(fuzz::file(kLog), place, with);
    if (file >= 5 && fuzz::has_file(kJournal)) damage(fuzz::file(kJournal), place, with);
  }
}

sqlite3* called = nullptr;

}  // namespace

// The first two bytes choose the calls, the third the files, and whether a transaction is open.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::vector<support::CallUnderTest> calls = support::all_calls();
  constexpr std::size_t kCalls = 4;
  fuzz::Input input(bytes, size);
  std::size_t next = input.byte();
  const std::size_t stride = input.byte();
  const std::size_t how = input.byte();
  const Image& whole = image(how);
  const bool inside = how >= 128;
  fuzz::remove_files();
  fuzz::file(kMain) = whole.main;
  if (!whole.log.empty()) fuzz::file(kLog) = whole.log;
  if (!whole.journal.empty()) fuzz::file(kJournal) = whole.journal;
  write_over(input);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr);
  {
    Host host;
    if (host.loaded().code == SQLITE_NOMEM) return 0;
    host.restrict();
    called = host.db().get();
    fuzz::watch_sleep([] { sqlite3_interrupt(called); });
    support::Database& db = host.db();
    db.run("SELECT kv_clock(1010)");
    if (inside) db.run("BEGIN");
    for (std::size_t i = 0; i < kCalls && host.is_in_time(); ++i) {
      db.run(calls[next % calls.size()].sql);
      next += stride;
    }
    EXPECT_TRUE(inside || !db.in_transaction());
    if (db.in_transaction()) db.run("ROLLBACK");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
  return 0;
}
