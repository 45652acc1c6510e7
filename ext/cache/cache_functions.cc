// The cache in SQL:
//
//   SELECT cache_set('user:1', '{"name":"Ada"}', '15m');
//   SELECT cache_get('user:1');
//   SELECT coalesce(cache_get('report'), cache_set('report', expensive(), 3600));
#include <algorithm>
#include <cmath>

#include "cache/cache.h"
#include "cache/cache_clear.h"
#include "cache/cache_sweep.h"
#include "cache/cache_table.h"
#include "cache/change.h"
#include "cache/limits.h"
#include "cache/number.h"
#include "cache/recency.h"
#include "cache/tag.h"
#include "cache/ttl.h"
#include "feature_list.h"

namespace larder {

namespace {

// Counts what look() finds. The counters come first: what follows a change cannot fail.
template <class Look>
bool counted(Connection& connection, Look&& look) {
  auto& counters = connection.state<CacheCounters>();
  const bool hit = look();
  ++(hit ? counters.hits : counters.misses);
  return hit;
}

// Makes one change of one key: body(change) makes it and returns what the caller wants to know.
template <class Body>
auto change_entry(Connection& connection, sqlite3_value* key, Body&& body) {
  Change change(connection, key);
  auto result = body(change);
  change.commit();
  return result;
}

// Makes the live value the result of `call`, then changes its entry by `then`. A value that is
// removed and not told would be lost, so the result comes first. Returns whether there was one that
// `then` could change.
template <class Then>
bool get_then(Connection& connection, sqlite3_value* key, Call& call, Then&& then) {
  return change_entry(connection, key, [&](Change& change) {
    const bool found = change.cache().get(key, [&](Query& row) {
      call.result(row.value(0));
      call.check_result();
    });
    return found && then(change);
  });
}

bool get_and_touch(Connection& connection, sqlite3_value* key, Lifetime lifetime, Call& call) {
  return get_then(connection, key, call, [&](Change& change) {
    change.touch(lifetime);
    return true;
  });
}

void cache_get(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const bool touches = call.count() > 2;
  const bool hit = counted(connection, [&] {
    return touches ? get_and_touch(connection, key, lifetime_of(call[2], "ttl"), call)
                   : Cache(connection).get_hot(key, &call);
  });
  if (hit && !touches) note_use(connection, key);
  if (!hit) call.result(call.optional(1));
}

void cache_set(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Ttl ttl(call.optional(2));
  sqlite3_value* tag = tag_of(call.optional(3));
  call.result_first(call[1]);  // and without memory to keep it, a zeroblob becomes NULL
  Change change(connection, key, Change::Scope::kStatement);
  change.set(call[1], ttl.lifetime(connection), {.tag = tag});
  change.commit();
}

void cache_claim(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Lifetime ttl = lease_of(call[1], "ttl");
  call.result(change_entry(connection, key, [&](Change& change) {
    return change.claim(ttl.end(change.cache().now()).value_or(HUGE_VAL));
  }));
}

void cache_add(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Ttl ttl(call.optional(2));
  sqlite3_value* tag = tag_of(call.optional(3));
  call.result(change_entry(connection, key, [&](Change& change) {
    return change.add(call[1], ttl.lifetime(connection), {.tag = tag}).has_value();
  }));
}

void cache_replace(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Ttl ttl(call.optional(2));
  sqlite3_value* tag = tag_of(call.optional(3));
  call.result(change_entry(connection, key, [&](Change& change) {
    return change.has() && change.set(call[1], ttl.lifetime(connection), {.tag = tag}).has_value();
  }));
}

void cache_cas(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Ttl ttl(call.optional(3));
  call.result(change_entry(connection, key, [&](Change& change) {
    if (!change.cache().equals(key, call[1])) return false;
    const OwnedValue tag = change.cache().tag(key);
    return change.set(call[2], ttl.lifetime(connection), {.tag = tag.get()}).has_value();
  }));
}

// The number that is stored; nothing when nothing is. Throws Error when it is no number.
std::optional<Number> stored_number(Cache& cache, sqlite3_value* key) {
  std::optional<Number> number;
  cache.get(key, [&](Query& row) {
    number = number_in(row.value(0));
    if (!number) throw Error("the value must be a number; it is " + describe(row.value(0)));
  });
  return number;
}

void cache_incr(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const auto delta = call.count() > 1 ? number_or_text_in(call[1]) : Number(std::int64_t{1});
  if (!delta) throw Error("delta must be a number; got " + describe(call[1]));
  const Ttl ttl(call.optional(2));
  const Number result = change_entry(connection, key, [&](Change& change) {
    const auto present = stored_number(change.cache(), key);
    const Number sum = sum_of(present.value_or(Number(std::int64_t{0})), *delta);
    const bool stored =
        present ? change.set_value(sum) : change.set(sum, ttl.lifetime(connection)).has_value();
    if (!stored) throw not_written("larder_cache");  // the same number would come twice
    return sum;
  });
  std::visit([&](auto number) { call.result(number); }, result);
}

void cache_has(Connection& connection, Call& call) {
  call.result(Cache(connection).get_hot(call.required(0, "key"), nullptr));
}

void cache_ttl(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  Cache cache(connection);
  const auto deadline = cache.deadline_hot(key);
  if (!deadline) return;
  call.result(std::isinf(*deadline) ? *deadline : round_to_milliseconds(*deadline - cache.now()));
}

void cache_touch(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Lifetime lifetime = lifetime_of(call[1], "ttl");
  call.result(
      change_entry(connection, key, [&](Change& change) { return change.touch(lifetime); }));
}

void cache_pop(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const bool hit = counted(connection, [&] {
    return get_then(connection, key, call, [](Change& change) { return change.remove(); });
  });
  if (!hit) call.result(call.optional(1));
}

void cache_del(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  call.result(change_entry(connection, key,
                           [&](Change& change) { return change.remove(call.optional(1)); }));
}

// ?2 is the earliest deadline that will do; NULL is any.
constexpr auto kGetStale = sql(R"(
SELECT value
FROM main.larder_cache
WHERE key = ?1
  AND (expires_at IS NULL OR (?2 IS NULL OR expires_at >= ?2) AND NOT {}))",
                               kCachePlaceholder);

void cache_stale(Connection& connection, Call& call) {
  sqlite3_value* key = call.required(0, "key");
  const Lifetime max_stale =
      call.count() > 1 ? lifetime_of(call[1], "max_stale") : Lifetime::forever();
  if (!connection.schema().has("larder_cache")) return;
  Query row = connection.query(kGetStale);
  row.bind_key(1, key);
  if (const auto seconds = max_stale.seconds()) {
    row.bind(2, round_to_milliseconds(connection.clock().now() - std::max(*seconds, 0.0)));
  } else {
    row.bind_null(2);
  }
  if (row.step()) call.result(row.value(0));
}

constexpr Function<Connection> kCacheFunctions[] = {
    {"cache_get", 1, 3, writes_with(3), cache_get, "cache_get(key [, default [, ttl]])",
     "The value of key; default (NULL) on a miss. With ttl, a hit gets a new deadline."},
    {"cache_set", 2, 4, kWrites, cache_set, "cache_set(key, value [, ttl [, tag]])",
     "Stores value for ttl seconds over whatever was there; returns value."},
    {"cache_add", 2, 4, kWrites, cache_add, "cache_add(key, value [, ttl [, tag]])",
     "Stores only where nothing is; 1 if stored, 0 if something was there."},
    {"cache_replace", 2, 4, kWrites, cache_replace, "cache_replace(key, value [, ttl [, tag]])",
     "Stores only over what is there; 1 if stored, 0 if nothing was there."},
    {"cache_cas", 3, 4, kWrites, cache_cas, "cache_cas(key, expected, value [, ttl])",
     "Stores only over a value that IS expected; 1 if swapped, else 0."},
    {"cache_incr", 1, 3, kWrites, cache_incr, "cache_incr(key [, delta [, ttl]])",
     "Adds delta (1) to a number and returns it; an absent one starts at 0 and lives for ttl."},
    {"cache_has", 1, 1, kReads, cache_has, "cache_has(key)",
     "1 if key is there, also with the value NULL; else 0."},
    {"cache_ttl", 1, 1, kReads, cache_ttl, "cache_ttl(key)",
     "Seconds left; Inf if it never expires, NULL if it is not there."},
    {"cache_touch", 2, 2, kWrites, cache_touch, "cache_touch(key, ttl)",
     "Gives key a new deadline; 1, or 0 if it is not there."},
    {"cache_pop", 1, 2, kWrites, cache_pop, "cache_pop(key [, default])",
     "Removes key and returns its value; default on a miss."},
    {"cache_del", 1, 2, kWrites, cache_del, "cache_del(key [, expected])",
     "Removes key, with expected only if its value IS that; 1 if removed, else 0."},
    {"cache_clear", 0, 1, kWrites, cache_clear, "cache_clear([prefix])",
     "Removes everything, or the keys that begin with prefix; returns how many."},
    {"cache_clear_tag", 1, 1, kWrites, cache_clear_tag, "cache_clear_tag(tag)",
     "Removes the entries that were stored with tag; returns how many."},
    {"cache_stale", 1, 2, kReads, cache_stale, "cache_stale(key [, max_stale])",
     "The value also when it expired, at most max_stale seconds ago, and is not swept yet."},
    {"cache_claim", 2, 2, kWrites, cache_claim, "cache_claim(key, ttl)",
     "1: yours to work out and store, within ttl; 0: somebody else is at it."},
};

constexpr TableEntry kCacheTable =
    table_entry<CacheTable>("kv_cache(key, value, created_at, expires_at, ttl, size, tag)",
                            "The live cache entries; INSERT, UPDATE and DELETE work too.");

constexpr const TableEntry* kCacheTables[] = {&kCacheTable};

constexpr const Setting* kCacheSettings[] = {&kDefaultTtl, &kMaxBytes, &kMaxEntries, &kPolicy,
                                             &kSweepPerInsert};

}  // namespace

constinit const Feature kCacheFeature{
    .name = "cache",
    .functions = kCacheFunctions,
    .tables = kCacheTables,
    .sweep = sweep_cache,
    .count_due = count_due_entries,
    .stats = cache_stats,
    .check = check_cache,
    .settings = kCacheSettings,
};

}  // namespace larder
