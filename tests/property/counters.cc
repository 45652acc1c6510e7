// cache_incr() adds, or it fails and leaves the number as it was.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;

TEST(counters, keep_their_value_when_the_sum_is_none) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  struct Sum {
    const char* value;
    const char* delta;
  };
  for (const Sum sum : {Sum{"1.7e308", "1.7e308"},
                        {"-1.7e308", "'-1.7e308'"},
                        {"1", "9e999"},
                        {"1.5", "'-9e999'"},
                        {"9e999", "0"},
                        {"-9e999", "9e999"},
                        {"9223372036854775807", "1"},
                        {"1", "9223372036854775807"}}) {
    SCOPED_TRACE(testing::Message() << sum.value << " + " << sum.delta);
    const std::string value = sum.value;
    for (const char* before : {"", "BEGIN; "}) {
      ASSERT_TRUE(db.run(before + ("SELECT cache_set('n', " + value + ", 60)")).ok());
      EXPECT_EQ(db.run("SELECT cache_incr('n', " + std::string(sum.delta) + ")").code,
                SQLITE_ERROR);
      EXPECT_EQ(db.value("SELECT cache_get('n') IS " + value), "1");
      if (db.in_transaction()) db.run("COMMIT");
    }
  }
  EXPECT_EQ(db.run("SELECT cache_incr('new', 9e999)").code, SQLITE_ERROR);
  EXPECT_EQ(db.value("SELECT cache_has('new')"), "0");
}

}  // namespace
