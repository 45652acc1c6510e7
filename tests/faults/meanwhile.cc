// What another process does while a call is under way.
#include <gtest/gtest.h>

#include "support/database.h"
#include "support/moment.h"

namespace {

using support::Database;
using support::Moment;
using support::Scratch;

// A call that has not written yet must not write then.
TEST(meanwhile, the_file_is_upgraded) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  for (const char* clock :
       {"1000", "2000", "3000", "4000", "5000"})  // compiles all, and knows that it has
    ASSERT_TRUE(db.run(std::string("SELECT cache_set('a', 1), kv_clock(") + clock + ")").ok());
  Moment look(db, SQLITE_TRACE_STMT, "SELECT sweep_at", [&] {
    const char* upgrade =
        "BEGIN; UPDATE larder_meta SET value = 99 WHERE name = 'schema';"
        "CREATE TABLE larder_new(x); COMMIT";
    EXPECT_TRUE(other.run(upgrade).ok());
  });
  const auto outcome = db.run("SELECT cache_set('b', 2)");
  EXPECT_TRUE(look.has_come());
  EXPECT_NE(outcome.message.find("will not write to them"), std::string::npos) << outcome;
  EXPECT_EQ(other.value("SELECT count(*) FROM larder_cache"), "1");
}

// The lone statement that stores is committed when the limit is seen: the value goes again.
TEST(meanwhile, a_limit_is_set) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(other.load().ok());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
  Moment storing(db, SQLITE_TRACE_STMT, "INSERT INTO main.larder_cache",
                 [&] { EXPECT_TRUE(other.run("SELECT kv_config('cache.max_bytes', 60)").ok()); });
  EXPECT_EQ(db.run("SELECT cache_set('k', printf('%100d', 1))").message,
            "cache_set: key and value are 101 bytes, and cache.max_bytes is 60");
  EXPECT_TRUE(storing.has_come());
  EXPECT_EQ(other.value("SELECT group_concat(key) FROM larder_cache"), "a");
  EXPECT_EQ(db.value("SELECT coalesce(cache_get('k'), 'nothing')"), "nothing");
}

// Another connection, which commits whenever it can while `writer` runs.
class Busy {
 public:
  Busy(Database& writer, const std::string& path, std::string sql)
      : writer_(writer), other_(path), sql_(std::move(sql)) {
    EXPECT_TRUE(other_.run("PRAGMA busy_timeout = 0; CREATE TABLE busy(x)").ok());
    sqlite3_progress_handler(writer_.get(), 20, &Busy::commit, this);
  }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
  ~Busy() { sqlite3_progress_handler(writer_.get(), 0, nullptr, nullptr); }

  int commits() const { return commits_; }

 private:
  static int commit(void* busy) {
    auto& self = *static_cast<Busy*>(busy);
    if (sqlite3_get_autocommit(self.writer_.get()) != 0 && self.other_.run(self.sql_).ok())
      ++self.commits_;
    return 0;
  }

  Database& writer_;
  Database other_;
  std::string sql_;
  int commits_ = 0;
};

// Between its steps a call reads nothing: it would have to begin anew.
TEST(meanwhile, others_commit_between_steps) {
  for (const char* call :
       {"SELECT ledger_forget('l')", "SELECT kv_sweep()", "SELECT kv_sweep(9e9)"}) {
    SCOPED_TRACE(call);
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    const auto filled = db.run(
        "SELECT kv_clock(1000); SELECT kv_config('run.keep', 5); BEGIN;"
        "CREATE TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
        "2000) SELECT i FROM n; SELECT count(ledger_mark('l', i, NULL, 5)), "
        "count(cache_set(i, 1, 5)), count(lease_acquire(i, 5)), count(rate_take(i, 1, 5)), "
        "count(run_start(i, 5)), count(run_finish(i)) FROM n; CREATE TABLE u(i, at);"
        "INSERT INTO u SELECT i, 1000 FROM n; CREATE TABLE v(i, at); CREATE INDEX v_at ON v(at);"
        "INSERT INTO v SELECT i, 1000 FROM n; INSERT INTO kv_expiry VALUES ('u', 'at', 0, 's'), "
        "('v', 'at', 0, 's'); COMMIT; SELECT kv_clock(1010)");
    ASSERT_TRUE(filled.ok()) << filled;
    const bool sweeps = std::string(call).find("sweep") != std::string::npos;
    const Busy busy(db, scratch.path("db"), "INSERT INTO busy VALUES (1)");
    EXPECT_EQ(db.value(call), sweeps ? "14000" : "0") << busy.commits();
    EXPECT_GT(busy.commits(), 3);
    EXPECT_EQ(db.value("SELECT count(*) FROM larder_ledger"), "0");
  }
}

// What was there when it began is forgotten, however much others add.
TEST(meanwhile, others_add_to_a_ledger_that_is_forgotten) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
                     "2000) SELECT count(ledger_mark('l', 'a' || i)), "
                     "count(ledger_mark('l', 'z' || i)) FROM n; COMMIT")
                  .ok());
  const Busy busy(
      db, scratch.path("db"),
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 700) INSERT "
      "INTO larder_ledger(ledger, id, status, created_at) SELECT 'l', 'm' || "
      "hex(randomblob(8)), 'done', 0 FROM n");
  ASSERT_TRUE(db.run("SELECT ledger_forget('l')").ok());
  EXPECT_GT(busy.commits(), 3);
  EXPECT_EQ(db.value("SELECT count(*) FROM larder_ledger WHERE id GLOB '[az]*'"), "0");
}

}  // namespace
