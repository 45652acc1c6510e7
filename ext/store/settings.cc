// The settings of kv_config(), kept in larder_meta.
#include "store/settings.h"

#include <algorithm>
#include <string>

#include "sqlite/error.h"
#include "store/meta.h"

namespace larder {

namespace {

std::int64_t count_of(sqlite3_value* value, const Setting& setting) {
  const std::int64_t least = setting.kind == Setting::Kind::kLimit ? 1 : 0;
  const std::int64_t count = integer_of(value, setting.name);
  if (count < least) {
    throw Error(std::string(setting.name) + " must be " + std::to_string(least) + " or more; got " +
                describe(value));
  }
  return count;
}

std::string_view choice_of(sqlite3_value* value, const Setting& setting) {
  std::string known;
  for (const std::string_view choice : setting.choices) {
    if (!is_blob(value) && text_of(value) == choice) return choice;
    known += known.empty() ? "'" : " or '";
    known += choice;
    known += "'";
  }
  throw Error(std::string(setting.name) + " must be " + known + "; got " + describe(value));
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

const Setting& find_setting(const Connection& connection, std::string_view name) {
  std::string known;
  for (const Setting* setting : all_settings(connection)) {
    if (name == setting->name) return *setting;
    known += known.empty() ? "" : ", ";
    known += setting->name;
  }
  throw Error("there is no setting " + quoted(name) + "; there are " + known);
}

Lifetime lifetime_setting(Connection& connection, const Setting& setting) {
  Lifetime result = Lifetime::forever();
  with_meta(connection, setting.name,
            [&](sqlite3_value* value) { result = lifetime_of(value, setting.name); });
  return result;
}

std::int64_t count_setting(Connection& connection, const Setting& setting) {
  std::int64_t result = setting.standard;
  with_meta(connection, setting.name,
            [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

std::optional<std::int64_t> limit_setting(Connection& connection, const Setting& setting) {
  std::optional<std::int64_t> result;
  with_meta(connection, setting.name,
            [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

std::string_view choice_setting(Connection& connection, const Setting& setting) {
  std::string_view result = setting.choices.front();
  with_meta(connection, setting.name,
            [&](sqlite3_value* value) { result = choice_of(value, setting); });
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
  }
}

void store_setting(Connection& connection, const Setting& setting, sqlite3_value* value) {
  if (is_null(value)) return forget_meta(connection, setting.name);
  switch (setting.kind) {
    case Setting::Kind::kDuration:
      // For ever is what each duration is without a setting.
      if (const auto seconds = lifetime_of(value, setting.name).seconds())
        return store_meta(connection, setting.name, *seconds);
      return forget_meta(connection, setting.name);
    case Setting::Kind::kCount:
    case Setting::Kind::kLimit:
      return store_meta(connection, setting.name, count_of(value, setting));
    case Setting::Kind::kChoice:
      return store_meta(connection, setting.name, choice_of(value, setting));
  }
}

}  // namespace larder
