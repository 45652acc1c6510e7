// The statements that change an entry. ?3 is the value, ?4 the deadline, ?5 created_at, ?6 the tag.
#include "cache/cache_sweep.h"
#include "cache/change.h"
#include "cache/eviction.h"
#include "cache/limits.h"
#include "cache/recency.h"
#include "cache/storing.h"

namespace larder {

namespace {

constexpr auto kTouchEntry = sql(R"(
UPDATE main.larder_cache
SET expires_at = ?4
WHERE key = ?1 AND {} AND {})",
                                 kCacheLive, kSweepAtHolds);

constexpr auto kTouchAndMove = sql(R"(
UPDATE main.larder_cache
SET expires_at = ?4, sweep_at = ?4
WHERE key = ?1 AND {})",
                                   kCacheLive);

constexpr auto kSetValue = sql(R"(
UPDATE main.larder_cache
SET value = ?3, claimed_until = NULL
WHERE key = ?1 AND {})",
                               kCacheLive);

constexpr auto kSetTag = sql(R"(
UPDATE main.larder_cache
SET tag = ?6
WHERE key = ?1 AND {})",
                             kCacheLive);

// ?3 is the end of the claim.
constexpr auto kClaimEntry = sql(R"(
INSERT INTO main.larder_cache(key, created_at, expires_at, sweep_at, claimed_until)
VALUES (?1, ?2, -9e999, -9e999, ?3)
ON CONFLICT(key) DO UPDATE
SET claimed_until = excluded.claimed_until
WHERE {})",
                                 kCacheUnclaimed);

constexpr char kRemoveEntry[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1)";
constexpr auto kRemoveLive = sql("{} AND {}", kRemoveEntry, kCacheLive);
constexpr auto kRemoveIfSame = sql("{} AND {} AND {}", kRemoveEntry, kCacheSameValue, kCacheLive);
constexpr auto kRemoveDead = sql("{} AND {}", kRemoveEntry, kCacheDead);

// New keys tend to follow new keys, and refreshed ones refreshed ones. So the latest set says which
// statement to try first.
struct SetHistory {
  bool latest_was_new = true;
};

void bind_value(Query& query, const NewValue& value) {
  if (const auto* own = std::get_if<sqlite3_value*>(&value)) {
    query.bind_borrowed(3, *own);
  } else {
    std::visit([&](auto number) { query.bind(3, number); }, std::get<Number>(value));
  }
}

void bind_tag(Query& query, sqlite3_value* tag) {
  if (tag != nullptr) {
    query.bind_key(6, tag);
  } else {
    query.bind_null(6);
  }
}

}  // namespace

Query Change::query(Sql sql) {
  Query query = connection_.query(sql);
  query.bind_key(1, key_).bind(2, cache_.now());
  return query;
}

bool Change::run(Query& query, Counting counting) {
  look_before(query);
  query.run();
  const int changed = sqlite3_changes(connection_.db());
  if (query.was_recompiled()) {
    connection_.schema().doubt();
    met_new_schema_ = true;
  }
  const bool is_counted =
      counting == Counting::kCounted && !is_alone_ && limits_of(connection_).any();
  const std::int64_t changes_per_row = is_counted ? 1 + kCountingChanges : 1;
  changes_ += changed * changes_per_row;
  return changed > 0;
}

Change::NewEntry Change::new_entry(NewValue value, Lifetime lifetime, const Details& details) {
  const auto deadline = lifetime.end(cache_.now());
  expect_sweep(connection_, deadline);
  return {value, deadline, details.created_at.value_or(cache_.now()), details.tag};
}

Change::Stored Change::store(const Storing& storing, const NewEntry& entry) {
  Query put = connection_.query(storing.sql);
  put.bind_key(1, key_);
  if (storing.has_now) put.bind(2, cache_.now());
  bind_value(put, entry.value);
  put.bind(4, entry.deadline).bind(5, entry.created_at);
  if (storing.has_tag) bind_tag(put, entry.tag);
  return upsert(put);
}

// An INSERT moves last_insert_rowid and its ON CONFLICT UPDATE does not: this tells a new key from
// an old one.
Change::Stored Change::upsert(Query& statement) {
  sqlite3* db = connection_.db();
  sqlite3_set_last_insert_rowid(db, 0);
  const bool changed = run(statement);
  const std::int64_t id = sqlite3_last_insert_rowid(db);
  if (id != 0 && !is_alone_) changes_ += sweep_for_insert(connection_);
  return {id, id != 0 || changed};
}

void Change::remove_dead() {
  try {
    Query remove = query(kRemoveDead);
    run(remove);
  } catch (const Error& error) {
    if (!keeps_dead_row(connection_, error)) throw;
  }
}

Change::Stored Change::insert_or_overwrite(const NewEntry& entry) {
  auto& latest_was_new = connection_.state<SetHistory>().latest_was_new;
  const bool in_order = keeps_order();
  const CheapStoring& cheap = kCheapStoring[entry.tag != nullptr ? 1 : 0][in_order ? 1 : 0];
  if (!latest_was_new) {
    const Stored stored = store(cheap.overwrite, entry);
    if (stored.done) return stored;
  }
  const Stored stored = store(cheap.put, entry);
  latest_was_new = stored.new_id != 0;
  if (stored.done) return stored;
  if (in_order) remove_dead();
  return store(kPutAndMove, entry);
}

std::optional<std::int64_t> Change::set(NewValue value, Lifetime lifetime, Details details) {
  auto& sets = connection_.state<CacheCounters>().sets;  // now: what follows the change cannot fail
  if (lifetime.is_over()) {
    Query remove = connection_.query(kRemoveEntry);
    remove.bind_key(1, key_);
    run(remove);
    return 0;
  }
  const auto* own = std::get_if<sqlite3_value*>(&value);
  if (own != nullptr && hot_) hot_->change.will_store(*own);
  make_way(value);
  const NewEntry entry = new_entry(value, lifetime, details);
  const Stored stored = insert_or_overwrite(entry);
  if (!stored.done) return std::nullopt;
  ++sets;
  keep_to_new_limits();
  if (own != nullptr) known_ = {*own, entry.deadline};
  return stored.new_id;
}

std::optional<std::int64_t> Change::add(NewValue value, Lifetime lifetime, Details details) {
  if (lifetime.is_over()) {
    if (has()) return std::nullopt;
    return set(value, lifetime);
  }
  auto& sets = connection_.state<CacheCounters>().sets;  // now: what follows the change cannot fail
  if (keeps_order()) {
    if (has()) return std::nullopt;
    remove_dead();
  }
  make_way(value);
  const Stored stored = store(kAddEntry, new_entry(value, lifetime, details));
  if (!stored.done) return std::nullopt;
  ++sets;
  keep_to_new_limits();
  return stored.new_id;
}

bool Change::set_value(NewValue value) {
  auto& sets = connection_.state<CacheCounters>().sets;
  make_way(value);
  Query set = query(kSetValue);
  bind_value(set, value);
  if (!run(set)) return false;
  ++sets;
  if (is_alone_) return true;
  note_use(connection_, key_);
  keep_to_new_limits();
  return true;
}

void Change::set_tag(sqlite3_value* tag) {
  Query set = query(kSetTag);
  bind_tag(set, tag);
  run(set, Counting::kUncounted);
}

bool Change::claim(double claimed_until) {
  expect_sweep(connection_, claimed_until);
  Query claim = query(kClaimEntry);
  claim.bind(3, claimed_until);
  const Stored stored = upsert(claim);
  if (stored.new_id != 0 && !is_alone_) keep_to_limits(connection_, key_);
  return stored.done;
}

bool Change::touch(Lifetime lifetime) {
  if (lifetime.is_over()) return remove();
  const auto deadline = lifetime.end(cache_.now());
  expect_sweep(connection_, deadline);
  for (const Sql sql : {Sql(kTouchEntry), Sql(kTouchAndMove)}) {
    Query touch = query(sql);
    touch.bind(4, deadline);
    if (!run(touch, Counting::kUncounted)) continue;
    if (!is_alone_) note_use(connection_, key_);
    return true;
  }
  return false;
}

bool Change::remove(sqlite3_value* expected) {
  Query remove = query(expected != nullptr ? Sql(kRemoveIfSame) : Sql(kRemoveLive));
  if (expected != nullptr) remove.bind(3, expected);
  return run(remove);
}

}  // namespace larder
