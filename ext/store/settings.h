// The settings of kv_config(), kept in larder_meta: one list of what there is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/connection.h"
#include "store/duration.h"

namespace larder {

struct Setting {
  enum class Kind {
    kDuration,  // seconds, or a text such as '15m'; NULL is for ever
    kCount,     // a whole number, 0 or more
    kLimit,     // a whole number, 1 or more; NULL is no limit
    kChoice,    // one of a few names
  };
  const char* name;
  Kind kind;
  std::int64_t standard = 0;                       // for a count
  std::span<const std::string_view> choices = {};  // the first is the standard
};

inline constexpr std::string_view kPolicies[] = {"lru", "fifo"};

inline constexpr Setting kDefaultTtl{"cache.default_ttl", Setting::Kind::kDuration};
inline constexpr Setting kMaxBytes{"cache.max_bytes", Setting::Kind::kLimit};
inline constexpr Setting kMaxEntries{"cache.max_entries", Setting::Kind::kLimit};
inline constexpr Setting kPolicy{"cache.policy", Setting::Kind::kChoice, 0, kPolicies};
inline constexpr Setting kHotBytes{"hot.bytes", Setting::Kind::kCount, std::int64_t{8} << 20};
inline constexpr Setting kMaxAttempts{"ledger.max_attempts", Setting::Kind::kLimit};
inline constexpr Setting kSweepPerInsert{"sweep.per_insert", Setting::Kind::kCount, 2};

std::span<const Setting* const> all_settings();

// The setting called `name`; throws Error, listing those there are.
const Setting& find_setting(std::string_view name);

// What holds now. A value in the file that does not fit its setting is an Error: the file may come
// from anywhere. (The ledger reads ledger.max_attempts in SQL, see ledger/claim.h; there such a
// value is no limit.)
Lifetime lifetime_setting(Connection& connection, const Setting& setting);
std::int64_t count_setting(Connection& connection, const Setting& setting);
std::optional<std::int64_t> limit_setting(Connection& connection, const Setting& setting);
std::string_view choice_setting(Connection& connection, const Setting& setting);

// Throws Error as those above when what is stored does not fit.
void check_setting(Connection& connection, const Setting& setting);

// Stores `value`, or returns to the standard with NULL. Throws Error when it does not fit. Needs a
// WriteScope.
void store_setting(Connection& connection, const Setting& setting, sqlite3_value* value);

}  // namespace larder
