// The result code of each kind of error, as sqlite3_extended_errcode() has it, and the function's
// name in front.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;

struct Case {
  const char* sql;
  int code;
  const char* message;
};

TEST(result_codes, of_each_kind) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('t', 'text'), cache_set('max', 9223372036854775807);"
                     "CREATE TABLE u(x UNIQUE); INSERT INTO u VALUES (1);"
                     "INSERT INTO kv_migration(version, name, up) VALUES (1, 'twice', 'INSERT INTO "
                     "u VALUES (1)')")
                  .ok());
  for (const auto& [sql, code, message] : {
           Case{"SELECT cache_get(NULL)", SQLITE_ERROR, "cache_get: key must not be NULL"},
           Case{"SELECT cache_set('a', 1, 'soon')", SQLITE_ERROR, "cache_set: ttl must be"},
           Case{"SELECT cache_incr('t')", SQLITE_ERROR, "cache_incr: the value must be a number"},
           Case{"SELECT cache_incr('max')", SQLITE_ERROR, "cache_incr: integer overflow"},
           Case{"SELECT kv_config('no')", SQLITE_ERROR, "kv_config: there is no setting 'no'"},
           Case{"SELECT ledger_mark(NULL)", SQLITE_ERROR, "ledger_mark: id must not be NULL"},
           Case{"SELECT ledger_next('q', 0)", SQLITE_ERROR,
                "ledger_next: lease must be more than 0"},
           Case{"SELECT ledger_done('q', 'a', NULL)", SQLITE_ERROR,
                "ledger_done: token must be a whole number"},
           Case{"SELECT lease_acquire('l', -1)", SQLITE_ERROR,
                "lease_acquire: ttl must be more than 0"},
           Case{"SELECT lease_check('l', 1)", SQLITE_ERROR,
                "lease_check: the lease 'l' with token"},
           Case{"SELECT run_start('j', 5, -1)", SQLITE_ERROR, "run_start: total must be 0 or more"},
           Case{"SELECT run_finish(1, 'over')", SQLITE_ERROR, "run_finish: status must be"},
           Case{"SELECT cache_claim('a', 0)", SQLITE_ERROR, "cache_claim: ttl must be more than 0"},
           Case{"SELECT kv_busy_timeout(-1)", SQLITE_ERROR, "kv_busy_timeout: ms must be"},
           Case{"SELECT migrate('')", SQLITE_ERROR, "migrate: source must not be the empty text"},
           Case{"INSERT INTO kv_check VALUES (1, 2, 3)", SQLITE_ERROR,
                "table kv_check may not be modified"},
           Case{"INSERT INTO kv_ledger(ledger, id) VALUES ('q', 'a'), ('q', 'a')",
                SQLITE_CONSTRAINT, "UNIQUE constraint failed: kv_ledger.ledger, kv_ledger.id"},
           Case{"SELECT cache_get()", SQLITE_ERROR,
                "wrong number of arguments to function cache_get()"},
           Case{"INSERT INTO kv_cache(key) VALUES ('t')", SQLITE_CONSTRAINT,
                "UNIQUE constraint failed: kv_cache.key"},
           Case{"SELECT migrate()", SQLITE_CONSTRAINT_UNIQUE,
                "migrate: migration 1 (twice):1: UNIQUE constraint"},
       }) {
    const auto outcome = db.run(sql);
    EXPECT_EQ(outcome.code, code) << sql << ": " << outcome;
    EXPECT_EQ(outcome.message.find(message), 0u) << sql << ": " << outcome;
    EXPECT_FALSE(db.in_transaction()) << sql;
  }
}

// A value that the host's limit does not allow.
TEST(result_codes, too_big) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('big', zeroblob(50000))").ok());
  sqlite3_limit(db.get(), SQLITE_LIMIT_LENGTH, 10000);
  EXPECT_EQ(db.run("SELECT cache_get('big')").code, SQLITE_TOOBIG);
  EXPECT_EQ(db.run("SELECT cache_set('a', zeroblob(20000))").code, SQLITE_TOOBIG);
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  // What can be stored and not be told as JSON is not claimed.
  ASSERT_TRUE(db.run("SELECT ledger_add('q', 'large', zeroblob(8000))").ok());
  const auto next = db.run("SELECT ledger_next('q', 60)");
  EXPECT_EQ(next.code, SQLITE_TOOBIG) << next;
  EXPECT_NE(next.message.find("ledger_next: the payload of 'large' is too large"),
            std::string::npos)
      << next;
  EXPECT_EQ(db.value("SELECT status || attempts FROM kv_ledger WHERE ledger = 'q'"), "pending0");
  EXPECT_NE(db.value("SELECT ledger_claim('q', 'large', 60)"), "NULL");
}

// A file whose pages were overwritten. Whatever is met first, it is said and nothing crashes.
TEST(result_codes, corrupt) {
  support::Scratch scratch;
  const std::string path = scratch.path("db");
  {
    Database db(path);
    ASSERT_TRUE(db.load("sqlite3_larder_bare_init").ok());
    ASSERT_TRUE(db.run("SELECT cache_set('a', zeroblob(9000), 5), cache_set('b', zeroblob(9000), "
                       "5), ledger_mark('x'), ledger_add('q', 'a'), lease_acquire('l', 60), "
                       "run_start('j', 60)")
                    .ok());
  }
  const auto size = std::filesystem::file_size(path);
  for (std::uintmax_t page = 1; page < size / 4096; ++page) {
    const std::string copy = scratch.path("copy");
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    if (FILE* file = std::fopen(copy.c_str(), "r+b")) {
      std::fseek(file, static_cast<long>(page * 4096), SEEK_SET);
      std::fputs(std::string(4096, '\x5a').c_str(), file);
      std::fclose(file);
    }
    Database db(copy);
    ASSERT_TRUE(db.load("sqlite3_larder_bare_init").ok());
    for (const char* sql :
         {"SELECT cache_get('a')", "SELECT cache_set('a', 1)", "SELECT cache_set('new', 1)",
          "SELECT kv_sweep()", "SELECT ledger_mark('x')", "SELECT ledger_next('q', 60)",
          "SELECT ledger_claim('q', 'a', 60)", "SELECT lease_acquire('l', 60)",
          "SELECT run_start('j', 60)", "SELECT run_tick(1)", "SELECT cache_claim('a', 60)",
          "SELECT * FROM kv_cache", "SELECT * FROM kv_check", "SELECT * FROM kv_run",
          "SELECT migrate_check()", "SELECT cache_clear()"}) {
      const auto outcome = db.run(sql);
      EXPECT_TRUE(outcome.ok() || outcome.primary() == SQLITE_CORRUPT)
          << page << " " << sql << ": " << outcome;
      EXPECT_FALSE(db.in_transaction()) << sql;
    }
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
}

// An authorizer may forbid anything at any time: the call says so, and does nothing.
struct Rule {
  int action;
  const char* name;
};

int authorize(void* context, int action, const char* first, const char* second, const char*,
              const char*) {
  const auto* rule = static_cast<Rule*>(context);
  if (action != rule->action) return SQLITE_OK;
  if (rule->name == nullptr) return SQLITE_DENY;
  const bool named =
      (first && std::string(first) == rule->name) || (second && std::string(second) == rule->name);
  return named ? SQLITE_DENY : SQLITE_OK;
}

TEST(result_codes, authorizer) {
  for (Rule rule :
       {Rule{SQLITE_INSERT, "larder_cache"}, Rule{SQLITE_UPDATE, "larder_cache"},
        Rule{SQLITE_READ, "larder_cache"}, Rule{SQLITE_CREATE_TABLE, nullptr},
        Rule{SQLITE_TRANSACTION, nullptr}, Rule{SQLITE_SAVEPOINT, nullptr},
        Rule{SQLITE_PRAGMA, nullptr}, Rule{SQLITE_READ, "kv_hook"}, Rule{SQLITE_FUNCTION, nullptr},
        Rule{SQLITE_DELETE, nullptr}, Rule{SQLITE_SELECT, nullptr}}) {
    for (const bool used_before : {false, true}) {
      SCOPED_TRACE(std::to_string(rule.action) + (rule.name ? rule.name : "") +
                   (used_before ? " used before" : ""));
      Database db;
      ASSERT_TRUE(db.load().ok());
      if (used_before) {
        ASSERT_TRUE(db.run("SELECT cache_set('a', 1, 60)").ok());
      }
      sqlite3_set_authorizer(db.get(), authorize, &rule);
      for (const char* sql :
           {"SELECT cache_set('b', 1, 60)", "SELECT cache_set('a', 2, 5)", "SELECT cache_get('a')",
            "SELECT ledger_mark('x')", "SELECT ledger_claim('q', 'a', 60)",
            "SELECT ledger_next('q', 60)", "SELECT lease_acquire('l', 60)",
            "SELECT run_start('j', 60)", "SELECT cache_claim('a', 60)", "SELECT * FROM kv_check",
            "SELECT kv_sweep()", "SELECT count(*) FROM kv_cache", "SELECT migrate()"}) {
        const auto outcome = db.run(sql);
        EXPECT_TRUE(outcome.ok() || outcome.primary() == SQLITE_AUTH ||
                    outcome.primary() == SQLITE_ERROR)
            << sql << ": " << outcome;
        EXPECT_FALSE(db.in_transaction()) << sql << ": " << outcome;
      }
      sqlite3_set_authorizer(db.get(), nullptr, nullptr);
      EXPECT_EQ(db.value("SELECT cache_set('c', 3)"), "3");
      support::expect_sound(db);
      EXPECT_EQ(db.close(), SQLITE_OK);
    }
  }
}

}  // namespace
