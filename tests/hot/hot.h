// What the tests of the hot cache share: a file in WAL mode with the row 'k' = 'old', a connection
// that has it in memory, and another that has not.
#pragma once

#include <cstdint>
#include <string>

#include "support/database.h"

namespace support {

inline constexpr const char* kGet = "SELECT cache_get('k')";

inline std::int64_t stat(Database& db, const std::string& name) {
  return std::stoll(db.value("SELECT value FROM kv_stats WHERE name = '" + name + "'"));
}

// Whether `sql` is answered from memory once it has been asked some times: more often than a
// connection looks for what another has not told.
inline bool is_hot(Database& db, const std::string& sql = kGet) {
  for (int i = 0; i < 40; ++i) db.run(sql);
  const std::int64_t before = stat(db, "hot_hits");
  db.run(sql);
  return stat(db, "hot_hits") > before;
}

// A connection to `path` with Larder.
class Larder : public Database {
 public:
  explicit Larder(const std::string& path,
                  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                  const char* vfs = nullptr, const char* first = "")
      : Database(path, flags, vfs) {
    must(first);
    const Outcome loaded = load();
    EXPECT_TRUE(loaded.ok()) << loaded;
  }
  // Runs `first` before it loads Larder.
  Larder(const std::string& path, const char* first)
      : Larder(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr, first) {}

  void must(const std::string& sql) {
    const Outcome outcome = run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }
};

class HotTest : public testing::Test {
 protected:
  HotTest() {
    for (Larder* each : {&db, &other}) each->must("PRAGMA synchronous = off");  // no power fails
    db.must("SELECT cache_set('k', 'old'), ledger_mark('l', 'k', 'old')");
    EXPECT_EQ(db.value("PRAGMA journal_mode"), "wal");
  }

  // What the file says, read by the connection that is tested.
  std::string truth(const std::string& key = "k") {
    return db.value("SELECT coalesce((SELECT value FROM larder_cache WHERE key = '" + key +
                    "'), 'nothing')");
  }
  std::string answer(const std::string& key = "k") {
    return db.value("SELECT cache_get('" + key + "', 'nothing')");
  }

  Scratch scratch;
  const std::string path = scratch.path("db");
  Larder db{path};
  Larder other{path};
};

}  // namespace support
