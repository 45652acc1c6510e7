// The other kind of memory: operator new fails at the n-th allocation, for every n of the scenario.
// Larder reports SQLITE_NOMEM as it does for SQLite's own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <new>

#include "faults/every_moment.h"
#include "support/scenario.h"
#include "support/stride.h"

extern "C" int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);

namespace {

long countdown = -1;  // allocations until the failure; negative: none fails
bool failed = false;
bool for_good = false;  // it goes on failing

void* allocate(std::size_t size) {
  if (countdown == 0) failed = true;
  if (countdown == 0 && for_good) throw std::bad_alloc();
  if (countdown >= 0 && countdown-- == 0) throw std::bad_alloc();
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
// The standard library asks so for what it can do without.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocate(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using support::Database;

// sqlite3_exec(), because our own Database::run() allocates too.
int run(Database& db, const char* sql) {
  return sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr);
}

TEST(operator_new, fails_while_loading) {
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    Database db;
    failed = false;
    countdown = n;
    char* message = nullptr;
    const int rc = sqlite3_larder_init(db.get(), &message, nullptr);
    countdown = -1;
    met = failed;
    sqlite3_free(message);
    EXPECT_TRUE(rc == SQLITE_OK || rc == SQLITE_NOMEM) << rc << " at allocation " << n;
    EXPECT_EQ(sqlite3_larder_init(db.get(), &message, nullptr), SQLITE_OK) << n;
    EXPECT_EQ(db.value("SELECT cache_incr('n')"), "1") << n;
    EXPECT_EQ(db.close(), SQLITE_OK) << n;
  }
}

TEST(operator_new, fails_in_the_scenario) {
  bool met = true;
  long n = 0;
  for (; met && !testing::Test::HasFailure(); n += support::stride(1)) {
    SCOPED_TRACE(n);
    Database db;
    ASSERT_EQ(sqlite3_larder_init(db.get(), nullptr, nullptr), SQLITE_OK);
    failed = false;
    countdown = n;
    for (const char* sql : support::kScenario) {
      const int rc = run(db, sql);
      if (!failed) continue;
      countdown = -1;
      EXPECT_TRUE(rc == SQLITE_OK || rc == SQLITE_NOMEM) << sql << ": " << rc;
      if (sql[0] != 'B') {
        EXPECT_FALSE(db.in_transaction()) << sql;
      }
      break;
    }
    countdown = -1;
    met = failed;
    if (db.in_transaction()) db.run("ROLLBACK");
    support::expect_nothing_half_done(db);
    support::expect_still_works(db);
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
  EXPECT_GT(n, 100);
}

// Fails at the n-th allocation, or at all from the n-th on.
support::Disturbance no_memory(bool is_persistent, long stride, long sample) {
  return {is_persistent ? "no memory for good" : "no memory",
          [is_persistent](Database&, long n, const std::function<void()>& call) {
            failed = false;
            for_good = is_persistent;
            countdown = n;
            call();
            countdown = -1;
            for_good = false;
            return failed;
          },
          [](int code) { return code == SQLITE_NOMEM; }, stride, sample};
}

TEST(operator_new, fails_in_each_call) {
  support::EveryMoment every_moment;
  for (const bool is_persistent : {false, true}) {
    every_moment.each_call(no_memory(is_persistent, 7, 23), support::kInMemory);
    every_moment.each_call(no_memory(is_persistent, 7, 23), support::kInFiles);
  }
}

// Counting a hit must not need memory that is not there once the change is made.
TEST(operator_new, fails_in_a_hit_that_changes) {
  static constexpr support::Situation kFirstCall[] = {
      {"cold, each moment", support::Place::kMemory, true, false, false, false, 1}};
  support::EveryMoment().each_call(
      no_memory(false, 1, 1), kFirstCall,
      {{"SELECT cache_get('k', 'none', 90)", true}, {"SELECT cache_pop('k')", true}});
}

// Two layouts, so that files and folders are looked at in every way there is.
class Folders {
 public:
  Folders() {
    for (const char* folder : {"files", "folders", "folders/1_a", "folders/2_b"})
      std::filesystem::create_directory(scratch_.path(folder));
    write("files/1_a.up.sql", "CREATE TABLE a(x)");
    write("files/1_a.down.sql", "DROP TABLE a");
    write("files/2_b.up.sql", "CREATE TABLE b(x)");
    write("folders/1_a/up.sql", "CREATE TABLE a(x)");
    write("folders/1_a/down.sql", "DROP TABLE a");
    write("folders/1_a/metadata.toml", "# run_in_transaction = false\n");
    write("folders/2_b/up.sql", "CREATE TABLE b(x)");
  }
  std::string path(const char* name) const { return scratch_.path(name); }

 private:
  void write(const char* name, const char* text) const { std::ofstream(path(name)) << text; }

  support::Scratch scratch_;
};

// An error means that nothing was applied.
void run_and_fail_once(const std::string& sql, bool applies) {
  bool met = true;
  long failures = 0;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    SCOPED_TRACE(sql + " at allocation " + std::to_string(n));
    Database db;
    ASSERT_EQ(sqlite3_larder_init(db.get(), nullptr, nullptr), SQLITE_OK);
    failed = false;
    countdown = n;
    const int rc = run(db, sql.c_str());
    countdown = -1;
    met = failed;
    EXPECT_TRUE(rc == SQLITE_OK || (met && rc == SQLITE_NOMEM)) << rc;
    if (rc != SQLITE_OK) ++failures;
    support::expect_sound(db);
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')"),
              applies && rc == SQLITE_OK ? "2" : "0");
    EXPECT_EQ(db.value("PRAGMA user_version"), applies && rc == SQLITE_OK ? "2" : "0");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
  EXPECT_GT(failures, 10) << sql;
}

// A statement that fails takes back what its first rows have declared, for which there may be no
// memory left.
TEST(operator_new, fails_for_good_while_declaring) {
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    SCOPED_TRACE(n);
    Database db;
    ASSERT_EQ(sqlite3_larder_init(db.get(), nullptr, nullptr), SQLITE_OK);
    ASSERT_TRUE(db.run("BEGIN; INSERT INTO kv_migration(version, up) VALUES (1, '')").ok());
    failed = false;
    for_good = true;
    countdown = n;
    const int rc = run(db, "INSERT INTO kv_migration(version, up) VALUES (2, ''), (-1, '')");
    countdown = -1;
    for_good = false;
    met = failed;
    EXPECT_EQ(rc, met ? SQLITE_NOMEM : SQLITE_ERROR);
    EXPECT_EQ(db.value("SELECT group_concat(version) FROM kv_migration"), "1");
    EXPECT_TRUE(db.run("COMMIT").ok());
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
}

TEST(operator_new, fails_while_a_directory_is_read) {
  const Folders folders;
  for (const char* name : {"files", "folders"}) {
    run_and_fail_once("SELECT migrate('" + folders.path(name) + "')", true);
    run_and_fail_once("SELECT count(*) FROM kv_migration('" + folders.path(name) + "')", false);
  }
}

}  // namespace
