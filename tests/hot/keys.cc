// What is one key in the file is one in memory, whatever type it comes in.
#include "hot/hot.h"

namespace {

using support::HotTest;
using support::is_hot;

using hot_keys = HotTest;

TEST_F(hot_keys, that_are_numbers_are_kept_like_any_other) {
  for (const char* key : {"42", "42.0", "-0.0", "352475172290166785.0", "0.1", "1e300", "9e999"}) {
    db.must("SELECT cache_set(" + std::string(key) + ", 'n')");
    EXPECT_TRUE(is_hot(db, "SELECT cache_get(" + std::string(key) + ")")) << key;
    EXPECT_TRUE(is_hot(db, "SELECT ledger_seen('l', " + std::string(key) + ")")) << key;
  }
}

TEST_F(hot_keys, are_one_as_integer_real_and_text) {
  for (const char* key : {"42", "42.0", "'42'"})
    is_hot(db, "SELECT cache_get(" + std::string(key) + ")");
  db.must("SELECT cache_set(42.0, 'real')");
  for (const char* key : {"42", "42.0", "'42'"})
    EXPECT_EQ(db.value("SELECT cache_get(" + std::string(key) + ")"), "real") << key;
  db.must("SELECT cache_set('42', 'text')");
  EXPECT_EQ(db.value("SELECT cache_get(42.0)"), "text");
}

TEST_F(hot_keys, that_are_nearly_equal_are_two) {
  db.must("SELECT cache_set(0.1 + 0.2, 'sum'), cache_set(0.3, 'other')");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(db.value("SELECT cache_get(0.1 + 0.2)"), "sum");
    EXPECT_EQ(db.value("SELECT cache_get(0.3)"), "other");
  }
}

}  // namespace
