// A program's own globals may open a database while they are constructed: before those of Larder,
// had it any that need that.
#include <gtest/gtest.h>

#include "support/database.h"

extern "C" int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);

namespace {

using support::Database;
using support::Outcome;

struct Early {
  Early() {
    Database db;
    loaded = sqlite3_larder_init(db.get(), nullptr, nullptr);
    outcome = db.run(
        "SELECT kv_config('cache.max_entries', 3), cache_set('a', 1, 60), cache_set('b', 2), "
        "cache_set('c', 3), cache_set('d', 4), ledger_mark('x'), lease_acquire('l', 60), "
        "run_start('r', 60), kv_sweep(); "
        "SELECT count(*) FROM kv_stats; SELECT count(*) FROM kv_lease; SELECT count(*) FROM "
        "kv_run; "
        "SELECT (SELECT count(*) FROM kv_cache) || (SELECT count(*) > 20 FROM kv_help)");
    closed = db.close();
  }
  int loaded = SQLITE_ERROR;
  Outcome outcome;
  int closed = SQLITE_ERROR;
};

[[gnu::init_priority(101)]] Early early;  // before all that asks for nothing

TEST(before_main, everything_works) {
  EXPECT_EQ(early.loaded, SQLITE_OK);
  EXPECT_TRUE(early.outcome.ok()) << early.outcome;
  EXPECT_EQ(early.outcome.value, "31");
  EXPECT_EQ(early.closed, SQLITE_OK);
}

}  // namespace
