// The settings of kv_config(), kept in larder_meta.
#include "store/settings.h"

#include <algorithm>
#include <string>

#include "sqlite/error.h"
#include "store/meta.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// How a message names it. What it is of has been named by a user.
std::string shown(const Setting& setting) {
  return setting.of.empty() ? setting.name
                            : std::string(setting.name) + " of " + quoted(setting.of);
}

// Its name in larder_meta, and for kv_config().
std::string stored_name(const Setting& setting) {
  std::string name = setting.name;
  if (!setting.of.empty()) (name += '.') += setting.of;
  return name;
}

template <class Use>
void with_value(Connection& connection, const Setting& setting, Use&& use) {
  if (setting.of.empty()) return with_meta(connection, setting.name, use);
  with_meta(connection, stored_name(setting), use);
}

Lifetime duration_of(sqlite3_value* value, const Setting& setting) {
  return lifetime_of(value, shown(setting).c_str());
}

std::int64_t count_of(sqlite3_value* value, const Setting& setting) {
  const std::int64_t least = setting.kind == Setting::Kind::kLimit ? 1 : 0;
  const std::int64_t count = integer_of(value, shown(setting).c_str());
  if (count < least) {
    throw Error(shown(setting) + " must be " + std::to_string(least) + " or more; got " +
                describe(value));
  }
  return count;
}

bool switch_of(sqlite3_value* value, const Setting& setting) {
  if (sqlite3_value_type(value) == SQLITE_INTEGER) {
    const std::int64_t number = sqlite3_value_int64(value);
    if (number == 0 || number == 1) return number != 0;
  }
  throw Error(std::string(setting.name) + " must be 0 or 1; got " + describe(value));
}

std::string_view choice_of(sqlite3_value* value, const Setting& setting) {
  std::string known;
  for (const std::string_view choice : setting.choices) {
    if (!is_blob(value) && text_of(value) == choice) return choice;
    known += known.empty() ? "'" : " or '";
    known += choice;
    known += "'";
  }
  throw Error(shown(setting) + " must be " + known + "; got " + describe(value));
}

}  // namespace

std::vector<const Setting*> all_settings(const Connection& connection) {
  std::vector<const Setting*> all;
  for (const Feature* feature : connection.features())
    all.insert(all.end(), feature->settings.begin(), feature->settings.end());
  std::sort(all.begin(), all.end(),
            [](const Setting* a, const Setting* b) { return std::string_view(a->name) < b->name; });
  return all;
}

Setting find_setting(const Connection& connection, std::string_view name) {
  std::string known;
  for (const Setting* setting : all_settings(connection)) {
    if (name == setting->name) return *setting;
    known += known.empty() ? "" : ", ";
    known += setting->name;
    if (!setting->has_own) continue;
    const std::string own = std::string(setting->name) + ".";
    if (name.starts_with(own) && name.size() > own.size()) {
      Setting found = *setting;
      found.of = name.substr(own.size());
      return found;
    }
    known += ", " + own + "NAME";
  }
  throw Error("there is no setting " + quoted(name) + "; there are " + known);
}

void for_each_own(Connection& connection, const Setting& setting,
                  const std::function<void(const Setting&)>& use) {
  // What begins with a name and a full stop: a slash is the next character.
  static constexpr char kSelectOwn[] = R"(
SELECT name
FROM main.larder_meta
WHERE name > ?1 || '.' AND name < ?1 || '/')";
  Query names = connection.query(kSelectOwn);
  names.bind(1, std::string_view(setting.name));
  while (names.step()) {
    const std::string name = names.text(0);
    Setting own = setting;
    own.of = std::string_view(name).substr(std::string_view(setting.name).size() + 1);
    use(own);
  }
}

Lifetime lifetime_setting(Connection& connection, const Setting& setting) {
  Lifetime result = Lifetime::forever();
  with_value(connection, setting,
             [&](sqlite3_value* value) { result = duration_of(value, setting); });
  return result;
}

std::int64_t count_setting(Connection& connection, const Setting& setting) {
  std::int64_t result = setting.standard;
  with_value(connection, setting, [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

std::optional<std::int64_t> limit_setting(Connection& connection, const Setting& setting) {
  std::optional<std::int64_t> result;
  with_value(connection, setting, [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

std::string_view choice_setting(Connection& connection, const Setting& setting) {
  std::string_view result = setting.choices.front();
  with_value(connection, setting,
             [&](sqlite3_value* value) { result = choice_of(value, setting); });
  return result;
}

bool switch_setting(Connection& connection, const Setting& setting) {
  bool result = setting.standard != 0;
  with_meta(connection, setting.name,
            [&](sqlite3_value* value) { result = switch_of(value, setting); });
  return result;
}

void check_setting(Connection& connection, const Setting& setting) {
  switch (setting.kind) {
    case Setting::Kind::kDuration:
      lifetime_setting(connection, setting);
      break;
    case Setting::Kind::kCount:
    case Setting::Kind::kLimit:
      count_setting(connection, setting);
      break;
    case Setting::Kind::kChoice:
      choice_setting(connection, setting);
      break;
    case Setting::Kind::kSwitch:
      switch_setting(connection, setting);
      break;
  }
}

namespace {

void store_value(Connection& connection, const std::string& name, const auto& value) {
  store_meta(connection, name, value);
  check_written(connection, "larder_meta");
}

}  // namespace

void store_setting(Connection& connection, const Setting& setting, sqlite3_value* value) {
  const std::string name = stored_name(setting);
  if (is_null(value)) return forget_meta(connection, name);
  switch (setting.kind) {
    case Setting::Kind::kDuration:
      // For ever is what each duration is without a setting.
      if (const auto seconds = duration_of(value, setting).seconds())
        return store_value(connection, name, *seconds);
      return forget_meta(connection, name);
    case Setting::Kind::kCount:
    case Setting::Kind::kLimit:
      return store_value(connection, name, count_of(value, setting));
    case Setting::Kind::kChoice:
      return store_value(connection, name, choice_of(value, setting));
    case Setting::Kind::kSwitch:
      return store_value(connection, name, std::int64_t{switch_of(value, setting)});
  }
}

}  // namespace larder
