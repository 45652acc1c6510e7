// Rate limits in SQL, across processes:
//
//   SELECT rate_take('api.example.com', 5, '1s');  -- 0: go on; else the seconds to wait
#include <algorithm>
#include <cmath>
#include <string>

#include "feature_list.h"
#include "rate/pace.h"
#include "rate/rate.h"
#include "store/duration.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kReadRate[] = R"(
SELECT allowed_at, rounding
FROM main.larder_rate
WHERE name = ?1)";

// allowed_at only grows, so sweep_at stays a lower bound.
constexpr char kStoreRate[] = R"(
INSERT INTO main.larder_rate(name, allowed_at, rounding, updated_at, sweep_at)
VALUES (?1, ?3, ?4, ?2, ?3)
ON CONFLICT(name) DO UPDATE
SET allowed_at = excluded.allowed_at, rounding = excluded.rounding, updated_at = excluded.updated_at)";

// Seconds of which a double still knows the milliseconds: 280,000 years.
constexpr double kFarthest = 9e12;

// (A clock that was set, or a row that somebody has written, may say anything.)
std::int64_t milliseconds_of(double seconds) {
  return std::llround(std::clamp(seconds, -kFarthest, kFarthest) * 1000.0);
}

double to_seconds(std::int64_t milliseconds) { return static_cast<double>(milliseconds) / 1000.0; }

// The limit of a call, and what it takes.
struct Demand {
  Pace pace;
  std::int64_t cost;
};

std::int64_t limit_of(sqlite3_value* argument) {
  const std::int64_t limit = integer_of(argument, "limit");
  if (limit < 1) throw Error("limit must be more than 0; got " + describe(argument));
  return limit;
}

std::int64_t period_of(sqlite3_value* argument) {
  constexpr double kLongest = 1e11;  // 3,000 years
  const auto seconds = lease_of(argument, "period").seconds();
  if (!seconds || *seconds > kLongest)
    throw Error("period must be at most 1e11 seconds; got " + describe(argument));
  return milliseconds_of(*seconds);
}

std::int64_t cost_of(sqlite3_value* argument, std::int64_t limit) {
  if (argument == nullptr) return 1;
  const std::int64_t cost = integer_of(argument, "cost");
  if (cost >= 0 && cost <= limit) return cost;
  throw Error("cost must be from 0 to limit, which is " + std::to_string(limit) + "; got " +
              describe(argument));
}

Demand demand_of(Call& call) {
  const std::int64_t limit = limit_of(call[1]);
  return {Pace(limit, period_of(call[2])), cost_of(call.optional(3), limit)};
}

PaidOff read_paid_off(Connection& connection, sqlite3_value* name, const Pace& pace,
                      std::int64_t now) {
  Query row = connection.query(kReadRate);
  if (!row.bind_key(1, name).step()) return {now, 0};
  const double rounding = std::clamp(row.real(1), 0.0, 1.0);
  const auto parts = std::llround(rounding * static_cast<double>(pace.units()));
  // (Where it was taken with another pace, the nearest part of this one will do.)
  return {milliseconds_of(row.real(0)), std::min<std::int64_t>(parts, pace.units() - 1)};
}

void store_paid_off(Connection& connection, sqlite3_value* name, const Pace& pace,
                    const PaidOff& paid_off, double now) {
  const double rounding = static_cast<double>(paid_off.parts) / static_cast<double>(pace.units());
  Query store = connection.query(kStoreRate);
  store.bind_key(1, name).bind(2, now).bind(3, to_seconds(paid_off.milliseconds));
  store.bind(4, rounding).run();
  check_written(connection, "larder_rate");
}

// The write lock is held from the reading to the commit, so nobody takes in between.
void rate_take(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const Demand demand = demand_of(call);
  WriteScope scope(connection, Transaction::Inside::kJoin);
  const double now = connection.clock().now();
  const std::int64_t now_ms = milliseconds_of(now);
  const PaidOff before = read_paid_off(connection, name, demand.pace, now_ms);
  const PaidOff paid_off = demand.pace.after(before, demand.cost, now_ms);
  const std::int64_t excess = demand.pace.excess(paid_off, now_ms);
  if (excess <= 0 && demand.cost > 0) store_paid_off(connection, name, demand.pace, paid_off, now);
  scope.commit();
  call.result(excess > 0 ? to_seconds(excess) : 0.0);
}

constexpr Function<Connection> kRateFunctions[] = {
    {"rate_take", 3, 4, kWrites, rate_take, "rate_take(name, limit, period [, cost])",
     "0 and cost (1) of limit units each period are taken; else the seconds to wait."},
};

constexpr const TableEntry* kRateTables[] = {&kRateTable};

}  // namespace

constinit const Feature kRateFeature{
    .name = "rates",
    .functions = kRateFunctions,
    .tables = kRateTables,
    .sweep = sweep_rates,
    .count_due = count_due_rates,
    .stats = rate_stats,
    .check = check_rates,
};

}  // namespace larder
