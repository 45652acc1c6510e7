// What a duration is as text: `[+-]digits[.digits][exponent][unit]`, Inf, and nothing else,
// whichever function reads it.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;

const char* const kRefused[] = {
    "",
    " ",
    "+",
    "-",
    "+-5",
    "-+5",
    "--5",
    " 5",
    "5 ",
    "\t5",
    "5\n",
    "5 s",
    "5 ",
    "0x5",
    "0x1p3",
    "1_0",
    "1,5",
    "5S",
    "5M",
    "5sec",
    "1h30m",
    ".5",
    "5.",
    "5.s",
    ".",
    "e5",
    "1e",
    "1e+",
    "1e5.5",
    "1ee5",
    "nan",
    "infs",
    "in",
    "infinit",
    "infinity ",
    "5\xc2\xa0",
    "\xef\xbc\x95",  // a full-width 5
    "5\xd0\xbc",     // a Cyrillic m
    "\xc4\xb1nf",    // a dotless i
};

std::string quoted(const char* text) { return "'" + std::string(text) + "'"; }

// `call` has a ? in place of the duration.
std::string with(std::string call, const std::string& duration) {
  return call.replace(call.find('?'), 1, duration);
}

// What follows a NUL counts as well.
std::string with_nul(const char* text) { return quoted(text) + " || char(0)"; }

TEST(durations, are_digits_and_a_unit_and_nothing_else) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('k', 'old'), ledger_claim('l', 'i', 5)").ok());
  for (const char* call :
       {"cache_set('k', 1, ?)", "cache_add('new', 1, ?)", "cache_replace('k', 1, ?)",
        "cache_cas('k', 'old', 1, ?)", "cache_incr('new', 1, ?)", "cache_touch('k', ?)",
        "cache_claim('k', ?)", "cache_stale('k', ?)", "ledger_mark('l', 'i', 1, ?)",
        "ledger_claim('l', 'i', ?)", "ledger_next('l', ?)", "ledger_renew('l', 'i', 1, ?)",
        "ledger_done('l', 'i', 1, 1, ?)", "ledger_fail('l', 'i', 1, 'e', ?)",
        "lease_acquire('n', ?)", "lease_renew('n', 1, ?)", "run_start('j', ?)",
        "kv_config('cache.default_ttl', ?)", "kv_clock(?)"}) {
    for (const char* text : kRefused) {
      const auto outcome = db.run("SELECT " + with(call, quoted(text)));
      EXPECT_EQ(outcome.code, SQLITE_ERROR) << call << " with '" << text << "': " << outcome;
      EXPECT_NE(outcome.message.find(" must be a "), std::string::npos) << call << outcome;
    }
    for (const char* text : {"5", "inf"})
      EXPECT_EQ(db.run("SELECT " + with(call, with_nul(text))).code, SQLITE_ERROR) << call;
  }
  EXPECT_EQ(db.value("SELECT cache_get('k')"), "old");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "1");
}

TEST(durations, of_a_table_are_the_same) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  for (const char* column : {"ttl", "expires_at"}) {
    for (const char* text : kRefused) {
      const std::string insert = "INSERT INTO kv_cache(key, " + std::string(column) + ") VALUES(1,";
      EXPECT_EQ(db.run(insert + quoted(text) + ")").code, SQLITE_ERROR) << column << text;
    }
  }
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "0");
}

}  // namespace
