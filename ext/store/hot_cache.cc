// The rows a connection keeps in memory. They leave by SIEVE (Zhang et al., NSDI 2024): a row that
// was used since the hand came by stays once more; nothing is moved on a hit.
#include "store/hot_cache.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "sqlite/key.h"
#include "store/connection.h"
#include "store/settings.h"

namespace larder {

namespace {

struct Shares {
  std::atomic<std::size_t> count;
};

Shares& shares_of(void* data) { return *(static_cast<Shares*>(data) - 1); }

std::size_t size_of(sqlite3_value* value) {
  const int type = value != nullptr ? sqlite3_value_type(value) : SQLITE_NULL;
  const bool has_bytes = type == SQLITE_TEXT || type == SQLITE_BLOB;
  return has_bytes ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0;
}

// What cannot be read is reported by what needs it; the cache does without.
std::size_t read_limit(Connection& connection) noexcept {
  try {
    return static_cast<std::size_t>(count_setting(connection, kHotBytes));
  } catch (const std::exception&) {
    return 0;
  }
}

int status_of(sqlite3* db, int what) {
  int now = 0, highest = 0;
  sqlite3_db_status(db, what, &now, &highest, 0);
  return now;
}

// Of all files of the connection, modulo 2^32.
std::uint32_t pages_written(sqlite3* db) {
  return static_cast<std::uint32_t>(status_of(db, SQLITE_DBSTATUS_CACHE_WRITE));
}

std::uint32_t rows_changed(sqlite3* db) {
  return static_cast<std::uint32_t>(sqlite3_total_changes(db));
}

// In shared-cache mode (https://sqlite.org/sharedcache.html) a SELECT joins what the connections it
// shares with are doing: it may see an older commit than the newest, or with PRAGMA
// read_uncommitted what is never committed. SQLite shows only in its accounts of memory that there
// is another connection.
bool shares_pages(sqlite3* db) {
  return status_of(db, SQLITE_DBSTATUS_CACHE_USED) !=
         status_of(db, SQLITE_DBSTATUS_CACHE_USED_SHARED);
}

}  // namespace

SharedBytes::SharedBytes(std::string_view bytes) {
  void* block = sqlite3_malloc64(sizeof(Shares) + bytes.size() + 1);
  if (block == nullptr) throw std::bad_alloc();
  data_ = reinterpret_cast<char*>(new (block) Shares{1} + 1);
  if (!bytes.empty()) std::memcpy(data_, bytes.data(), bytes.size());
  data_[bytes.size()] = '\0';
}

SharedBytes::SharedBytes(const SharedBytes& other) noexcept : data_(other.share()) {}

char* SharedBytes::share() const {
  if (data_ != nullptr) shares_of(data_).count.fetch_add(1, std::memory_order_relaxed);
  return data_;
}

void SharedBytes::release(void* data) {
  if (data == nullptr) return;
  if (shares_of(data).count.fetch_sub(1, std::memory_order_acq_rel) == 1)
    sqlite3_free(&shares_of(data));
}

HotRow::HotRow(sqlite3_value* value, std::optional<double> deadline)
    : type_(value != nullptr ? sqlite3_value_type(value) : SQLITE_NULL),
      deadline_(deadline.value_or(HUGE_VAL)) {
  if (type_ == SQLITE_INTEGER) integer_ = sqlite3_value_int64(value);
  if (type_ == SQLITE_FLOAT) real_ = sqlite3_value_double(value);
  if (type_ == SQLITE_TEXT || type_ == SQLITE_BLOB) {
    const std::string_view bytes = bytes_of(value);  // of a text as of a BLOB: adds no NUL
    bytes_ = SharedBytes(bytes);
    size_ = bytes.size();
    is_c_string_ = type_ == SQLITE_TEXT && bytes.find('\0') == std::string_view::npos;
  }
}

void HotRow::give(Call& call) const {
  constexpr std::size_t kSmall = 256;  // below it a copy is cheaper than sharing
  const bool copies = size_ <= kSmall;
  char* data = copies ? bytes_.data() : bytes_.share();
  const auto destroy = copies ? SQLITE_TRANSIENT : SharedBytes::release;
  switch (type_) {
    case SQLITE_INTEGER:
      return call.result(integer_);
    case SQLITE_FLOAT:
      return call.result(real_);
    case SQLITE_TEXT:
      return call.result_text(data, is_c_string_ ? -1 : static_cast<int>(size_), destroy);
    case SQLITE_BLOB:
      return call.result_blob(data, static_cast<int>(size_), destroy);
    default:
      return call.result_null();
  }
}

HotKey::HotKey(Connection& connection, Kind kind, sqlite3_value* key) {
  if (sqlite3_get_autocommit(connection.db()) == 0) return;
  const char tag = static_cast<char>(kind);
  append({&tag, 1});
  append_value(key);
  finish();
}

// The length of the first part stands last: no part of one can be taken for part of the other.
HotKey::HotKey(Connection& connection, Kind kind, sqlite3_value* set, sqlite3_value* key) {
  if (sqlite3_get_autocommit(connection.db()) == 0) return;
  const char tag = static_cast<char>(kind);
  append({&tag, 1});
  if (set != nullptr) {
    append_value(set);
  } else {
    append("tdefault");
  }
  const auto length = static_cast<std::uint16_t>(size_);
  append_value(key);
  append({reinterpret_cast<const char*>(&length), sizeof length});
  finish();
}

void HotKey::finish() {
  if (!fits_) size_ = 0;
  hash_ = XXH3_64bits(bytes_, size_);
}

void HotKey::append(std::string_view bytes) {
  fits_ = fits_ && bytes.size() <= kMost - size_;
  if (!fits_ || bytes.empty()) return;
  std::memcpy(bytes_ + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
}

// As Query::bind_key() and the TEXT column have it.
void HotKey::append_value(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT:
      append("t");
      return append(bytes_of(value));  // text_of() would have SQLite copy it to add a NUL
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      append("t");
      return append(NumberKey(value).text());
    case SQLITE_BLOB:
      append("b");
      return append(bytes_of(value));
    default:
      fits_ = false;
  }
}

std::size_t HotCache::Entry::size() const {
  constexpr std::size_t kNodes = 96;  // of the list and the map
  return sizeof(Entry) + kNodes + key.size() + row.size();
}

bool HotCache::open(Connection& connection) {
  sqlite3* db = connection.db();
  if (sqlite3_get_autocommit(db) == 0 || sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE)
    return false;
  if (!index_.map(connection)) {
    empty();
    return false;
  }
  const WalHeader header = index_.header();
  const std::uint32_t page_version = WalIndex::page_version(db);
  if (header == header_ && page_version == page_version_) {
    if (is_limit_old_ && !is_empty_) heed_limit(connection);
    return true;
  }
  is_limit_old_ = true;
  empty();
  header_ = header;
  page_version_ = page_version;
  return true;
}

bool HotCache::advance(Connection& connection, std::uint32_t pages, bool sweeps) {
  sqlite3* db = connection.db();
  // A statement that also writes another file, a temporary table say, and is not at its end commits
  // both later, or neither.
  if (sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE) return false;
  const WalHeader header = index_.header();
  const std::uint32_t page_version = WalIndex::page_version(db);
  // SQLite compares the headers itself when a transaction begins; only its commit has counted then.
  const bool is_only_commit = page_version == page_version_ + 1;
  if (!header.is_next_of(header_, pages) &&
      !(is_only_commit && header.is_restart_after(header_, pages)))
    return false;
  header_ = header;
  page_version_ = page_version;
  if (sweeps) swept_until_ = std::max(swept_until_, connection.clock().now());
  return true;
}

HotCache::Entries::iterator HotCache::find_entry(const HotKey& key) {
  const auto found = by_hash_.find(key.hash());
  if (found == by_hash_.end() || found->second->key != key.view()) return entries_.end();
  return found->second;
}

const HotRow* HotCache::find(const HotKey& key) {
  if (is_empty_) return nullptr;
  const auto entry = find_entry(key);
  if (entry == entries_.end() || entry->generation != generation_) return nullptr;
  if (entry->row.ends_by(swept_until_)) return nullptr;
  entry->was_used = true;
  ++hits_;
  return &entry->row;
}

// A trace is the half of the hash that does not say where it is, and of which generation. A set of
// places has the latest; other keys may have pushed this one out. While others commit all the time,
// hardly any key is asked for twice in between, and none is copied for nothing.
bool HotCache::is_worth(const HotKey& key) {
  constexpr std::size_t kSets = 8192;  // in all as many traces as small rows fit into hot.bytes
  constexpr std::size_t kPlaces = 4;
  if (key.view().empty()) return false;
  const auto entry = find_entry(key);
  if (entry != entries_.end() && entry->generation == generation_) return true;
  if (asked_.empty()) asked_.resize(kSets * kPlaces);
  const auto trace = static_cast<std::uint32_t>((key.hash() >> 32) + generation_);
  const auto first = asked_.begin() + static_cast<std::ptrdiff_t>(key.hash() % kSets * kPlaces);
  const auto last = first + kPlaces;
  if (std::find(first, last, trace) != last) return true;
  std::copy_backward(first, last - 1, last);
  *first = trace;
  return false;
}

template <class Make>
void HotCache::keep_if_current(Connection& connection, const HotKey& key, std::size_t size,
                               Make&& make) noexcept {
  try {
    if (!has_room_for(connection, size) || index_.header() != header_) return;
    insert(key, make());
    // The first SELECT after somebody's commit throws the pages away.
    page_version_ = WalIndex::page_version(connection.db());
  } catch (const std::exception&) {
    empty();  // no memory: what is not kept is asked of the file again
  }
}

void HotCache::keep(Connection& connection, const HotKey& key, sqlite3_value* value,
                    std::optional<double> deadline) noexcept {
  keep_if_current(connection, key, size_of(value), [&] { return HotRow(value, deadline); });
}

void HotCache::keep_nothing(Connection& connection, const HotKey& key) noexcept {
  keep_if_current(connection, key, 0, [] { return HotRow::nothing(); });
}

void HotCache::insert(const HotKey& key, HotRow row) {
  const auto [place, is_new] = by_hash_.try_emplace(key.hash(), entries_.end());
  if (is_new) {
    try {
      entries_.push_front(
          {std::string(key.view()), key.hash(), std::move(row), generation_, false});
    } catch (...) {
      by_hash_.erase(place);
      throw;
    }
    place->second = entries_.begin();
  } else {
    Entry& entry = *place->second;
    const std::size_t old_size = entry.size();
    if (entry.key != key.view()) entry.key = key.view();  // another key of the same hash
    bytes_ -= old_size;
    entry.row = std::move(row);
    entry.generation = generation_;
  }
  bytes_ += place->second->size();
  is_empty_ = false;
  evict();
}

void HotCache::forget(const HotKey& key) {
  if (const auto entry = find_entry(key); entry != entries_.end()) remove(entry);
}

void HotCache::remove(Entries::iterator entry) {
  if (hand_ == entry) hand_ = entry == entries_.begin() ? entries_.end() : std::prev(entry);
  bytes_ -= entry->size();
  by_hash_.erase(entry->hash);
  entries_.erase(entry);
}

void HotCache::evict() {
  while (bytes_ > limit_ && !entries_.empty()) {
    if (hand_ == entries_.end()) hand_ = std::prev(entries_.end());
    const auto entry = hand_;
    if (entry->was_used && entry->generation == generation_) {
      entry->was_used = false;
      hand_ = entry == entries_.begin() ? entries_.end() : std::prev(entry);
    } else {
      remove(entry);
    }
  }
}

// Another connection may change the setting: what it says is heeded within a second.
void HotCache::heed_limit(Connection& connection) {
  constexpr double kTrust = 1;  // seconds
  const double now = connection.clock().now();
  if (now >= limit_read_ && now < limit_read_ + kTrust) return;
  limit_ = read_limit(connection);
  limit_read_ = now;
  is_limit_old_ = false;
  evict();
}

// A row that would fill a good part of the memory alone would drive out all that is in use.
bool HotCache::has_room_for(Connection& connection, std::size_t size) {
  constexpr std::size_t kShare = 8;
  if (is_limit_old_) heed_limit(connection);
  return size < limit_ / kShare;
}

HotLookup::HotLookup(Connection& connection, const HotKey& key)
    : connection_(connection),
      key_(key),
      is_open_(connection.hot().is_worth(key) && connection.hot().open(connection)) {
  if (is_open_) row_ = connection.hot().find(key_);
  if (is_open_ && row_ == nullptr) is_open_ = !shares_pages(connection.db());
}

void HotLookup::found(sqlite3_value* value, std::optional<double> deadline) noexcept {
  if (is_open_) connection_.hot().keep(connection_, key_, value, deadline);
}

void HotLookup::found_nothing() noexcept {
  if (is_open_) connection_.hot().keep_nothing(connection_, key_);
}

HotChange::HotChange(Connection& connection, const HotKey& key)
    : connection_(connection),
      key_(key),
      is_worth_(connection.hot().is_worth(key)),
      is_open_((is_worth_ || !connection.hot().is_empty()) && !key.view().empty() &&
               connection.hot().open(connection) && !shares_pages(connection.db())) {
  if (!is_open_) return;
  pages_ = pages_written(connection.db());
  changes_ = rows_changed(connection.db());
}

bool HotChange::was_alone(std::int64_t changes) {
  sqlite3* db = connection_.db();
  return is_open_ && rows_changed(db) - changes_ == static_cast<std::uint32_t>(changes) &&
         connection_.hot().advance(connection_, pages_written(db) - pages_, changes > 1);
}

void HotChange::finish(std::int64_t changes) noexcept {
  if (was_alone(changes)) connection_.hot().forget(key_);
}

void HotChange::finish(std::int64_t changes, sqlite3_value* value,
                       std::optional<double> deadline) noexcept {
  HotCache& hot = connection_.hot();
  if (!was_alone(changes)) return;
  hot.forget(key_);
  if (is_worth_ && changes > 0) hot.keep(connection_, key_, value, deadline);
}

}  // namespace larder
