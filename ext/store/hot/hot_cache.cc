// Whether what is in memory is as good as the file.
#include "store/hot/hot_cache.h"

#include <algorithm>

#include "store/connection.h"
#include "store/hot/wal_file.h"
#include "store/settings.h"

namespace larder {

constinit const Setting kHotBytes{
    "hot.bytes", Setting::Kind::kCount, std::int64_t{8} << 20, {}, [](Connection& connection) {
      connection.hot().forget_settings();
    }};

namespace {

// Whether a statement of this connection reads or writes the main file. Most often none does with
// any file, which is asked for at half the cost.
bool is_in_use(sqlite3* db) {
  return sqlite3_txn_state(db, nullptr) != SQLITE_TXN_NONE &&
         sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE;
}

// How many rows this connection has changed, modulo 2^32.
std::uint32_t changes_of(sqlite3* db) {
  return static_cast<std::uint32_t>(sqlite3_total_changes(db));
}

// What cannot be read is reported by what needs it; the cache does without.
std::size_t read_limit(Connection& connection) noexcept {
  try {
    return static_cast<std::size_t>(count_setting(connection, kHotBytes));
  } catch (const std::exception&) {
    return 0;
  }
}

constexpr char kReadAnything[] = "SELECT 1 FROM main.sqlite_schema LIMIT 1";

// True when nobody has committed since this connection did: a read makes SQLite compare, and moves
// its data version where somebody has.
bool is_as_left(Connection& connection) noexcept {
  const std::uint32_t page_version = WalIndex::page_version(connection.db());
  try {
    connection.query(kReadAnything).step();
  } catch (const std::exception&) {
    return false;
  }
  return WalIndex::page_version(connection.db()) == page_version;
}

}  // namespace

bool HotCache::note_interest(const HotKey& key) {
  return key.is_usable() &&
         (rows_.has(key.view().hash) || interest_.ask(key.view().hash, rows_.generation()));
}

bool HotCache::can_watch(Connection& connection) {
  sqlite3* db = connection.db();
  if (sqlite3_get_autocommit(db) == 0 || is_in_use(db)) return false;
  // In a UTF-16 file different texts of a caller can be one key.
  if (connection.schema().is_utf8() && index_.map(connection)) return true;
  empty();
  sharing_.leave();
  return false;
}

bool HotCache::catch_up(Connection& connection) {
  const Commit newest = index_.newest();
  const auto page_version = [&] { return WalIndex::page_version(connection.db()); };
  if (newest == commit_ && (commit_.names_its_log() || page_version() == page_version_)) {
    if (are_settings_old_ && !is_empty()) heed_settings(connection);
    return true;
  }
  are_settings_old_ = true;
  if (newest != commit_ && (!is_empty() || sharing_.is_on())) {
    const Followed followed = follow();
    if (followed == Followed::kNotYet) heed_settings(connection);
    if (followed != Followed::kLost) return followed == Followed::kToTheEnd;
    const bool was_others = changes_of(connection.db()) == changes_;
    if (was_others && sharing_.is_due(SharedMemory::Open::kMake))
      sharing_.review(connection, SharedMemory::Open::kMake);
  }
  empty();
  commit_ = newest;
  changes_ = changes_of(connection.db());
  page_version_ = page_version();
  return true;
}

// Forgets the rows that others have changed, commit by commit. What is announced is told a moment
// later, or, when that commit is followed by a checkpoint, many milliseconds later; and never when
// whoever announced it was killed. To ask the file once for each row that is kept costs about as
// much as to read all of them again.
HotCache::Followed HotCache::follow() {
  constexpr std::size_t kLeastPatience = 32;  // looks
  constexpr std::size_t kMostPatience = 4096;
  if (!sharing_.is_on()) return Followed::kLost;
  const std::size_t patience = std::clamp(rows_.count(), kLeastPatience, kMostPatience);
  for (;;) {
    const Commit newest = index_.newest();
    if (newest == commit_) return Followed::kToTheEnd;
    if (newest.number - commit_.number > CommitRing::kPlaces) return Followed::kLost;
    const auto record = sharing_.ring().after(commit_);
    if (!record) {
      const bool may_come = sharing_.ring().is_announced(commit_) && ++looks_ < patience;
      return may_come ? Followed::kNotYet : Followed::kLost;
    }
    looks_ = 0;
    rows_.remove(record->row);
    swept_until_ = std::max(swept_until_, record->swept_until);
    commit_ = record->after;
    ++followed_;
  }
}

Commit HotCache::announce() {
  const Commit newest = index_.newest();
  if (sharing_.is_on()) sharing_.ring().announce(newest);
  return newest;
}

void HotCache::retract(const Commit& before) {
  if (sharing_.is_on()) sharing_.ring().retract(before);
}

void HotCache::tell(Connection& connection, const OwnCommit& own,
                    const std::optional<Commit>& after) {
  CommitRecord record{own.before, {}, own.row, own.sweeps ? connection.clock().now() : -HUGE_VAL};
  if (after) {
    record.after = *after;
  } else if (const auto found =
                 commit_in_log(connection.db(), own.before, own.pages, index_.page_size())) {
    record.after = *found;
  } else {
    return;
  }
  sharing_.ring().tell(record);
}

bool HotCache::advance(Connection& connection, const OwnCommit& own) {
  sqlite3* db = connection.db();
  // A statement that also writes another file, a temporary table say, and is not at its end commits
  // both later, or neither.
  if (is_in_use(db)) return false;
  const Commit newest = index_.newest();
  const std::uint32_t page_version = WalIndex::page_version(db);
  // SQLite moves its data version when it finds, as the write began, that somebody had committed,
  // and again for our own commit. So one step is our own commit alone.
  const bool is_only_commit = own.was_locked || page_version == page_version_ + 1;
  const bool is_newest =
      newest.is_next_of(own.before, own.pages) ||
      (is_only_commit && newest.is_restart_after(own.before, own.pages) && is_as_left(connection));
  if (sharing_.is_on() && own.pages > 0 && (is_newest || own.was_locked))
    tell(connection, own, is_newest ? std::optional(newest) : std::nullopt);
  if (!is_newest || commit_ != own.before) return false;
  commit_ = newest;
  changes_ = changes_of(db);
  page_version_ = page_version;
  if (own.sweeps) swept_until_ = std::max(swept_until_, connection.clock().now());
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
    if (!has_room_for(size) || index_.newest() != commit_) return nullptr;
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
  looks_ = 0;
}

void HotCache::forget_settings() {
  settings_read_ = -HUGE_VAL;
  are_settings_old_ = true;
}

void HotCache::heed_settings(Connection& connection) {
  constexpr double kTrust = 1;  // seconds
  const double now = connection.clock().now();
  if (now >= settings_read_ && now < settings_read_ + kTrust) return;
  rows_.set_limit(read_limit(connection));
  if (sharing_.is_on()) sharing_.review(connection, SharedMemory::Open::kIfThere);
  settings_read_ = now;
  are_settings_old_ = false;
}

void HotCache::know_settings(Connection& connection) noexcept {
  try {
    if (are_settings_old_) heed_settings(connection);
  } catch (const std::exception&) {
    empty();  // no memory: they are read again at the next time
  }
}

// A row that would fill a good part of the memory alone would drive out all that is in use.
bool HotCache::has_room_for(std::size_t size) const {
  constexpr std::size_t kShare = 8;
  return size < rows_.limit() / kShare;
}

}  // namespace larder
