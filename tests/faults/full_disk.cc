// A disk that is full at every possible page, played by PRAGMA max_page_count: a call is done whole
// or not at all.
#include <gtest/gtest.h>

#include "support/scenario.h"

namespace {

using support::Database;
using support::Scratch;

TEST(full_disk, at_every_page) {
  for (const char* mode : {"delete", "wal", "memory"}) {
    bool met = true;
    for (int pages = 1; met && !testing::Test::HasFailure(); ++pages) {
      SCOPED_TRACE(std::string(mode) + ", " + std::to_string(pages) + " pages");
      Scratch scratch;
      Database db(scratch.path("db"));
      ASSERT_TRUE(db.run("PRAGMA page_size = 512; PRAGMA synchronous = OFF").ok());
      ASSERT_TRUE(db.run(std::string("PRAGMA journal_mode = ") + mode).ok());
      ASSERT_TRUE(db.load().ok());
      ASSERT_TRUE(db.run("PRAGMA max_page_count = " + std::to_string(pages)).ok());
      const auto codes = support::play(db);
      met = codes.count(SQLITE_FULL) > 0;
      for (const int code : codes) {
        // What a failed call left out, a later one may miss.
        EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_FULL) << code;
      }
      support::expect_nothing_half_done(db);
      ASSERT_TRUE(db.run("PRAGMA max_page_count = 100000").ok());
      support::expect_still_works(db);
      EXPECT_EQ(db.close(), SQLITE_OK);
    }
  }
}

// Each kind of call, alone, on a disk on which it has no room.
TEST(full_disk, each_call) {
  for (const char* sql :
       {"SELECT cache_set('big', zeroblob(100000))",
        "INSERT INTO kv_cache(key, value) VALUES ('big', zeroblob(100000))",
        "UPDATE kv_cache SET value = zeroblob(100000)", "SELECT cache_set('a', zeroblob(100000))",
        "SELECT ledger_mark('l', 'big', zeroblob(100000))",
        "SELECT ledger_add('l', 'big', zeroblob(100000))",
        "SELECT ledger_skip('l', 'big', hex(zeroblob(50000)))",
        "SELECT ledger_done('l', 'claimed', 1, zeroblob(100000))",
        "SELECT ledger_fail('l', 'claimed', 1, hex(zeroblob(50000)))",
        "SELECT lease_acquire(hex(zeroblob(50000)), 60)",
        "SELECT run_start(hex(zeroblob(50000)), 60)",
        "SELECT run_finish(1, 'failed', hex(zeroblob(50000)))",
        "SELECT cache_claim(hex(zeroblob(50000)), 60)",
        "INSERT INTO kv_ledger(ledger, id, payload) VALUES ('l', 'a', 1), ('l', 'b', "
        "zeroblob(100000))",
        "SELECT checkpoint_set('a', zeroblob(100000))", "SELECT migrate()",
        "INSERT INTO t SELECT cache_set(value, zeroblob(20000)) FROM json_each('[1,2,3,4,5]')"}) {
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(
        db.run("SELECT cache_set('a', 'old', 60), checkpoint_set('a', 'old'); CREATE TABLE t(x);"
               "SELECT ledger_claim('l', 'claimed', 60), run_start('job', 60);"
               "INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE m(x); "
               "INSERT INTO m VALUES (zeroblob(100000))')")
            .ok());
    ASSERT_TRUE(db.run("PRAGMA max_page_count = 20").ok());
    const auto outcome = db.run(sql);
    EXPECT_EQ(outcome.primary(), SQLITE_FULL) << sql << ": " << outcome;
    support::expect_sound(db);
    EXPECT_EQ(db.value("SELECT cache_get('a') || checkpoint_get('a')"), "oldold") << sql;
    EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "1") << sql;
    EXPECT_EQ(db.value("SELECT group_concat(id || status || token) FROM kv_ledger"),
              "claimedclaimed1")
        << sql;
    EXPECT_EQ(db.value("SELECT count(*) FROM kv_lease"), "0") << sql;
    EXPECT_EQ(db.value("SELECT group_concat(id || status) FROM kv_run"), "1running") << sql;
    support::expect_well(db);
    EXPECT_EQ(db.value("SELECT count(*) FROM t"), "0") << sql;
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'm'"), "0") << sql;
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1") << sql;
  }
}

}  // namespace
