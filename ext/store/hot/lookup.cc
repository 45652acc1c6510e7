// How a feature reads and changes rows through the hot cache.
#include "store/hot/lookup.h"

#include "store/connection.h"

namespace larder {

namespace {

int db_status(sqlite3* db, int what) {
  int current = 0, highest = 0;
  sqlite3_db_status(db, what, &current, &highest, 0);
  return current;
}

// Of all files of the connection, modulo 2^32.
std::uint32_t pages_written(sqlite3* db) {
  return static_cast<std::uint32_t>(db_status(db, SQLITE_DBSTATUS_CACHE_WRITE));
}

std::uint32_t pages_spilled(sqlite3* db) {
  return static_cast<std::uint32_t>(db_status(db, SQLITE_DBSTATUS_CACHE_SPILL));
}

std::uint32_t rows_changed(sqlite3* db) {
  return static_cast<std::uint32_t>(sqlite3_total_changes(db));
}

}  // namespace

bool shares_pages(sqlite3* db) {
  return db_status(db, SQLITE_DBSTATUS_CACHE_USED) !=
         db_status(db, SQLITE_DBSTATUS_CACHE_USED_SHARED);
}

HotLookup::HotLookup(Connection& connection, const HotKey& key)
    : connection_(connection),
      key_(key),
      may_keep_(connection.hot().note_interest(key) && connection.hot().open(connection)) {
  if (may_keep_) row_ = connection.hot().find(key_);
  if (may_keep_ && row_ == nullptr) may_keep_ = !shares_pages(connection.db());
}

const HotRow* HotLookup::found(sqlite3_value* value, std::optional<double> deadline) noexcept {
  if (!may_keep_) return nullptr;
  connection_.hot().know_settings(connection_);
  return connection_.hot().keep(connection_, key_, value, deadline);
}

void HotLookup::found_nothing() noexcept {
  if (!may_keep_) return;
  connection_.hot().know_settings(connection_);
  connection_.hot().keep_nothing(connection_, key_);
}

HotChange::HotChange(Connection& connection, const HotKey& key)
    : connection_(connection), key_(key), is_worth_(connection.hot().note_interest(key)) {
  if (!key.is_usable()) return;
  HotCache& hot = connection.hot();
  const auto matters = [&] { return is_worth_ || !hot.is_empty() || hot.shares(); };
  const bool looks = hot.should_look_for_others();
  if (!(looks || matters()) || !hot.can_watch(connection) || shares_pages(connection.db())) return;
  if (looks) hot.look_for_others(connection);
  is_watched_ = matters();
  if (!is_watched_) return;
  hot.catch_up(connection);
  before_ = hot.commit();
  count_from_here();
}

HotChange::~HotChange() {
  if (is_locked_) connection_.hot().retract(before_);
}

void HotChange::will_store(sqlite3_value* value) {
  if (!is_watched_ || !is_worth_) return;
  connection_.hot().know_settings(connection_);
  is_worth_ = connection_.hot().has_room_for(hot_row_size(value));
  if (is_worth_) make_bytes(value);
}

bool HotChange::wants_lock() const { return is_watched_ && connection_.hot().shares(); }

void HotChange::locked() {
  if (!is_watched_) return;
  is_locked_ = true;
  before_ = connection_.hot().announce();
  count_from_here();
}

void HotChange::count_from_here() {
  sqlite3* db = connection_.db();
  pages_ = pages_written(db);
  spills_ = pages_spilled(db);
  changes_ = rows_changed(db);
}

bool HotChange::was_alone(std::int64_t changes) {
  sqlite3* db = connection_.db();
  if (!is_watched_ || rows_changed(db) - changes_ != static_cast<std::uint32_t>(changes))
    return false;
  // A page that was spilled is written twice: then their number is not that of frames.
  if (pages_spilled(db) != spills_) return false;
  return connection_.hot().advance(connection_, {before_, is_locked_, pages_written(db) - pages_,
                                                 key_.view().hash, changes > 1});
}

void HotChange::finish(std::int64_t changes) noexcept {
  if (was_alone(changes)) connection_.hot().forget(key_);
}

void HotChange::finish(std::int64_t changes, sqlite3_value* value,
                       std::optional<double> deadline) noexcept {
  HotCache& hot = connection_.hot();
  if (!was_alone(changes)) return;
  hot.forget(key_);
  if (is_worth_) hot.keep(connection_, key_, value, deadline);
}

}  // namespace larder
