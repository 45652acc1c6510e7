// An authorizer that answers SQLITE_IGNORE for what Larder reads: under it a column is NULL, as the
// host wants it, and everything is there again when it is gone.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// Hides the columns of one of Larder's tables.
int hide(void* table, int action, const char* name, const char*, const char*, const char*) {
  const bool hides = action == SQLITE_READ && std::strcmp(name, static_cast<char*>(table)) == 0;
  return hides ? SQLITE_IGNORE : SQLITE_OK;
}

struct Case {
  const char* table;
  const char* sql;
  const char* answer;
};

class Ignored : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(db_.load().ok());
    ASSERT_TRUE(db_.run("SELECT cache_set('k', 'v'), ledger_mark('l', 'a', 'r'), "
                        "checkpoint_set('c', 7), lease_acquire('l', 60, 'me'), run_start('r', 60), "
                        "kv_config('cache.default_ttl', 60)")
                    .ok());
  }
  void set(bool hides) {
    sqlite3_set_authorizer(db_.get(), hides ? hide : nullptr, const_cast<char*>(GetParam().table));
  }
  void ask(int times) {
    for (int i = 0; i < times; ++i) db_.run(GetParam().sql);
  }

  Scratch scratch_;
  Database db_{scratch_.path("db")};
};

// Whether a statement was compiled before or under it, asked once or often.
TEST_P(Ignored, is_there_again) {
  for (const int before : {0, 1, 5}) {
    for (const int under : {1, 2, 5}) {
      ask(before);
      set(true);
      ask(under);
      EXPECT_NE(db_.value(GetParam().sql), GetParam().answer);
      set(false);
      EXPECT_EQ(db_.value(GetParam().sql), GetParam().answer) << before << " " << under;
    }
  }
}

TEST_P(Ignored, is_there_again_when_it_was_hidden_from_the_beginning) {
  Database other(scratch_.path("db"));
  sqlite3_set_authorizer(other.get(), hide, const_cast<char*>(GetParam().table));
  ASSERT_TRUE(other.load().ok());
  for (int i = 0; i < 3; ++i) other.run(GetParam().sql);
  sqlite3_set_authorizer(other.get(), nullptr, nullptr);
  EXPECT_EQ(other.value(GetParam().sql), GetParam().answer);
}

// A user's table hides the hook: nobody tells that there is another authorizer, and nothing is
// kept.
TEST_P(Ignored, is_there_again_beside_a_table_with_the_hook_s_name) {
  Database other(scratch_.path("db"));
  ASSERT_TRUE(other.run("CREATE TABLE kv_hook(x)").ok());
  ASSERT_TRUE(other.load().ok());
  for (int i = 0; i < 3; ++i) other.run(GetParam().sql);
  sqlite3_set_authorizer(other.get(), hide, const_cast<char*>(GetParam().table));
  ASSERT_TRUE(other.run("CREATE TABLE z(x)").ok());
  for (int i = 0; i < 3; ++i) other.run(GetParam().sql);
  sqlite3_set_authorizer(other.get(), nullptr, nullptr);
  EXPECT_EQ(other.value(GetParam().sql), GetParam().answer);
}

// An authorizer that changes its mind, and a schema that changes: the statement that SQLite
// compiles again in the run does nothing, and that is told.
TEST(ignored, a_write_that_is_compiled_again_is_told) {
  struct Host {
    bool ignores = false;
    static int answer(void* host, int action, const char* table, const char*, const char*,
                      const char*) {
      const bool is_write = action == SQLITE_INSERT && std::strncmp(table, "larder_", 7) == 0;
      return is_write && static_cast<Host*>(host)->ignores ? SQLITE_IGNORE : SQLITE_OK;
    }
  } host;
  for (const char* sql : {"SELECT checkpoint_set('c', random())",
                          "SELECT ledger_add('q', random())", "SELECT cache_set(random(), 1)",
                          "SELECT ledger_mark(random())", "SELECT rate_take(random(), 2, 60)"}) {
    const Scratch scratch;
    Database db(scratch.path("db")), other(scratch.path("db"));
    host.ignores = false;
    sqlite3_set_authorizer(db.get(), Host::answer, &host);
    ASSERT_TRUE(db.load().ok());
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(db.run(sql).ok()) << sql;
    host.ignores = true;
    ASSERT_TRUE(other.run("CREATE TABLE t(x)").ok());
    EXPECT_EQ(db.run(sql).primary(), SQLITE_AUTH) << sql;
  }
}

INSTANTIATE_TEST_SUITE_P(
    call, Ignored,
    testing::Values(Case{"larder_cache", "SELECT cache_get('k')", "v"},
                    Case{"larder_ledger", "SELECT ledger_result('l', 'a')", "r"},
                    Case{"larder_checkpoint", "SELECT checkpoint_get('c')", "7"},
                    Case{"larder_lease", "SELECT owner FROM kv_lease", "me"},
                    Case{"larder_run", "SELECT job FROM kv_run", "r"},
                    Case{"larder_meta", "SELECT kv_config('cache.default_ttl')", "60.0"}));

}  // namespace
