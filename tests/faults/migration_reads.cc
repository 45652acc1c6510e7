// What migrate() reads when a directory has one new file: the plan is made before the transaction
// and once more inside it, and nothing is read a third time.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

struct Reads {
  int histories = 0;  // the rows of larder_migration, with their texts
  int surveys = 0;    // the list of Larder's tables
  int statements = 0;
};

int count(unsigned, void* context, void*, void* sql) {
  auto& reads = *static_cast<Reads*>(context);
  const std::string text = static_cast<const char*>(sql);
  const auto says = [&](const char* part) { return text.find(part) != std::string::npos; };
  ++reads.statements;
  if (says("checksum") && says("SELECT") && says("larder_migration")) ++reads.histories;
  if (says("SELECT name, type, sql FROM main.sqlite_schema")) ++reads.surveys;
  return 0;
}

class OneNewFile : public testing::Test {
 protected:
  OneNewFile() {
    std::filesystem::create_directory(scratch_.path("m"));
    write("1_a.sql", "CREATE TABLE a(id INTEGER PRIMARY KEY)");
    EXPECT_TRUE(db_.load().ok());
    EXPECT_EQ(db_.value(call()), "1");
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(scratch_.path("m/" + name)) << text;
  }
  std::string call() const { return "SELECT migrate('" + scratch_.path("m") + "')"; }

  Reads reads_of_call() {
    Reads reads;
    sqlite3_trace_v2(db_.get(), SQLITE_TRACE_STMT, count, &reads);
    EXPECT_EQ(db_.value(call()), "2");
    sqlite3_trace_v2(db_.get(), 0, nullptr, nullptr);
    return reads;
  }

  Scratch scratch_;
  Database db_{scratch_.path("db")};
};

TEST_F(OneNewFile, plans_twice) {
  write("2_b.sql", "CREATE TABLE b(x)");
  const Reads reads = reads_of_call();
  EXPECT_EQ(reads.histories, 2);
  EXPECT_EQ(reads.surveys, 1);  // the second time the version of the schema is the same
}

// Each table that declares a foreign key costs two statements, before and after; others cost none.
TEST_F(OneNewFile, checks_the_tables_that_refer) {
  write("2_b.sql", "CREATE TABLE b(x)");
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(db_.run("CREATE TABLE plain" + std::to_string(i) + "(x)").ok());
  EXPECT_LT(reads_of_call().statements, 30);
}

}  // namespace
