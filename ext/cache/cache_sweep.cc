// Removing what is dead, through the lazily moved index (sql/schema/cache.sql).
#include "cache/cache_sweep.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "cache/cache.h"
#include "store/steps.h"

namespace larder {

namespace {

// When the next row may be due, as this connection knows it: its own rows exactly, those of others
// as of the latest look.
struct NextDue {
  double looked_at = 0;  // not yet
  double at = 0;         // no row is due before
};

// Oldest first, through the index on sweep_at.
constexpr auto kSelectOldestDue = sql(R"(
SELECT id
FROM main.larder_cache
WHERE sweep_at <= ?2 AND {}
ORDER BY sweep_at
LIMIT ?1)",
                                      kCacheUnclaimed);

constexpr char kCountDueEntries[] = "SELECT count(*) FROM main.larder_cache WHERE sweep_at <= ?2";

constexpr char kSelectNewestId[] = "SELECT max(id) FROM main.larder_cache";

// What follows the row ?4 whose sweep_at is ?3. The index alone tells, and seeks both halves, which
// it does not do for (sweep_at, id) > (?3, ?4).
constexpr char kSelectDueAfter[] = R"(
SELECT id, sweep_at
FROM main.larder_cache
WHERE sweep_at = ?3 AND id > ?4 AND id <= ?5
UNION ALL
SELECT id, sweep_at
FROM main.larder_cache
WHERE sweep_at > ?3 AND sweep_at <= ?2 AND id <= ?5
ORDER BY sweep_at, id
LIMIT ?1)";

constexpr auto kSweepDead = sql(R"(
DELETE FROM main.larder_cache
WHERE id = ?1 AND {} AND {})",
                                kCacheDead, kCacheUnclaimed);

constexpr auto kSweepRefreshed = sql(R"(
UPDATE main.larder_cache
SET sweep_at = expires_at
WHERE id = ?1 AND sweep_at <= ?2 AND {})",
                                     kCacheLive);

constexpr char kSelectInOrderOfSweep[] = R"(
SELECT sweep_at, claimed_until
FROM main.larder_cache
WHERE sweep_at IS NOT NULL
ORDER BY sweep_at)";

// When the next row may be swept: at its deadline, or when its claim ends. So a connection that
// looks anew and one that remembers this come to the same, as long as nobody else writes.
double next_due(Connection& connection, double now) {
  double next = HUGE_VAL;
  Query rows = connection.query(kSelectInOrderOfSweep);
  while (rows.step() && rows.real(0) < next) {
    const auto claimed_until = rows.optional_real(1);
    if (!claimed_until || *claimed_until <= now) return rows.real(0);
    next = std::min(next, std::max(rows.real(0), *claimed_until));
  }
  return next;
}

}  // namespace

bool sweep_is_due(Connection& connection) {
  constexpr double kTrust = 1;  // seconds
  auto& due = connection.state<NextDue>();
  const double now = connection.clock().now();
  const bool may_trust = !connection.schema().is_replicated();  // the others have no such memory
  if (may_trust && now >= due.looked_at && now < due.looked_at + kTrust && now < due.at)
    return false;
  if (!connection.schema().has("larder_cache")) return false;
  count_setting(connection, kSweepPerInsert);  // what does not fit is reported, due rows or not
  due.at = next_due(connection, now);
  due.looked_at = now;
  return now >= due.at;
}

void expect_sweep(Connection& connection, std::optional<double> deadline) {
  auto& next = connection.state<NextDue>().at;
  if (deadline) next = std::min(next, *deadline);
}

namespace {

// Rows that are looked at for one that may be removed: refreshed ones stand between the dead.
constexpr std::int64_t kLooksPerRow = 4;

// Removes rows, or brings them up to date. What it counts holds also when it throws.
class RowSweeper {
 public:
  explicit RowSweeper(Connection& connection) : connection_(connection) {}

  void sweep(std::int64_t id) {
    if (run(kSweepDead, id)) {
      ++removed_;
    } else if (run(kSweepRefreshed, id)) {
      ++refreshed_;
    }
  }

  std::int64_t removed() const { return removed_; }
  std::int64_t changed() const { return removed_ + refreshed_; }

 private:
  bool run(Sql sql, std::int64_t id) {
    Query query = connection_.query(sql);
    query.bind(1, id).bind(2, connection_.clock().now()).run();
    return sqlite3_changes(connection_.db()) > 0;
  }

  Connection& connection_;
  std::int64_t removed_ = 0;
  std::int64_t refreshed_ = 0;
};

// The oldest rows only: a short look, in the order of the index.
void sweep_oldest(Connection& connection, std::int64_t most, RowSweeper& sweeper) {
  std::vector<std::int64_t> due;
  {
    Query rows = connection.query(kSelectOldestDue);
    rows.bind(1, most < INT64_MAX / kLooksPerRow ? most * kLooksPerRow : most);
    rows.bind(2, connection.clock().now());
    while (rows.step()) due.push_back(rows.integer(0));
  }
  for (const std::int64_t id : due) {
    if (sweeper.removed() >= most) return;
    sweeper.sweep(id);
  }
}

// All that is due when it begins. Each step commits on its own and writes every page it has
// changed: many ids are looked up at once and go in the order of the table, in which a step's rows
// share their pages.
class CacheSweep {
 public:
  explicit CacheSweep(Connection& connection) : connection_(connection) {}

  Swept operator()(std::int64_t rows, std::int64_t most) {
    // A step of its own: it takes as long as one.
    if (due_.empty()) return {0, 0, look(rows, most)};
    RowSweeper sweeper(connection_);
    std::int64_t handled = 0;
    for (; handled < rows && sweeper.removed() < most && !due_.empty(); ++handled) {
      sweeper.sweep(due_.back());
      due_.pop_back();
    }
    return {sweeper.removed(), handled, true};
  }

 private:
  // What is due and behind the latest place, which never comes back to a row that somebody's
  // trigger keeps; nor to one that it puts back, which is newer than what was there at the
  // beginning. Few rows are looked up to remove a few, and more each time that they were not
  // enough.
  bool look(std::int64_t rows, std::int64_t most) {
    constexpr std::int64_t kStepsAhead = 64;
    const std::int64_t farthest = rows * kStepsAhead;
    ahead_ = std::min(farthest, std::max(std::min(farthest, most) * kLooksPerRow, ahead_ * 2));
    if (!newest_id_) newest_id_ = newest();
    Query due = connection_.query(kSelectDueAfter);
    due.bind(1, ahead_);
    due.bind(2, connection_.clock().now());
    due.bind(3, latest_at_).bind(4, latest_id_).bind(5, *newest_id_);
    while (due.step()) {
      due_.push_back(due.integer(0));
      latest_at_ = due.real(1);
    }
    if (due_.empty()) return false;
    latest_id_ = due_.back();
    std::sort(due_.begin(), due_.end(), std::greater<>());  // taken from the back
    return true;
  }

  std::int64_t newest() {
    Query newest = connection_.query(kSelectNewestId);
    newest.step();
    return newest.integer(0);
  }

  Connection& connection_;
  std::vector<std::int64_t> due_;
  std::int64_t ahead_ = 0;  // how many ids the latest look asked for
  std::optional<std::int64_t> newest_id_;
  double latest_at_ = -HUGE_VAL;
  std::int64_t latest_id_ = INT64_MIN;
};

}  // namespace

bool keeps_dead_row(const Connection& connection, const Error& error) {
  if (!connection.is_inside()) return false;
  const int code = error.code() & 0xff;
  return code == SQLITE_CONSTRAINT || code == SQLITE_ERROR || code == SQLITE_AUTH ||
         code == SQLITE_TOOBIG;
}

std::int64_t sweep_for_insert(Connection& connection) {
  if (!sweep_is_due(connection)) return 0;
  RowSweeper sweeper(connection);
  try {
    sweep_oldest(connection, count_setting(connection, kSweepPerInsert), sweeper);
  } catch (const Error& error) {
    if (!keeps_dead_row(connection, error)) throw;
  }
  return sweeper.changed();
}

Swept sweep_oldest(Connection& connection, std::int64_t most) {
  RowSweeper sweeper(connection);
  sweep_oldest(connection, most, sweeper);
  // A trigger may keep every row as it is: asking again would then never end.
  return {sweeper.removed(), sweeper.changed(), sweeper.changed() > 0};
}

std::int64_t count_due_entries(Connection& connection) {
  return count_at(connection, kCountDueEntries, 2, connection.clock().now());
}

Sweeper sweep_cache(Connection& connection) { return CacheSweep(connection); }

}  // namespace larder
