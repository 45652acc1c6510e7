// Connections tell each other which rows they change: what others did not change stays in memory,
// and what they did is read anew.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

#include "hot/hot.h"
#include "support/moment.h"

namespace {

using support::HotTest;
using support::kGet;
using support::Larder;
using support::Moment;
using support::Scratch;
using support::stat;

// Where the memory of a file is.
std::string memory_of(const std::string& path) {
  struct stat file {};
  EXPECT_EQ(::stat(path.c_str(), &file), 0);
  char name[100];
  std::snprintf(name, sizeof name, "/dev/shm/larder-hot1-%llx-%llx-%llx",
                static_cast<unsigned long long>(::geteuid()),
                static_cast<unsigned long long>(file.st_dev),
                static_cast<unsigned long long>(file.st_ino));
  return name;
}

class SharingTest : public HotTest {
 protected:
  SharingTest() { share(db, other); }

  // Until both have joined: the reader makes the memory when it loses rows by a commit of the
  // writer's, which looks for it now and then.
  static void share(Larder& reader, Larder& writer) {
    constexpr int kEnough = 200;
    for (int i = 0; i < kEnough; ++i) {
      for (int j = 0; j < 2; ++j) reader.must(kGet);
      writer.must("SELECT cache_set('warm', random())");
    }
    warm(reader);
  }
  static void warm(Larder& reader) {
    for (int i = 0; i < 3; ++i) reader.must(std::string(kGet) + ", ledger_seen('l', 'k')");
  }

  // How many of `asks` are answered from memory.
  static std::int64_t hits_of(Larder& reader, const std::function<void()>& asks) {
    const std::int64_t before = stat(reader, "hot_hits");
    asks();
    return stat(reader, "hot_hits") - before;
  }

  std::string memory() const { return memory_of(path); }
  bool has_memory() const { return ::access(memory().c_str(), F_OK) == 0; }
};

TEST_F(SharingTest, a_row_outlives_the_commits_of_others) {
  const std::int64_t before = stat(db, "hot_followed");
  for (int i = 0; i < 10; ++i) {
    other.must("SELECT cache_set('another', random()), ledger_mark('l', 'another')");
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1);
  }
  EXPECT_EQ(stat(db, "hot_followed"), before + 11);  // ten sets, and one mark that was new
}

TEST_F(SharingTest, many_commits_are_followed_at_once) {
  for (const int commits : {2, 500, 1024}) {
    for (int i = 0; i < commits; ++i) other.must("SELECT cache_set('another', random())");
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1) << commits;
  }
  for (int i = 0; i < 1025; ++i) other.must("SELECT cache_set('another', random())");
  EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 0) << "the first is overwritten";
}

const char* const kChanges[] = {
    "SELECT cache_set('k', 'new')",
    "SELECT cache_set('k', 'new', 0)",
    "SELECT cache_set('k', NULL)",
    "SELECT cache_replace('k', 'new')",
    "SELECT cache_cas('k', 'old', 'new')",
    "SELECT cache_del('k')",
    "SELECT cache_pop('k')",
    "SELECT cache_touch('k', 0)",
    "SELECT cache_touch('k', 100)",
    "SELECT cache_clear()",
    "SELECT cache_clear('k')",
    "INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('k', 'new')",
    "UPDATE kv_cache SET value = 'new' WHERE key = 'k'",
    "DELETE FROM kv_cache WHERE key = 'k'",
    "UPDATE larder_cache SET value = 'new'",
    "DELETE FROM larder_cache",
    "UPDATE larder_ledger SET status = 'failed', result = 'new'",
    "DELETE FROM larder_ledger",
    "DELETE FROM kv_ledger",
    "SELECT ledger_forget('l')",
    "SELECT ledger_forget('l', 'k'), ledger_mark('l', 'k', 'new')",
    "BEGIN; SELECT cache_set('k', 'new'); COMMIT",
    "BEGIN; SELECT cache_set('k', 'new'); ROLLBACK",
    "BEGIN; SELECT cache_set('else', random()); UPDATE larder_cache SET value = 'new'; COMMIT",
    "SELECT cache_set('else', random()); UPDATE larder_cache SET value = 'new'; SELECT "
    "cache_set('x', 1)",
    "CREATE TRIGGER t AFTER INSERT ON larder_cache BEGIN UPDATE larder_cache SET value = 'new' "
    "WHERE key = 'k'; END; SELECT cache_set('else', random()); DROP TRIGGER t",
    "CREATE TEMP TRIGGER t AFTER INSERT ON larder_cache BEGIN UPDATE larder_cache SET value = "
    "'new' WHERE key = 'k'; END; SELECT cache_set('else', random()); DROP TRIGGER t",
    "CREATE TRIGGER t AFTER INSERT ON larder_ledger BEGIN DELETE FROM larder_cache; END; "
    "SELECT ledger_mark('l', 'else'); DROP TRIGGER t",
    "SELECT kv_config('cache.max_entries', 1), cache_set('else', random()), cache_set('else', "
    "random()), "
    "kv_config('cache.max_entries', NULL)",
    "PRAGMA wal_checkpoint(truncate); SELECT cache_set('k', 'new')",
    "PRAGMA wal_checkpoint(restart); UPDATE larder_cache SET value = 'new'",
    "DROP TABLE larder_cache",
    "VACUUM; UPDATE larder_cache SET value = 'new'",
};

class SharedChange : public SharingTest, public testing::WithParamInterface<const char*> {};

constexpr const char* kTruth =
    "SELECT iif(count(*), value, 'nothing') FROM larder_cache WHERE key = 'k'";

// Also in between, where a record is there and the next is not.
TEST_P(SharedChange, of_another_is_seen) {
  other.must(GetParam());
  for (int i = 0; i < 3; ++i) {
    // (The table may be gone until the next write.)
    const bool has_table = db.run("SELECT 1 FROM larder_cache").ok();
    EXPECT_EQ(answer(), has_table ? db.value(kTruth) : "nothing");
    EXPECT_EQ(db.value("SELECT ledger_result('l', 'k')"),
              db.value("SELECT max(result) FROM larder_ledger WHERE id = 'k' AND status = 'done'"));
    other.must("SELECT cache_set('more', random())");
  }
}

INSTANTIATE_TEST_SUITE_P(each, SharedChange, testing::ValuesIn(kChanges));

// Nobody waits for what was not announced.
TEST_F(SharingTest, what_is_not_told_empties_the_memory_at_once) {
  for (const char* untold : {"CREATE TABLE t(x)", "INSERT INTO t VALUES (1)",
                             "BEGIN; SELECT cache_set('else', random()); COMMIT"}) {
    other.must(untold);
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 0) << untold;
    if (untold[0] == 'C') warm(db);  // what a statement reads that was compiled again is not kept
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1) << untold;
    warm(db);
  }
}

// The commit of somebody else comes between a commit and its telling: it is found in the log.
TEST_F(SharingTest, a_commit_that_is_told_late) {
  Larder third(path);
  third.must("PRAGMA synchronous = off");
  share(db, third);
  for (const char* late :
       {"SELECT cache_set('late', random())", "SELECT ledger_mark('l', hex(randomblob(9)))"}) {
    Moment commit(other, SQLITE_TRACE_PROFILE, "COMMIT",
                  [&] { third.must("SELECT cache_set('between', random())"); });
    other.must(late);
    ASSERT_TRUE(commit.has_come());
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1) << late;
  }
  {
    Moment commit(other, SQLITE_TRACE_PROFILE, "COMMIT",
                  [&] { third.must("SELECT cache_set('between', random())"); });
    other.must("SELECT cache_set('k', 'new')");
  }
  EXPECT_EQ(answer(), "new");
}

// A checkpoint comes between a commit and its telling, and others read on meanwhile.
TEST_F(SharingTest, a_commit_that_is_told_after_many_looks) {
  constexpr int kRows = 100;
  const auto ask_all = [&] {
    for (int i = 0; i < kRows; ++i) EXPECT_EQ(answer("r" + std::to_string(i)), std::to_string(i));
  };
  for (int i = 0; i < kRows; ++i) {
    const std::string number = std::to_string(i);
    db.must("SELECT cache_set('r" + number + "', " + number + ")");
  }
  for (int i = 0; i < 3; ++i) ask_all();
  Moment commit(other, SQLITE_TRACE_PROFILE, "COMMIT", [&] {
    for (int i = 0; i < 40; ++i) EXPECT_EQ(answer(), "old");
  });
  other.must("SELECT cache_set('r0', 0)");
  ASSERT_TRUE(commit.has_come());
  EXPECT_EQ(hits_of(db, ask_all), kRows - 1) << "all but the one that was set";
}

// An announcement after which nothing is told is taken back: then nobody waits for it.
TEST_F(SharingTest, what_was_announced_and_changed_nothing_is_taken_back) {
  other.must("CREATE TABLE t(x)");
  for (const char* nothing : {"SELECT cache_add('k', 'new')", "SELECT cache_del('nothing')",
                              "SELECT ledger_mark('l', 'k')"}) {
    warm(db);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(answer("r" + std::to_string(i % 25)), "nothing");
    other.must(nothing);
    other.must("INSERT INTO t VALUES (1)");
    answer();
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1) << nothing;
  }
}

// The log begins anew in between: then it cannot be found.
TEST_F(SharingTest, a_commit_that_is_told_late_of_a_log_that_is_gone) {
  Larder third(path);
  third.must("PRAGMA synchronous = off");
  share(db, third);
  Moment commit(other, SQLITE_TRACE_PROFILE, "COMMIT", [&] {
    third.must("PRAGMA wal_checkpoint(truncate)");
    third.must("SELECT cache_set('k', 'new')");
  });
  other.must("SELECT cache_set('late', random())");
  ASSERT_TRUE(commit.has_come());
  EXPECT_EQ(answer(), "new");
}

// A log that a set begins anew is told, too.
TEST_F(SharingTest, a_log_that_begins_anew) {
  other.must("PRAGMA wal_checkpoint");
  other.must("SELECT cache_set('another', random())");
  EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1);
}

TEST_F(SharingTest, dead_rows_that_another_has_swept_stay_dead) {
  db.must("SELECT kv_clock(1000000000), cache_set('short', 'alive', 10)");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(answer("short"), "alive");
  other.must("SELECT kv_clock(1000000100)");
  while (db.value("SELECT count(*) FROM larder_cache WHERE key = 'short'") == "1")
    other.must("SELECT cache_set(hex(randomblob(9)), 1)");  // a new key sweeps
  EXPECT_EQ(answer("short"), "nothing") << "the clock of this connection says that it lives";
}

TEST_F(SharingTest, a_reader_sees_its_own_writes_among_those_of_others) {
  for (int i = 0; i < 200; ++i) {
    const std::string value = std::to_string(i);
    (i % 3 == 0 ? other : db).must("SELECT cache_set('k', " + value + ")");
    if (i % 2 == 0) other.must("SELECT cache_set('another', random())");
    EXPECT_EQ(answer(), value);
  }
}

TEST_F(SharingTest, the_setting_ends_it) {
  ASSERT_TRUE(has_memory());
  db.must("SELECT kv_config('hot.share', 0)");
  const std::int64_t before = stat(db, "hot_followed");
  for (int i = 0; i < 200; ++i) {
    for (int j = 0; j < 2; ++j) db.must(kGet);
    other.must("SELECT cache_set('another', random())");
    EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 0);
    if (i == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  }
  EXPECT_EQ(stat(db, "hot_followed"), before);
  EXPECT_FALSE(has_memory()) << "all have left";
  db.must("SELECT kv_config('hot.share', 1)");
  share(db, other);
  EXPECT_TRUE(has_memory());
}

// Whoever writes looks now and then for memory of others; that must not put off the making of it.
TEST_F(HotTest, a_connection_that_writes_more_than_it_reads_makes_memory) {
  for (int i = 0; i < 5; ++i) db.must("SELECT cache_set('mine', random())");
  for (int i = 0; i < 2; ++i) db.must(kGet);
  other.must("SELECT cache_set('another', random())");
  db.must(kGet);
  EXPECT_EQ(::access(memory_of(path).c_str(), F_OK), 0);
}

// A program that has closed its input opens it again, or writes there by mistake. (SQLite puts
// /dev/null in such a place.)
TEST_F(HotTest, its_memory_is_none_of_the_standard_files) {
  const int input = ::dup(STDIN_FILENO);
  for (int i = 0; i < 200; ++i) {
    ::close(STDIN_FILENO);
    for (int j = 0; j < 2; ++j) db.must(kGet);
    other.must("SELECT cache_set('another', random())");
    std::error_code none;
    EXPECT_NE(std::filesystem::read_symlink("/proc/self/fd/0", none), memory_of(path));
  }
  EXPECT_EQ(::access(memory_of(path).c_str(), F_OK), 0);
  ::dup2(input, STDIN_FILENO);
  ::close(input);
}

// The last row that was kept is removed: the connection still watches its own changes.
TEST_F(HotTest, a_row_that_comes_and_goes_is_kept_each_time) {
  constexpr int kTimes = 20;
  Larder lone(scratch.path("lone"));
  const std::int64_t before = stat(lone, "hot_hits");
  for (int i = 0; i < kTimes; ++i) {
    lone.must("SELECT cache_set('k', 'old')");
    for (int j = 0; j < 4; ++j) EXPECT_EQ(lone.value(kGet), "old");
    lone.must("SELECT cache_del('k')");
  }
  EXPECT_GT(stat(lone, "hot_hits") - before, kTimes * 4 - 4);
}

TEST_F(SharingTest, a_lone_connection_makes_no_memory) {
  const Scratch folder;
  Larder alone(folder.path("db"));
  alone.must("CREATE TABLE t(x)");
  for (int i = 0; i < 200; ++i) {
    alone.must("SELECT cache_set('k', random()), cache_get('k')");
    alone.must("INSERT INTO t VALUES (1); SELECT cache_get('k'); SELECT cache_get('k')");
  }
  EXPECT_NE(::access(memory_of(folder.path("db")).c_str(), F_OK), 0);
}

// What a forked process closes is not its own.
TEST_F(SharingTest, a_forked_process_takes_nothing_away) {
  const pid_t child = ::fork();
  if (child == 0) {
    db.close();
    other.close();
    ::_exit(0);
  }
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(has_memory());
  warm(db);
  other.must("SELECT cache_set('another', random())");
  EXPECT_EQ(hits_of(db, [&] { EXPECT_EQ(answer(), "old"); }), 1);
}

TEST_F(SharingTest, memory_whose_name_is_gone_is_left) {
  ASSERT_EQ(::unlink(memory().c_str()), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  share(db, other);
  EXPECT_TRUE(has_memory());
}

TEST_F(SharingTest, the_last_removes_the_memory) {
  ASSERT_TRUE(has_memory());
  EXPECT_EQ(other.close(), SQLITE_OK);
  EXPECT_TRUE(has_memory());
  EXPECT_EQ(db.close(), SQLITE_OK);
  EXPECT_FALSE(has_memory());
}

// A file that nobody shares yet, to be opened after `prepare(memory)`.
class MemoryTest : public SharingTest {
 protected:
  MemoryTest() {
    for (Larder* each : {&db, &other}) EXPECT_EQ(each->close(), SQLITE_OK);
  }

  // Whether two new connections share.
  bool shares() {
    Larder reader(path), writer(path);
    share(reader, writer);
    const std::int64_t before = stat(reader, "hot_followed");
    writer.must("SELECT cache_set('another', random())");
    reader.must(kGet);
    EXPECT_EQ(reader.value(kGet), "old");
    return stat(reader, "hot_followed") > before;
  }
};

TEST_F(MemoryTest, is_for_one_user_whatever_the_rights_of_the_file) {
  for (const mode_t mode : {0600, 0640, 0644, 0660, 0666}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    Larder reader(path), writer(path);
    share(reader, writer);
    struct stat made {};
    ASSERT_EQ(::stat(memory().c_str(), &made), 0);
    EXPECT_EQ(made.st_mode & 07777, 0600);
    EXPECT_EQ(made.st_uid, ::geteuid());
  }
}

struct Trap {
  const char* name;
  void (*set)(const std::string& memory);
};
std::ostream& operator<<(std::ostream& out, const Trap& trap) { return out << trap.name; }

void make_file(const std::string& path, mode_t mode) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  std::fclose(file);
  ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

const Trap kTraps[] = {
    {"wider_rights", [](const std::string& memory) { make_file(memory, 0640); }},
    {"another_owner",
     [](const std::string& memory) {
       make_file(memory, 0600);
       if (::chown(memory.c_str(), 12345, 12345) != 0) GTEST_SKIP() << "needs root";
     }},
    {"symbolic_link",
     [](const std::string& memory) {
       make_file(memory + ".target", 0600);
       ASSERT_EQ(::symlink((memory + ".target").c_str(), memory.c_str()), 0);
     }},
    {"hard_link",
     [](const std::string& memory) {
       make_file(memory + ".target", 0600);
       ASSERT_EQ(::link((memory + ".target").c_str(), memory.c_str()), 0);
     }},
    {"folder", [](const std::string& memory) { ASSERT_EQ(::mkdir(memory.c_str(), 0700), 0); }},
    {"pipe", [](const std::string& memory) { ASSERT_EQ(::mkfifo(memory.c_str(), 0600), 0); }},
};

class MemoryTrap : public MemoryTest, public testing::WithParamInterface<Trap> {};

TEST_P(MemoryTrap, is_refused) {
  const std::string name = memory();
  GetParam().set(name);
  if (IsSkipped()) return static_cast<void>(std::remove(name.c_str()));
  // As if somebody had it: else another test's process may take it for litter.
  const int held = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  EXPECT_EQ(::flock(held, LOCK_SH), 0);
  EXPECT_FALSE(shares());
  ::close(held);
  struct stat left {};
  EXPECT_EQ(::lstat(name.c_str(), &left), 0) << "it is not ours to remove";
  EXPECT_TRUE(left.st_size < 100 || !S_ISREG(left.st_mode)) << "nor to fill";
  std::remove(name.c_str());
  std::remove((name + ".target").c_str());
  EXPECT_TRUE(shares());
}

INSTANTIATE_TEST_SUITE_P(each, MemoryTrap, testing::ValuesIn(kTraps),
                         [](const auto& test) { return test.param.name; });

// What a killed process leaves is taken over, with nothing of what was in it.
TEST_F(MemoryTest, that_was_left_is_taken_over) {
  std::FILE* file = std::fopen(memory().c_str(), "w");
  for (int i = 0; i < 100000; ++i) std::fputc('x', file);
  std::fclose(file);
  ASSERT_EQ(::chmod(memory().c_str(), 0600), 0);
  EXPECT_TRUE(shares());
  EXPECT_FALSE(has_memory());
}

// And that of another file is removed by whoever next makes some.
TEST_F(MemoryTest, that_was_left_of_another_file_is_removed) {
  const std::string left = "/dev/shm/larder-hot1-0-0";
  make_file(left, 0600);
  EXPECT_TRUE(shares());
  EXPECT_NE(::access(left.c_str(), F_OK), 0);
}

// A connection that has changed much by itself looks for others all the same.
TEST_F(HotTest, whoever_writes_joins_within_64_changes) {
  const auto change = [&] { other.must("SELECT cache_set('another', random())"); };
  for (int i = 0; i < 400; ++i) change();
  for (int i = 0; i < 64; ++i) {
    for (int j = 0; j < 2; ++j) db.must(kGet);
    change();
  }
  const std::int64_t before = stat(db, "hot_followed");
  for (int j = 0; j < 2; ++j) db.must(kGet);
  change();
  db.must(kGet);
  EXPECT_GT(stat(db, "hot_followed"), before);
}

}  // namespace
