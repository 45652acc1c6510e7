// Whether what is in memory is as good as the file.
#include "store/hot/hot_cache.h"

#include <algorithm>

#include "store/connection.h"
#include "store/settings.h"

namespace larder {

constinit const Setting kHotBytes{
    "hot.bytes", Setting::Kind::kCount, std::int64_t{8} << 20, {}, [](Connection& connection) {
      connection.hot().forget_limit();
    }};

namespace {

// Whether a statement of this connection reads or writes the main file. Most often none does with
// any file, which is asked for at half the cost.
bool is_in_use(sqlite3* db) {
  return sqlite3_txn_state(db, nullptr) != SQLITE_TXN_NONE &&
         sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE;
}

// What cannot be read is reported by what needs it; the cache does without.
std::size_t read_limit(Connection& connection) noexcept {
  try {
    return static_cast<std::size_t>(count_setting(connection, kHotBytes));
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace

bool HotCache::note_interest(const HotKey& key) {
  return key.is_usable() &&
         (rows_.has(key.view().hash) || interest_.ask(key.view().hash, rows_.generation()));
}

bool HotCache::open(Connection& connection) {
  sqlite3* db = connection.db();
  if (sqlite3_get_autocommit(db) == 0 || is_in_use(db)) return false;
  // In a UTF-16 file different texts of a caller can be one key.
  if (!connection.schema().is_utf8() || !index_.map(connection)) {
    empty();
    return false;
  }
  if (index_.has(header_) &&
      (header_.names_its_log() || WalIndex::page_version(db) == page_version_)) {
    if (is_limit_old_ && !is_empty()) heed_limit(connection);
    return true;
  }
  is_limit_old_ = true;
  empty();
  header_ = index_.header();
  page_version_ = WalIndex::page_version(db);
  return true;
}

bool HotCache::advance(Connection& connection, std::uint32_t pages, bool sweeps) {
  sqlite3* db = connection.db();
  // A statement that also writes another file, a temporary table say, and is not at its end commits
  // both later, or neither.
  if (is_in_use(db)) return false;
  const WalHeader header = index_.header();
  const std::uint32_t page_version = WalIndex::page_version(db);
  // SQLite moves its data version when it finds, as the write began, that somebody had committed,
  // and again for our own commit. So one step is our own commit alone.
  const bool is_only_commit = page_version == page_version_ + 1;
  if (!header.is_next_of(header_, pages) &&
      !(is_only_commit && header.is_restart_after(header_, pages)))
    return false;
  header_ = header;
  page_version_ = page_version;
  if (sweeps) swept_until_ = std::max(swept_until_, connection.clock().now());
  return true;
}

const HotRow* HotCache::find(const HotKey& key) {
  const HotRow* row = rows_.find(key.view());
  if (row == nullptr || row->ends_by(swept_until_)) return nullptr;
  ++hits_;
  return row;
}

template <class Make>
const HotRow* HotCache::keep_if_current(Connection& connection, std::size_t size,
                                        Make&& make) noexcept {
  try {
    if (!has_room_for(connection, size) || !index_.has(header_)) return nullptr;
    // The first SELECT after somebody's commit throws the pages away.
    page_version_ = WalIndex::page_version(connection.db());
    return rows_.insert(make());
  } catch (const std::exception&) {
    empty();  // no memory: what is not kept is asked of the file again
    return nullptr;
  }
}

const HotRow* HotCache::keep(Connection& connection, const HotKey& key, sqlite3_value* value,
                             std::optional<double> deadline) noexcept {
  return keep_if_current(connection, hot_row_size(value),
                         [&] { return HotRow::make(key.view(), value, deadline); });
}

void HotCache::keep_nothing(Connection& connection, const HotKey& key) noexcept {
  keep_if_current(connection, 0, [&] { return HotRow::nothing(key.view()); });
}

void HotCache::empty() {
  rows_.clear();
  swept_until_ = -HUGE_VAL;
}

void HotCache::forget_limit() {
  limit_read_ = -HUGE_VAL;
  is_limit_old_ = true;
}

void HotCache::heed_limit(Connection& connection) {
  constexpr double kTrust = 1;  // seconds
  const double now = connection.clock().now();
  if (now >= limit_read_ && now < limit_read_ + kTrust) return;
  rows_.set_limit(read_limit(connection));
  limit_read_ = now;
  is_limit_old_ = false;
}

// A row that would fill a good part of the memory alone would drive out all that is in use.
bool HotCache::has_room_for(Connection& connection, std::size_t size) {
  constexpr std::size_t kShare = 8;
  if (is_limit_old_) heed_limit(connection);
  return size < rows_.limit() / kShare;
}

}  // namespace larder
