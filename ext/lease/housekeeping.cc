// What kv_sweep(), kv_stats and kv_check do with leases.
#include <algorithm>

#include "lease/lease.h"
#include "store/findings.h"

namespace larder {

namespace {

// The index gives both statements below the same rows: between them nobody else can write.
#define OLDEST_DEAD \
  " FROM main.larder_lease WHERE " LARDER_LEASE_DEAD " ORDER BY expires_at, name LIMIT ?1"

constexpr char kGreatestToken[] = "SELECT max(token) FROM (SELECT token" OLDEST_DEAD ")";

constexpr char kRemember[] = R"(
INSERT INTO main.larder_meta(name, value) VALUES ('lease.last_token', ?1)
ON CONFLICT(name) DO UPDATE SET value = excluded.value WHERE excluded.value > value)";

constexpr char kRemove[] =
    "DELETE FROM main.larder_lease WHERE name IN (SELECT name" OLDEST_DEAD ")";

Swept sweep_some(Connection& connection, std::int64_t most) {
  const double now = connection.clock().now();
  std::int64_t greatest = 0;
  {
    Query dead = connection.query(kGreatestToken);
    dead.bind(1, most).bind(2, now).step();
    if (dead.is_null(0)) return {0, 0, false};
    greatest = dead.integer(0);
  }
  connection.query(kRemember).bind(1, greatest).run();
  connection.query(kRemove).bind(1, most).bind(2, now).run();
  const std::int64_t removed = sqlite3_changes(connection.db());
  return {removed, removed, removed > 0 && removed >= most};
}

}  // namespace

Sweeper sweep_leases(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) {
    return sweep_some(connection, std::min(rows, most));
  };
}

namespace {

std::int64_t count_held(Connection& connection) {
  static constexpr char kCount[] =
      "SELECT count(*) FROM main.larder_lease WHERE " LARDER_LEASE_LIVE;
  if (!connection.schema().has("larder_lease")) return 0;
  Query count = connection.query(kCount);
  count.bind(2, connection.clock().now()).step();
  return count.integer(0);
}

constexpr char kStrange[] = R"(
SELECT name, token
FROM main.larder_lease
WHERE owner IS NOT NULL AND )" LARDER_LEASE_LIVE " AND (" LARDER_FROM_FUTURE(
    "acquired_at", "?2") " OR " LARDER_FAR_END("expires_at", "?2") R"()
ORDER BY expires_at DESC
LIMIT )" LARDER_MOST_NAMED;

Finding strange_lease(const Query& row) {
  return from_future(
      "leases", "the lease " + describe(row.value(0)),
      "SELECT lease_release(" + literal_of(row.value(0)) + ", " + row.text(1) + ") frees it");
}

}  // namespace

void lease_stats(Connection& connection, std::vector<Stat>& stats) {
  stats.push_back({"leases", count_held(connection)});
}

void check_leases(Connection& connection, Findings& findings) {
  static constexpr char kBroken[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(acquired_at) <> 'real' OR typeof(expires_at) NOT IN ('real', 'null')),
  count(*) FILTER (WHERE owner IS NULL AND )" LARDER_LEASE_LIVE R"(),
  count(*) FILTER (WHERE token < 1),
  count(*) FILTER (WHERE )" LARDER_LEASE_DEAD R"(),
  count(*)
FROM main.larder_lease)";
  Query counts = connection.query(kBroken);
  counts.bind(2, connection.clock().now());
  const std::string held = std::to_string(count_held(connection)) + " held";
  add_unless_found({"leases", Finding::Status::kOk, held}, findings, [&] {
    check_rules(counts, "leases",
                {"have a time that is not a number",
                 "are held by nobody, and nobody can have them; DELETE FROM larder_lease WHERE "
                 "owner IS NULL mends that",
                 "have a token that is less than 1"},
                findings);
    check_counter(connection, "leases", "lease.last_token", findings);
    add_each(connection, kStrange, strange_lease, findings);
  });
  add_backlog("ended_leases", counts.integer(3), counts.integer(4), "leases", findings);
}

}  // namespace larder
