// Every function with arguments that nobody means: what is refused is refused by name, in a message
// that any host can read, and whatever is stored keeps the rules that the doctor knows.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "support/scenario.h"

namespace {

using support::Database;

const char* const kArguments[] = {
    "NULL",
    "''",
    "'a'",
    "'a' || char(0) || 'b'",
    "'1' || char(0)",
    "char(0)",
    "CAST(x'c0af80' AS TEXT)",
    "'\U0001f600'",
    "hex(zeroblob(30000))",
    "x''",
    "x'00ff'",
    "zeroblob(100000)",
    "0",
    "1",
    "-1",
    "42",
    "'5'",
    "1.5",
    "-0.0",
    "5e-324",
    "1e308",
    "-1e308",
    "9e999",
    "-9e999",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808.0",
    "'inf'",
    "'nan'",
    "'1e999'",
    "' 15m '",
    "'-5s'",
    "'9e307d'",
    "'/'",
    "'from'",
    "(SELECT 1 WHERE 0)",
};

struct Function {
  std::string name;
  int arguments;
};

std::vector<Function> functions_of(Database& db) {
  std::vector<Function> functions;
  sqlite3_stmt* rows = db.prepare(
      "SELECT DISTINCT f.name, f.narg FROM pragma_function_list AS f JOIN kv_help USING (name)");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    functions.push_back(
        {reinterpret_cast<const char*>(sqlite3_column_text(rows, 0)), sqlite3_column_int(rows, 1)});
  }
  sqlite3_finalize(rows);
  return functions;
}

// Only what SQLite itself refuses, such as a CHECK of a table, is another code.
void expect_clear(const Function& function, const std::string& sql,
                  const support::Outcome& outcome) {
  if (outcome.ok()) return;
  EXPECT_TRUE(outcome.code == SQLITE_ERROR || outcome.primary() == SQLITE_CONSTRAINT)
      << sql << ": " << outcome;
  EXPECT_EQ(outcome.message.find(function.name + ": "), 0u) << sql << ": " << outcome;
  EXPECT_EQ(outcome.message.find('\xc0'), std::string::npos) << sql << ": " << outcome;
}

TEST(arguments, of_every_function) {
  const int rounds = std::getenv("LARDER_VALGRIND") != nullptr ? 5 : 200;
  std::mt19937 random(1);
  Database db;
  ASSERT_TRUE(db.load().ok());
  const auto functions = functions_of(db);
  EXPECT_GT(functions.size(), 60u);
  ASSERT_TRUE(db.run("SELECT kv_clock(1000)").ok());
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    for (const auto& function : functions) {
      std::string sql = "SELECT " + function.name + "(";
      for (int i = 0; i < function.arguments; ++i) {
        sql += i > 0 ? ", " : "";
        sql += kArguments[random() % std::size(kArguments)];
      }
      sql += ")";
      expect_clear(function, sql, db.run(sql));
      EXPECT_FALSE(db.in_transaction()) << sql;
    }
  }
  support::expect_sound(db);
  support::expect_well(db);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

}  // namespace
