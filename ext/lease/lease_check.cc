// What kv_check says of leases.
#include "lease/lease.h"
#include "store/findings.h"

namespace larder {

namespace {

constexpr auto kBrokenLeases = sql(R"(
SELECT
  count(*) FILTER (WHERE typeof(acquired_at) <> 'real' OR typeof(expires_at) NOT IN ('real', 'null')),
  count(*) FILTER (WHERE owner IS NULL AND {}),
  count(*) FILTER (WHERE token < 1),
  count(*) FILTER (WHERE {}),
  count(*)
FROM main.larder_lease)",
                                   kLeaseLive, kLeaseDead);

constexpr auto kLeasesFromFuture = sql(R"(
SELECT name, token
FROM main.larder_lease
WHERE owner IS NOT NULL AND {} AND ({} OR {})
ORDER BY expires_at DESC
LIMIT {})",
                                       kLeaseLive, is_from_future("acquired_at", "?2"),
                                       is_far_end("expires_at", "?2"), kMostNamed);

Finding lease_from_future(const Query& row) {
  return from_future(
      "leases", "the lease " + describe(row.value(0)),
      "SELECT lease_release(" + literal_of(row.value(0)) + ", " + row.text(1) + ") frees it");
}

}  // namespace

void check_leases(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBrokenLeases);
  counts.bind(2, connection.clock().now());
  const std::string held = std::to_string(count_held_leases(connection)) + " held";
  add_unless_found({"leases", Finding::Status::kOk, held}, findings, [&] {
    check_rules(counts, "leases",
                {"have a time that is not a number",
                 "are held by nobody, and nobody can have them; DELETE FROM larder_lease WHERE "
                 "owner IS NULL mends that",
                 "have a token that is less than 1"},
                findings);
    check_counter(connection, "leases", "lease.last_token", findings);
    add_each(connection, kLeasesFromFuture, lease_from_future, findings);
  });
  add_backlog("ended_leases", counts.integer(3), counts.integer(4), "leases", findings);
}

}  // namespace larder
