// A file of a stranger's, which has an entry in every table of Larder's, and connections to it that
// are guarded.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "faults/calls.h"
#include "support/database.h"

namespace support {

inline constexpr const char* kGuarded = "sqlite3_larder_guarded_init";
inline constexpr int kOldestThatGuards = 3040000;

class Guarded : public testing::Test {
 protected:
  void SetUp() override {
    if (sqlite3_libversion_number() < kOldestThatGuards) GTEST_SKIP() << "this SQLite cannot guard";
    ASSERT_NO_FATAL_FAILURE(fill(filler_, false));
  }

  void open(Database& db, const char* entry = kGuarded) {
    EXPECT_TRUE(db.load(entry).ok());
    prepare(db);
  }

  // Runs the call from a view of the file's or, where it is no SELECT, from a trigger.
  Outcome run_from_file(const char* entry, const std::string& sql) {
    Database db(scratch_.path("db"));
    open(db, entry);
    const bool reads = sql.starts_with("SELECT");
    const auto made =
        db.run("BEGIN; CREATE TABLE t(x); " +
               (reads ? "CREATE VIEW v AS " + sql
                      : "CREATE TRIGGER tr AFTER INSERT ON t BEGIN " + sql + "; END"));
    EXPECT_TRUE(made.ok()) << sql << ": " << made;
    return db.run(reads ? "SELECT * FROM v" : "INSERT INTO t VALUES (1)");
  }

  Scratch scratch_;
  Database filler_{scratch_.path("db")};
};

}  // namespace support
