// Removing what is dead, through the lazily moved index (sql/schema/cache.sql).
#include "cache/sweep.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cache/cache.h"
#include "store/settings.h"

namespace larder {

namespace {

// When the next row may be due, as this connection knows it: its own rows exactly, those of others
// as of the latest look.
struct Outlook {
  double looked = 0;  // not yet
  double next = 0;    // no row is due before
};

// Oldest first, through the index on sweep_at.
constexpr char kSelectDue[] = R"(
SELECT id, )" LARDER_CACHE_DEAD R"(
FROM main.larder_cache
WHERE sweep_at <= ?2 AND )" LARDER_CACHE_UNCLAIMED R"(
ORDER BY sweep_at
LIMIT ?1)";

constexpr char kSweepDead[] = R"(
DELETE FROM main.larder_cache
WHERE id = ?1 AND )" LARDER_CACHE_DEAD;

constexpr char kSweepRefreshed[] = R"(
UPDATE main.larder_cache
SET sweep_at = expires_at
WHERE id = ?1)";

// The first row of the sweep's index that no claim keeps.
constexpr char kSelectNext[] = R"(
SELECT sweep_at
FROM main.larder_cache
WHERE sweep_at IS NOT NULL AND )" LARDER_CACHE_UNCLAIMED R"(
ORDER BY sweep_at
LIMIT 1)";

}  // namespace

bool sweep_is_due(Connection& connection) {
  constexpr double kTrust = 1;
  auto& outlook = connection.state<Outlook>();
  const double now = connection.clock().now();
  if (now >= outlook.looked && now < outlook.looked + kTrust && now < outlook.next) return false;
  if (!connection.schema().has("larder_cache")) return false;
  count_setting(connection, kSweepPerInsert);  // what does not fit is reported, due rows or not
  Query first = connection.query(kSelectNext);
  first.bind(2, now);
  outlook.next = first.step() ? first.real(0) : HUGE_VAL;
  outlook.looked = now;
  return now >= outlook.next;
}

void expect_sweep(Connection& connection, std::optional<double> deadline) {
  auto& next = connection.state<Outlook>().next;
  if (deadline) next = std::min(next, *deadline);
}

namespace {

struct Swept {
  std::int64_t removed = 0;
  std::int64_t changed = 0;  // removed or brought up to date
  bool more = false;
};

struct Due {
  std::int64_t id;
  bool dead;
};

// Up to `budget` rows that are due, with no more than `most` dead ones.
std::vector<Due> find_due(Connection& connection, std::int64_t most, std::int64_t budget) {
  std::vector<Due> due;
  std::int64_t dead = 0;
  Query rows = connection.query(kSelectDue);
  rows.bind(1, budget).bind(2, connection.clock().now());
  while (dead < most && rows.step()) {
    due.push_back({rows.integer(0), rows.integer(1) != 0});
    if (due.back().dead) ++dead;
  }
  return due;
}

// What `swept` says holds also when it throws.
void sweep(Connection& connection, std::int64_t most, Swept& swept) {
  // Refreshed rows stand between the dead ones; a budget for them too keeps a step short.
  const std::int64_t budget = most < INT64_MAX / 4 ? most * 4 : most;
  const std::vector<Due> due = find_due(connection, most, budget);
  for (const auto& row : due) {
    Query query = connection.query(row.dead ? kSweepDead : kSweepRefreshed);
    query.bind(1, row.id);
    if (row.dead) query.bind(2, connection.clock().now());
    query.run();
    const int changed = sqlite3_changes(connection.db());
    if (row.dead) swept.removed += changed;
    swept.changed += changed;
  }
  // A trigger may keep every row as it is: asking again would then never end.
  swept.more = swept.changed > 0 &&
               (swept.removed >= most || static_cast<std::int64_t>(due.size()) >= budget);
}

}  // namespace

bool keeps_dead_row(const Error& error) {
  const int code = error.code() & 0xff;
  return code == SQLITE_CONSTRAINT || code == SQLITE_ERROR;
}

std::int64_t sweep_for_insert(Connection& connection) {
  Swept swept;
  if (!sweep_is_due(connection)) return 0;
  try {
    sweep(connection, count_setting(connection, kSweepPerInsert), swept);
  } catch (const Error& error) {
    if (!keeps_dead_row(error)) throw;
  }
  return swept.changed;
}

std::int64_t sweep_cache(Connection& connection, std::int64_t most, bool* more) {
  Swept swept;
  sweep(connection, most, swept);
  *more = swept.more;
  return swept.removed;
}

}  // namespace larder
