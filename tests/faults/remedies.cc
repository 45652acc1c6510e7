// What the doctor says helps is a statement, whatever the name in it, and helps when it is run.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// The statement in a finding's message, "...: was a clock ahead? STATEMENT frees it", and what
// follows it: "frees it".
struct Remedy {
  std::string statement;
  std::string effect;

  explicit Remedy(const std::string& message) {
    const std::string question = "was a clock ahead? ";
    for (const std::string known : {" frees it", " frees the job", " ends it", " gives it back",
                                    " begins it anew", " lets it be claimed now"}) {
      const auto end = message.rfind(known);
      if (end == std::string::npos || end + known.size() != message.size()) continue;
      const auto begin = message.find(question) + question.size();
      statement = message.substr(begin, end - begin);
      effect = known;
    }
  }
};

class Remedies : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ASSERT_TRUE(db_.load().ok()); }

  // The answer to `sql`, in which @ is the name.
  std::string value(std::string sql) {
    for (auto at = sql.find('@'); at != std::string::npos; at = sql.find('@'))
      sql.replace(at, 1, GetParam());
    return db_.value(sql);
  }

  std::string value_at(const std::string& moment, const std::string& sql) {
    EXPECT_TRUE(db_.run("SELECT kv_clock(" + moment + ")").ok());
    return value(sql);
  }

  // The clock is set right: runs what the one warning says, and expects that it is gone then.
  void expect_helps(const std::string& effect) {
    const std::string from_future = " FROM kv_check WHERE message LIKE '%was a clock ahead?%'";
    ASSERT_EQ(value_at("1000", "SELECT count(*)" + from_future), "1");
    const Remedy remedy(db_.value("SELECT message" + from_future));
    EXPECT_EQ(remedy.effect, effect);
    const auto outcome = db_.run(remedy.statement);
    EXPECT_TRUE(outcome.ok()) << remedy.statement << ": " << outcome;
    EXPECT_EQ(db_.value("SELECT count(*)" + from_future), "0") << remedy.statement;
  }

 private:
  Database db_;
};

constexpr const char* kAhead = "173800";

TEST_P(Remedies, lease) {
  ASSERT_EQ(value_at(kAhead, "SELECT lease_acquire(@, 60)"), "1");
  expect_helps(" frees it");
  EXPECT_EQ(value("SELECT count(*) FROM kv_lease"), "0");
}

TEST_P(Remedies, rate) {
  ASSERT_EQ(value_at(kAhead, "SELECT rate_take(@, 1, 60)"), "0.0");
  expect_helps(" begins it anew");
  EXPECT_EQ(value("SELECT rate_take(@, 1, 60)"), "0.0");
}

TEST_P(Remedies, run) {
  ASSERT_EQ(value_at(kAhead, "SELECT run_start(@, 60)"), "1");
  expect_helps(" frees the job");
  EXPECT_EQ(value("SELECT run_start(@, 60)"), "2");
}

TEST_P(Remedies, placeholder) {
  ASSERT_EQ(value_at(kAhead, "SELECT cache_claim(@, 60)"), "1");
  expect_helps(" ends it");
  EXPECT_EQ(value("SELECT cache_claim(@, 60)"), "1");
}

TEST_P(Remedies, claim_of_a_live_value) {
  ASSERT_EQ(value_at("1000", "SELECT cache_set(@, 'value', 200000)"), "value");
  ASSERT_EQ(value_at(kAhead, "SELECT cache_claim(@, 60)"), "1");
  expect_helps(" ends it");
  EXPECT_EQ(value("SELECT value || ' ' || created_at || ' ' || expires_at FROM kv_cache"),
            "value 1000.0 201000.0");
  EXPECT_EQ(value("SELECT cache_claim(@, 60)"), "1");
}

TEST_P(Remedies, claim_of_a_dead_value) {
  ASSERT_EQ(value_at("900", "SELECT cache_set(@, 'value', 5)"), "value");
  ASSERT_EQ(value_at(kAhead, "SELECT cache_claim(@, 60)"), "1");
  expect_helps(" ends it");
  EXPECT_EQ(value("SELECT cache_claim(@, 60)"), "1");
}

TEST_P(Remedies, claimed_work) {
  ASSERT_EQ(value_at(kAhead, "SELECT ledger_claim(@, @, 60)"), "1");
  expect_helps(" gives it back");
  EXPECT_EQ(value("SELECT status FROM kv_ledger"), "failed");
}

TEST_P(Remedies, work_that_waits) {
  ASSERT_EQ(value_at(kAhead, "SELECT ledger_add(@, @, 'payload', 60)"), "1");
  expect_helps(" lets it be claimed now");
  EXPECT_EQ(value("SELECT json_extract(ledger_next(@, 60), '$.payload')"), "payload");
}

// A quote, a BLOB, more than a message shows, a NUL, and bytes that are no UTF-8.
INSTANTIATE_TEST_SUITE_P(each, Remedies,
                         testing::Values("'it''s'", "x'00ff'", "hex(zeroblob(50))",
                                         "('a' || char(0) || 'b''')", "CAST(x'61ff' AS TEXT)"));

// A database that somebody else has locked is named, and the others are looked at all the same.
TEST(kv_check, of_names_beside_a_locked_database) {
  Scratch scratch;
  Database holder(scratch.path("other.db"));
  ASSERT_TRUE(holder.run("CREATE TABLE kv_run(x)").ok());
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("CREATE TABLE kv_lease(x); PRAGMA busy_timeout = 1").ok());
  ASSERT_TRUE(db.run("ATTACH '" + scratch.path("other.db") + "' AS other").ok());
  ASSERT_TRUE(db.run("ATTACH ':memory:' AS third; CREATE TABLE third.kv_cache(x)").ok());
  ASSERT_TRUE(holder.run("BEGIN EXCLUSIVE").ok());
  EXPECT_EQ(db.value("SELECT group_concat(status || ' ' || substr(message, 1, 40), ';') "
                     "FROM kv_check WHERE name = 'names'"),
            "warning the table main.kv_lease hides Larder's t;"
            "warning other: its names could not be read: data;"
            "warning the table third.kv_cache hides Larder's ");
  ASSERT_TRUE(holder.run("ROLLBACK").ok());
}

}  // namespace
