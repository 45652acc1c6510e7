// What kv_sweep() does with rate limits.
#include <algorithm>

#include "rate/rate.h"
#include "store/steps.h"

namespace larder {

namespace {

constexpr char kCountDueRates[] = "SELECT count(*) FROM main.larder_rate WHERE sweep_at <= ?2";

constexpr auto kOldestRates = sql(R"(
  SELECT name
  FROM main.larder_rate
  WHERE sweep_at <= ?2
  ORDER BY sweep_at
  LIMIT ?1)");

// Taken from again since their sweep_at was written: they are found again at the right time.
constexpr auto kPostponeRates = sql(R"(
UPDATE main.larder_rate
SET sweep_at = allowed_at
WHERE name IN ({}) AND {})",
                                    kOldestRates, kRateOpen);

constexpr auto kRemovePaidRates = sql(R"(
DELETE FROM main.larder_rate
WHERE name IN ({}) AND {})",
                                      kOldestRates, kRatePaid);

std::int64_t sweep_with(Connection& connection, Sql sql, std::int64_t rows) {
  connection.query(sql).bind(1, rows).bind(2, connection.clock().now()).run();
  return sqlite3_changes(connection.db());
}

}  // namespace

std::int64_t count_due_rates(Connection& connection) {
  return count_at(connection, kCountDueRates, 2, connection.clock().now());
}

Sweeper sweep_rates(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) {
    const std::int64_t postponed = sweep_with(connection, kPostponeRates, rows);
    const std::int64_t removed = sweep_with(connection, kRemovePaidRates, std::min(rows, most));
    return Swept{removed, postponed + removed, postponed + removed > 0};
  };
}

}  // namespace larder
