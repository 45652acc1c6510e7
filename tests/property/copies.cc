// The same calls on two files give the same rows, also when one of the connections begins anew in
// between: what a connection remembers decides nothing.
#include <gtest/gtest.h>

#include <memory>

#include "support/database.h"

namespace {

using support::Database;

std::string rows_of(Database& db) {
  return db.value(
      "SELECT group_concat(key || ':' || sweep_at || ':' || coalesce(claimed_until, ''), ' ') FROM "
      "(SELECT * FROM larder_cache ORDER BY key)");
}

TEST(copies, sweep_the_same_rows_along) {
  support::Scratch scratch;
  const std::string kept_path = scratch.path("kept"), anew_path = scratch.path("anew");
  Database kept(kept_path);
  auto anew = std::make_unique<Database>(anew_path);
  ASSERT_TRUE(kept.load().ok());
  ASSERT_TRUE(anew->load().ok());
  const struct {
    const char* clock;
    const char* call;
  } calls[] = {
      {"1000", "SELECT cache_set('c', 'v', 5), cache_set('d', 'v', 6), cache_set('e', 'v', 7)"},
      {"1000", "SELECT cache_claim('c', 8), cache_claim('d', 20), cache_claim('f', 7.9)"},
      {"1007.5", "SELECT cache_set('n1', 'v')"},
      {"1008.2", "SELECT cache_set('n2', 'v')"},
      {"1008.3", "SELECT cache_set('n3', 'v')"},
      {"1020", "SELECT cache_set('n4', 'v')"},
  };
  for (const auto& [clock, call] : calls) {
    anew = std::make_unique<Database>(anew_path);
    ASSERT_TRUE(anew->load().ok());
    for (Database* db : {&kept, anew.get()}) {
      ASSERT_TRUE(db->run(std::string("SELECT kv_clock(") + clock + ")").ok());
      ASSERT_TRUE(db->run(call).ok()) << call;
    }
    EXPECT_EQ(rows_of(kept), rows_of(*anew)) << clock << " " << call;
  }
}

}  // namespace
