// Answers of ledger_next() that the host has no room for: SQLITE_LIMIT_LENGTH.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;

class LargeAnswers : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(db_.load().ok());
    // As JSON, "a" and "b" have 40 kB each, and "large" more than all there may be.
    ASSERT_TRUE(db_.run("INSERT INTO kv_ledger(ledger, id, payload) VALUES "
                        "('q', 'a', zeroblob(20000)), ('q', 'b', zeroblob(20000)), "
                        "('q', 'large', zeroblob(40000)), ('q', 'c', 1)")
                    .ok());
    sqlite3_limit(db_.get(), SQLITE_LIMIT_LENGTH, 70000);
  }

  std::string next() {
    return db_.value(
        "SELECT group_concat(json_extract(value, '$.id')) FROM "
        "json_each(ledger_next('q', 60, 'me', 9))");
  }
  std::string claimed() { return db_.value("SELECT claimed FROM kv_progress"); }

  Database db_;
};

// What does not fit beside the others is not claimed, and comes with the next call.
TEST_F(LargeAnswers, come_in_parts) {
  EXPECT_EQ(next(), "a");
  EXPECT_EQ(claimed(), "1");
  EXPECT_EQ(next(), "b");
  EXPECT_EQ(claimed(), "2");
}

// What does not fit alone is an error that says how to get at it, and nothing is claimed.
TEST_F(LargeAnswers, that_never_fit_are_an_error) {
  ASSERT_EQ(next(), "a");
  ASSERT_EQ(next(), "b");
  const auto outcome = db_.run("SELECT ledger_next('q', 60, 'me', 9)");
  EXPECT_EQ(outcome.primary(), SQLITE_TOOBIG) << outcome;
  EXPECT_EQ(claimed(), "2");
  EXPECT_EQ(db_.value("SELECT ledger_claim('q', 'large', 60) > 0"), "1");
  EXPECT_EQ(next(), "c");
}

}  // namespace
