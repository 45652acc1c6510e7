// Larder linked into the program and registered with sqlite3_auto_extension(): each connection has
// it when it opens.
#include <gtest/gtest.h>

#include "support/database.h"

extern "C" {
int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);
int sqlite3_larder_bare_init(sqlite3*, char**, const sqlite3_api_routines*);
}

namespace {

using support::Database;
using support::Scratch;

// Registered while it lives.
class Automatic {
 public:
  using EntryPoint = int (*)(sqlite3*, char**, const sqlite3_api_routines*);
  explicit Automatic(EntryPoint entry) : entry_(reinterpret_cast<void (*)()>(entry)) {
    EXPECT_EQ(sqlite3_auto_extension(entry_), SQLITE_OK);
  }
  Automatic(const Automatic&) = delete;
  Automatic& operator=(const Automatic&) = delete;
  ~Automatic() { sqlite3_cancel_auto_extension(entry_); }

 private:
  void (*entry_)();
};

TEST(static_linking, every_connection_has_it) {
  Automatic automatic(sqlite3_larder_init);
  Scratch scratch;
  for (int i = 1; i <= 3; ++i) {
    Database db(scratch.path("db"));
    ASSERT_EQ(db.open_code(), SQLITE_OK);
    EXPECT_EQ(db.value("PRAGMA busy_timeout"), "5000");
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
    EXPECT_EQ(db.value("SELECT cache_incr('n')"), std::to_string(i));
    EXPECT_EQ(db.value("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
}

TEST(static_linking, bare) {
  Automatic automatic(sqlite3_larder_bare_init);
  Scratch scratch;
  Database db(scratch.path("db"));
  EXPECT_EQ(db.value("SELECT cache_incr('n')"), "1");
  EXPECT_EQ(db.value("PRAGMA busy_timeout"), "0");
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "0");
  EXPECT_EQ(db.value("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(static_linking, both_entry_points_at_once) {
  Automatic first(sqlite3_larder_init);
  Automatic second(sqlite3_larder_bare_init);
  Database db;
  EXPECT_EQ(db.open_code(), SQLITE_OK);
  EXPECT_EQ(db.value("SELECT cache_incr('n')"), "1");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// sqlite3_open() itself says whether the connection can be used. What locks keep from Larder while
// it loads is had later.
TEST(static_linking, opens_a_file_that_another_has_locked) {
  Scratch scratch;
  Database locker(scratch.path("db"));
  ASSERT_TRUE(
      locker.run("PRAGMA journal_mode = WAL; PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t(x)")
          .ok());
  Automatic automatic(sqlite3_larder_init);
  Database db(scratch.path("db"));
  EXPECT_EQ(db.open_code(), SQLITE_OK);
  EXPECT_EQ(locker.close(), SQLITE_OK);
  EXPECT_EQ(db.value("SELECT cache_incr('n')"), "1");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(static_linking, called_on_one_connection) {
  Database with, without;
  char* message = nullptr;
  ASSERT_EQ(sqlite3_larder_init(with.get(), &message, nullptr), SQLITE_OK) << message;
  EXPECT_EQ(with.value("SELECT cache_incr('n')"), "1");
  EXPECT_FALSE(without.run("SELECT cache_incr('n')").ok());
}

}  // namespace
