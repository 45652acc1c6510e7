// How large the cache may become: the settings cache.max_entries, cache.max_bytes and cache.policy.
//
//   SELECT kv_config('cache.max_bytes', 100e6);
//
// While a limit is set, triggers on larder_cache count its rows and bytes in larder_meta, so that
// the counts are right whoever writes, with Larder or without. Without a limit there are none.
#pragma once

#include <cstdint>
#include <optional>

#include "cache/change.h"
#include "store/connection.h"
#include "store/settings.h"

namespace larder {

// The settings. A change of a limit changes the schema as well, so that every connection that
// writes heeds it at once.
extern const Setting kMaxBytes;
extern const Setting kMaxEntries;
extern const Setting kPolicy;

// Which entry goes first at a limit; see cache/eviction.h.
enum class Policy { kLru, kFifo };

struct Limits {
  std::optional<std::int64_t> max_entries;
  std::optional<std::int64_t> max_bytes;
  Policy policy = Policy::kLru;

  bool any() const { return max_entries || max_bytes; }

  // True when it matters which row was added first: it is to go first, now or once there is a
  // limit.
  bool use_order() const { return any() || policy == Policy::kFifo; }
};

// The limits, as this connection has last read them. It reads them again when it notices a change
// of the schema, which running any statement can show. Throws Error when a value in the file does
// not fit its setting.
const Limits& limits_of(Connection& connection);

// The same for what must not fail: a setting that cannot be read counts as no limit. (kv_check
// tells of it, and every call that stores fails.)
Limits limits_if_readable(Connection& connection);

// The rows of larder_cache, dead ones too, and the bytes of their keys and values.
struct Usage {
  std::int64_t entries = 0;
  std::int64_t bytes = 0;
};

// What the triggers have counted. Needs a limit and a transaction.
Usage usage_of(Connection& connection);

// Counts anew, and makes the triggers where they are not there, or not ours. Needs a transaction.
Usage start_counting(Connection& connection);

// How many rows a trigger of ours changes for each row that is added, is removed or gets a value.
constexpr int kCountingChanges = 2;

// For kv_check: adds an error where a limit is set and the counts are wrong.
void check_usage(Connection& connection, Findings& findings);

// The bytes that a row of that key and value counts.
std::int64_t row_bytes(Connection& connection, sqlite3_value* key, const NewValue& value);

// Throws Error when a row of `bytes` alone is more than the cache may hold.
void check_fits(Connection& connection, std::int64_t bytes);

}  // namespace larder
