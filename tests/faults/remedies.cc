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

// `sql`, in which each @ becomes `name`.
std::string naming(std::string sql, const std::string& name) {
  for (auto at = sql.find('@'); at != std::string::npos; at = sql.find('@'))
    sql.replace(at, 1, name);
  return sql;
}

class Remedies : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ASSERT_TRUE(db_.load().ok()); }

  // The answer to `sql`, in which @ is the name.
  std::string value(const std::string& sql) { return db_.value(naming(sql, GetParam())); }

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

// What a hand does to rows of `table` whose `key` is 'broken'.
struct Damage {
  const char* name;
  const char* table;
  const char* key;
  const char* statement;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

// Rows of every kind, called @ or in the ledger @.
constexpr const char* kRows = R"(
SELECT ledger_add('@', 'waits'), ledger_add('@', 'later', NULL, 60), ledger_mark('@', 'done'),
  ledger_skip('@', 'skipped', 'why'), ledger_claim('@', 'claimed', 60), ledger_claim('@', 'ever', NULL),
  ledger_fail('@', 'failed', ledger_claim('@', 'failed', 60), 'no', 5),
  ledger_fail('@', 'dead', ledger_claim('@', 'dead', 60), 'no', NULL),
  lease_acquire('@', 60), rate_take('@', 1, 60), cache_set('@', 1, 60))";

class BrokenRows : public testing::TestWithParam<Damage> {
 protected:
  // All that is in the rows that are not broken.
  std::string others() {
    const std::string table = GetParam().table;
    const std::string columns =
        db_.value("SELECT group_concat('quote(' || name || ')', '||') FROM pragma_table_info('" +
                  table + "')");
    return db_.value("SELECT group_concat(" + columns + ") FROM (SELECT * FROM " + table +
                     " WHERE " + GetParam().key + " <> 'broken' ORDER BY 1, 2)");
  }

  // The statement in the one error of kv_check: "...; STATEMENT mends that".
  std::string remedy() {
    const std::string message = db_.value("SELECT message FROM kv_check WHERE status = 'error'");
    const auto begin = message.find("; ");
    const auto end = message.rfind(" mends that");
    if (begin >= end || end == std::string::npos) return "no remedy: " + message;
    return message.substr(begin + 2, end - begin - 2);
  }

  Database db_;
};

TEST_P(BrokenRows, are_mended_and_no_others) {
  ASSERT_TRUE(db_.load().ok());
  ASSERT_TRUE(db_.run("SELECT kv_clock(1000)").ok());
  ASSERT_TRUE(db_.run(naming(kRows, "good")).ok());
  ASSERT_TRUE(db_.run(naming(kRows, "broken")).ok());
  const std::string before = others();
  ASSERT_NE(before.find("'good'"), std::string::npos) << before;
  ASSERT_TRUE(db_.run(GetParam().statement).ok());
  const std::string statement = remedy();
  const auto outcome = db_.run(statement);
  EXPECT_TRUE(outcome.ok()) << statement << ": " << outcome;
  EXPECT_EQ(db_.value("SELECT group_concat(message) FROM kv_check WHERE status <> 'ok'"), "NULL");
  EXPECT_EQ(others(), before) << statement;
}

INSTANTIATE_TEST_SUITE_P(
    each, BrokenRows,
    testing::Values(
        Damage{"settled_in_line", "larder_ledger", "ledger",
               "UPDATE larder_ledger SET in_line_since = 900 WHERE ledger = 'broken' AND status IN "
               "('done', 'skipped', 'dead')"},
        Damage{"settled_and_due", "larder_ledger", "ledger",
               "UPDATE larder_ledger SET claimable_at = 900 WHERE ledger = 'broken' AND status IN "
               "('done', 'skipped', 'dead')"},
        Damage{"waits_for_ever", "larder_ledger", "ledger",
               "UPDATE larder_ledger SET in_line_since = NULL, claimable_at = NULL WHERE ledger = "
               "'broken' AND status IN ('pending', 'failed')"},
        Damage{"lease_of_nobody", "larder_lease", "name",
               "UPDATE larder_lease SET owner = NULL, expires_at = NULL WHERE name = 'broken'"},
        Damage{"entry_never_swept", "larder_cache", "key",
               "UPDATE larder_cache SET sweep_at = expires_at + 5 WHERE key = 'broken'"},
        Damage{"rate_never_swept", "larder_rate", "name",
               "UPDATE larder_rate SET sweep_at = allowed_at + 5 WHERE name = 'broken'"}),
    [](const auto& damage) { return damage.param.name; });

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
