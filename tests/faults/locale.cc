// A host that has set a locale (Python does, most programs with a window do) reads scripts like any
// other. In Turkish the upper case of 'i' is no 'I'.
#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

constexpr char kTurkish[] = "tr_TR.UTF-8";

// Turkish for as long as it lives, made for the purpose where it is not installed.
class Turkish {
 public:
  Turkish() : is_set_(std::setlocale(LC_ALL, kTurkish) != nullptr || make()) {}
  Turkish(const Turkish&) = delete;
  Turkish& operator=(const Turkish&) = delete;
  ~Turkish() {
    std::setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
  }
  bool is_set() const { return is_set_; }

 private:
  bool make() {
    const std::string localedef =
        "localedef -i tr_TR -f UTF-8 " + scratch_.path(kTurkish) + " >/dev/null 2>&1";
    if (std::system(localedef.c_str()) != 0) return false;
    setenv("LOCPATH", scratch_.path("").c_str(), 1);
    return std::setlocale(LC_ALL, kTurkish) != nullptr;
  }

  Scratch scratch_;
  bool is_set_;
};

TEST(locale, turkish) {
  const Turkish turkish;
  if (!turkish.is_set()) {
    // .ci/deps test installs what it takes.
    if (std::getenv("LARDER_NO_SKIP") != nullptr) FAIL() << "there is no " << kTurkish;
    GTEST_SKIP() << "no " << kTurkish << ", and localedef cannot make it";
  }
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(
      db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'create table a(x); commit')").ok());
  EXPECT_EQ(db.run("SELECT migrate()").message,
            "migrate: migration 1:1: COMMIT is not allowed in a migration, which is one "
            "transaction (statement 2, nothing was applied)");
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'a'"), "0");
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'create table a(x); create "
                     "trigger t after insert on a begin select 1; end; insert into a values (1)')")
                  .ok());
  EXPECT_EQ(db.value("SELECT migrate()"), "1");
  EXPECT_EQ(db.value("SELECT cache_set('a', 1, '15m')"), "1");
  EXPECT_EQ(db.value("SELECT cache_ttl('a') > 1.5"), "1");
  // Other programs' history, and Larder's own tables as another tool writes them.
  EXPECT_EQ(db.value("SELECT group_concat(name) FROM kv_check WHERE status = 'error'"), "NULL");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

}  // namespace
