// The settings of kv_config(), kept in larder_meta.
#include "store/settings.h"

#include "sqlite/error.h"

namespace larder {

namespace {

constexpr const Setting* kSettings[] = {&kDefaultTtl, &kHotBytes, &kMaxAttempts, &kSweepPerInsert};

constexpr char kSelect[] = R"(
SELECT value FROM main.larder_meta WHERE name = ?1)";

constexpr char kDelete[] = R"(
DELETE FROM main.larder_meta WHERE name = ?1)";

constexpr char kStore[] = R"(
INSERT INTO main.larder_meta(name, value) VALUES (?1, ?2)
ON CONFLICT(name) DO UPDATE SET value = excluded.value)";

std::int64_t count_of(sqlite3_value* value, const Setting& setting) {
  const std::int64_t least = setting.kind == Setting::Kind::kLimit ? 1 : 0;
  const std::int64_t count = integer_of(value, setting.name);
  if (count < least) {
    throw Error(std::string(setting.name) + " must be " + std::to_string(least) + " or more; got " +
                describe(value));
  }
  return count;
}

// Calls `use` with the stored value, if there is one that is not NULL.
template <class Use>
void with_stored(Connection& connection, const Setting& setting, Use&& use) {
  if (!connection.schema().has("larder_meta")) return;
  Query query = connection.query(kSelect);
  query.bind(1, std::string_view(setting.name));
  if (query.step() && !query.is_null(0)) use(query.value(0));
}

}  // namespace

std::span<const Setting* const> all_settings() { return kSettings; }

const Setting& find_setting(std::string_view name) {
  std::string known;
  for (const Setting* setting : kSettings) {
    if (name == setting->name) return *setting;
    known += known.empty() ? "" : ", ";
    known += setting->name;
  }
  throw Error("there is no setting " + quoted(name) + "; there are " + known);
}

Lifetime lifetime_setting(Connection& connection, const Setting& setting) {
  Lifetime result = Lifetime::forever();
  with_stored(connection, setting,
              [&](sqlite3_value* value) { result = lifetime_of(value, setting.name); });
  return result;
}

std::int64_t count_setting(Connection& connection, const Setting& setting) {
  std::int64_t result = setting.standard;
  with_stored(connection, setting,
              [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

std::optional<std::int64_t> limit_setting(Connection& connection, const Setting& setting) {
  std::optional<std::int64_t> result;
  with_stored(connection, setting,
              [&](sqlite3_value* value) { result = count_of(value, setting); });
  return result;
}

void check_setting(Connection& connection, const Setting& setting) {
  if (setting.kind == Setting::Kind::kDuration) {
    lifetime_setting(connection, setting);
  } else {
    count_setting(connection, setting);
  }
}

void store_setting(Connection& connection, const Setting& setting, sqlite3_value* value) {
  const std::string_view name = setting.name;
  std::optional<double> seconds;
  if (setting.kind == Setting::Kind::kDuration)
    seconds = lifetime_of(value, setting.name).seconds();
  if (is_null(value) || (setting.kind == Setting::Kind::kDuration && !seconds)) {
    connection.query(kDelete).bind(1, name).run();
    return;
  }
  Query query = connection.query(kStore);
  query.bind(1, name);
  if (seconds) {
    query.bind(2, *seconds);
  } else {
    query.bind(2, count_of(value, setting));
  }
  query.run();
}

}  // namespace larder
