// What kv_check says of rate limits.
#include "rate/rate.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/rate.sql, which nothing but Larder keeps.
constexpr auto kBrokenRates = sql(R"(
SELECT
  count(*) FILTER (
    WHERE typeof(allowed_at) <> 'real' OR typeof(updated_at) <> 'real' OR typeof(sweep_at) <> 'real'),
  count(*) FILTER (WHERE typeof(rounding) <> 'real' OR rounding < 0 OR rounding >= 1),
  count(*) FILTER (WHERE sweep_at > allowed_at),
  count(*) FILTER (WHERE {}),
  count(*)
FROM main.larder_rate)",
                                  kRatePaid);

// How far ahead allowed_at may be depends on the period: a day's quota is paid off tomorrow.
constexpr auto kRatesFromFuture = sql(R"(
SELECT name
FROM main.larder_rate
WHERE {} AND {}
ORDER BY allowed_at DESC
LIMIT {})",
                                      kRateOpen, is_from_future("updated_at", "?2"), kMostNamed);

Finding rate_from_future(const Query& row) {
  return from_future(
      "rates", "the rate " + describe(row.value(0)),
      "DELETE FROM kv_rate WHERE name = " + literal_of(row.value(0)) + " begins it anew");
}

}  // namespace

void check_rates(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBrokenRates);
  counts.bind(2, connection.clock().now());
  const std::string open = std::to_string(count_open_rates(connection)) + " with an effect";
  add_unless_found({"rates", Finding::Status::kOk, open}, findings, [&] {
    check_rules(
        counts, "rates",
        {"have a time that is not a number", "have a rounding that is no fraction of a millisecond",
         "have a sweep_at that does not fit allowed_at, and a sweep may miss them; UPDATE "
         "larder_rate SET sweep_at = allowed_at mends that"},
        findings);
    add_each(connection, kRatesFromFuture, rate_from_future, findings);
  });
  add_backlog("ended_rates", counts.integer(3), counts.integer(4), "rates", findings);
}

}  // namespace larder
