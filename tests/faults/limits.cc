// Every limit of a connection (https://sqlite.org/c3ref/limit.html), from nothing at all to what is
// usual: a call says that it is too much, and has done nothing, or its answer is right.
#include "faults/trial.h"

namespace {

using support::CallUnderTest;
using support::Database;

constexpr int kValues[] = {0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100, 200, 500, 1000, 10000};

// A program that is too long for SQLITE_LIMIT_VDBE_OP is out of memory to SQLite.
bool is_about_a_limit(int code) {
  return code == SQLITE_OK || code == SQLITE_ERROR || code == SQLITE_TOOBIG || code == SQLITE_NOMEM;
}

class Limits : public support::Trial, public testing::WithParamInterface<int> {};

TEST_P(Limits, are_said_or_do_no_harm) {
  if (GetParam() == SQLITE_LIMIT_LENGTH && sqlite3_libversion_number() < 3040000)
    GTEST_SKIP() << "this SQLite frees a message for which there was no room (seen of 3.37)";
  support::Sample sample(29);
  for (const int value : kValues) {
    for (const CallUnderTest& call : support::all_calls()) {
      for (const bool is_inside : {false, true}) {
        if (!sample.takes_next()) continue;
        SCOPED_TRACE(std::to_string(value) + (is_inside ? " inside: " : ": ") + call.sql);
        int usual = 0;
        const auto result = try_call(
            call, is_inside,
            [&](Database& db) { usual = sqlite3_limit(db.get(), GetParam(), value); },
            [&](Database& db) { sqlite3_limit(db.get(), GetParam(), usual); });
        expect_right_or_nothing(result);
        EXPECT_TRUE(is_about_a_limit(result.outcome.primary())) << result.outcome;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(each, Limits, testing::Range(0, SQLITE_LIMIT_WORKER_THREADS + 1));

}  // namespace
