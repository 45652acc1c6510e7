// What takes the place of clock and chance in a replicated file.
#include "store/replication.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cmath>

#include "sqlite/key.h"
#include "store/meta.h"

namespace larder {

namespace {

constexpr char kTimeName[] = "replicated.now";

constexpr char kCreateNudge[] = "CREATE VIEW main.larder_nudge AS SELECT 1";
constexpr char kDropNudge[] = "DROP VIEW main.larder_nudge";

// Makes every connection look at the tables again: a change of the schema, which leaves nothing.
void nudge(Connection& connection) {
  connection.query_once(kCreateNudge).run();
  connection.query_once(kDropNudge).run();
  connection.schema().forget();
}

}  // namespace

constinit const Setting kReplicated{"replicated", Setting::Kind::kSwitch, 0, {}, nudge};

std::optional<double> replicated_time(Connection& connection) {
  std::optional<double> time;
  with_meta(connection, kTimeName, [&](sqlite3_value* value) {
    time = sqlite3_value_double(value);
    if (sqlite3_value_type(value) != SQLITE_FLOAT || !std::isfinite(*time))
      throw Error("'replicated.now' in larder_meta is no time; got " + describe(value));
  });
  return time;
}

void advance_replicated_time(Connection& connection, double t) {
  static constexpr auto kAdvance =
      sql("{} WHERE value IS NULL OR excluded.value > value", kStoreMeta);
  connection.query(kAdvance).bind(1, std::string_view(kTimeName)).bind(2, t).run();
}

Draw::Draw(double time, sqlite3_value* key) : seed_(XXH3_64bits(&time, sizeof time)) {
  if (key == nullptr) return;
  const std::string bytes = key_bytes(key);
  seed_ = XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed_);
}

std::uint64_t Draw::next() {
  ++drawn_;
  return XXH3_64bits_withSeed(&drawn_, sizeof drawn_, seed_);
}

}  // namespace larder
