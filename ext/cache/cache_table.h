// The kv_cache table: the live entries of the cache, readable and writable.
//
//   INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT url, body, 3600 FROM fetched;
//   SELECT key, ttl FROM kv_cache WHERE key GLOB 'user:*' ORDER BY key;
//   DELETE FROM kv_cache WHERE expires_at < kv_clock() + 300;
#pragma once

#include <memory>

#include "cache/cache.h"
#include "cache/key_range.h"
#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"

namespace larder {

// shown_at, for which a scan has given out ttl, is for update(): UPDATE ... FROM hands over each
// column, hidden ones, too.
enum CacheColumn { kKey, kValue, kCreatedAt, kExpiresAt, kTtl, kSize, kTag, kShownAt };

class CacheTable {
 public:
  static constexpr const char* kName = "kv_cache";
  static constexpr const char* kColumns =
      "CREATE TABLE x(key TEXT, value, created_at REAL, expires_at REAL, ttl REAL, size INTEGER, "
      "tag TEXT, shown_at REAL HIDDEN)";

  explicit CacheTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index);
  std::int64_t update(Values values);

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(CacheTable& table) : table_(table) {}
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor() { clear(); }  // before range_, which it has bound
    void filter(int plan, Values arguments);
    void column(sqlite3_context* context, int column);
    std::int64_t rowid() { return query_->integer(kRowidColumn); }

   private:
    static constexpr int kRowidColumn = 7;  // of the query
    CacheTable& table_;
    std::optional<double> now_;  // the time of the first scan, for all scans of the statement
    KeyRange range_;             // what the running query has bound
  };

 private:
  void delete_row(sqlite3_value* id);
  std::int64_t insert(Values columns);
  void update_row(std::int64_t id, Values columns);

  std::shared_ptr<Connection> connection_;
  double scan_now_ = 0;  // shown_at of the latest scan
};

}  // namespace larder
