// Settings: rows of larder_meta that kv_config() reads and writes. Each belongs to a feature, which
// lists it (Feature::settings).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/connection.h"
#include "store/duration.h"

namespace larder {

struct Setting {
  enum class Kind {
    kDuration,  // seconds, or a text such as '15m'; NULL is for ever
    kCount,     // a whole number, 0 or more
    kLimit,     // a whole number, 1 or more; NULL is no limit
    kChoice,    // one of a few names
    kSwitch,    // 0 or 1
  };
  const char* name;
  Kind kind;
  std::int64_t standard = 0;                       // for a count or a switch
  std::span<const std::string_view> choices = {};  // the first is the standard

  // Puts a value into effect that kv_config() has just stored, in its transaction. nullptr: it is
  // read whenever it matters. (When other connections heed it the setting itself says.)
  void (*changed)(Connection& connection) = nullptr;

  // Things that bear names may each have a value of their own, as 'import' has in
  // `ledger.max_attempts.import`. Then `of` is that name; empty is the value of all others.
  bool has_own = false;
  std::string_view of = {};
};

// The settings of all features of `connection`, by name.
std::vector<const Setting*> all_settings(const Connection& connection);

// The setting called `name`, which must live as long as what is returned; throws Error, listing
// those there are.
Setting find_setting(const Connection& connection, std::string_view name);

// Calls `use` with each setting that is stored as something's own value of `setting`.
void for_each_own(Connection& connection, const Setting& setting,
                  const std::function<void(const Setting&)>& use);

// What holds now. A value in the file that does not fit its setting is an Error: the file may come
// from anywhere.
Lifetime lifetime_setting(Connection& connection, const Setting& setting);
std::int64_t count_setting(Connection& connection, const Setting& setting);
std::optional<std::int64_t> limit_setting(Connection& connection, const Setting& setting);
std::string_view choice_setting(Connection& connection, const Setting& setting);
bool switch_setting(Connection& connection, const Setting& setting);

// Throws Error as those above when what is stored does not fit.
void check_setting(Connection& connection, const Setting& setting);

// Stores `value`, or returns to the standard with NULL. Throws Error when it does not fit. Needs a
// WriteScope.
void store_setting(Connection& connection, const Setting& setting, sqlite3_value* value);

}  // namespace larder
