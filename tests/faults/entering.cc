// A call that fails before it begins leaves the next one as it was: the clock goes on.
#include <gtest/gtest.h>

#include <string>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

int deny_select(void*, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_SELECT ? SQLITE_DENY : SQLITE_OK;
}

void stop(sqlite3_context* context, int, sqlite3_value**) {
  sqlite3_interrupt(sqlite3_context_db_handle(context));
}

// Stands for as long as a call goes on, and for no longer.
void expect_running_clock(Database& db) {
  const std::string before = db.value("SELECT kv_clock()");
  sqlite3_sleep(5);
  EXPECT_NE(db.value("SELECT kv_clock()"), before);
}

class Entering : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(db_.load().ok());
    ASSERT_TRUE(db_.run("CREATE TABLE t(x); SELECT cache_set('k', 'v')").ok());
    ASSERT_TRUE(db_.run("SELECT cache_get('k')").ok());
  }
  Scratch scratch_;
  Database db_{scratch_.path("db")};
};

TEST_F(Entering, is_denied) {
  sqlite3_set_authorizer(db_.get(), deny_select, nullptr);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(db_.run("INSERT INTO t VALUES (cache_get('k'))").ok());
  sqlite3_set_authorizer(db_.get(), nullptr, nullptr);
  expect_running_clock(db_);
}

TEST_F(Entering, is_interrupted) {
  ASSERT_EQ(sqlite3_create_function_v2(db_.get(), "stop", 0, SQLITE_UTF8, nullptr, stop, nullptr,
                                       nullptr, nullptr),
            SQLITE_OK);
  for (int i = 0; i < 3; ++i) db_.run("SELECT cache_get('k'), stop(), cache_get('k')");
  expect_running_clock(db_);
}

}  // namespace
