// The list of calls that are disturbed is of all there are: a new function must not be forgotten.
#include <gtest/gtest.h>

#include <regex>

#include "faults/calls.h"

namespace {

TEST(all_calls, are_those_of_kv_help) {
  support::Database db;
  ASSERT_TRUE(db.load().ok());
  std::string calls;
  for (const auto& call : support::all_calls()) calls += std::string(call.sql) + "\n";
  const int count = std::stoi(db.value("SELECT count(*) FROM kv_help"));
  ASSERT_GT(count, 50);
  for (int i = 0; i < count; ++i) {
    const std::string name =
        db.value("SELECT name FROM kv_help LIMIT 1 OFFSET " + std::to_string(i));
    EXPECT_TRUE(std::regex_search(calls, std::regex("\\b" + name + "\\b"))) << name;
  }
}

}  // namespace
