// Leases in SQL: one at a time, across processes.
//
//   SELECT lease_acquire('nightly', '5m');  -- the token 7; NULL while somebody else holds it
//
//   BEGIN IMMEDIATE;
//   SELECT lease_check('nightly', 7);       -- an error when it is lost: nothing below happens
//   INSERT INTO report ...;
//   COMMIT;
//
//   SELECT lease_release('nightly', 7);
#include <cmath>

#include "feature_list.h"
#include "lease/lease.h"
#include "store/duration.h"
#include "store/meta.h"
#include "store/overflow.h"
#include "store/owner.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// A lease never gets shorter. The later of two ends; max() is NULL, never, when one of them is
// NULL.
constexpr auto kLaterEnd = sql("max(expires_at, ?4)");

// Who holds a lease and asks again only renews it. A dead lease goes to whoever asks first, with
// the next token, also when that is its former holder.
constexpr auto kAcquireLease =
    sql(R"(
INSERT INTO main.larder_lease(name, owner, token, acquired_at, expires_at)
VALUES (?1, ?3, 1 + coalesce({}, 0), ?2, ?4)
ON CONFLICT(name) DO UPDATE
SET owner = excluded.owner,
  token = iif({}, token + 1, token),
  acquired_at = iif({}, excluded.acquired_at, acquired_at),
  expires_at = iif({}, ?4, {})
WHERE {} OR owner IS excluded.owner
RETURNING token)",
        meta_value("lease.last_token"), kLeaseDead, kLeaseDead, kLeaseDead, kLaterEnd, kLeaseDead);

// ?3 is the token of who says that it holds the lease.
constexpr auto kHeldWithToken =
    sql("name = ?1 AND token = ?3 AND owner IS NOT NULL AND {}", kLeaseLive);

constexpr auto kRenewLease = sql(R"(
UPDATE main.larder_lease
SET expires_at = {}
WHERE {})",
                                 kLaterEnd, kHeldWithToken);

// It ends at -Inf: dead also for a process whose clock is behind.
constexpr auto kReleaseLease = sql(R"(
UPDATE main.larder_lease
SET owner = NULL, expires_at = -9e999
WHERE {})",
                                   kHeldWithToken);

constexpr auto kReadLease = sql(R"(
SELECT token, owner, expires_at, {}
FROM main.larder_lease
WHERE name = ?1)",
                                kLeaseLive);

void lease_acquire(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const Lifetime ttl = lease_of(call[1], "ttl");
  Owner owner(connection, call.optional(2));
  StatementScope scope(connection);
  const double now = connection.clock().now();
  Query acquire = connection.query(kAcquireLease);
  acquire.bind_key(1, name).bind(2, now).bind(4, ttl.end(now));
  owner.bind(acquire, 3);
  taking_token([&] {
    while (acquire.step()) call.result(acquire.integer(0));
  });
}

void lease_renew(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const std::int64_t token = integer_of(call[1], "token");
  const Lifetime ttl = lease_of(call[2], "ttl");
  StatementScope scope(connection);
  const double now = connection.clock().now();
  connection.query(kRenewLease)
      .bind_key(1, name)
      .bind(2, now)
      .bind(3, token)
      .bind(4, ttl.end(now))
      .run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

void lease_release(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const std::int64_t token = integer_of(call[1], "token");
  StatementScope scope(connection);
  connection.query(kReleaseLease)
      .bind_key(1, name)
      .bind(2, connection.clock().now())
      .bind(3, token)
      .run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

// How the holder of `token` lost the lease whose kReadLease is `row`; nullptr when there is no such
// lease.
std::string how_lost(Query* row, std::int64_t token, double now) {
  if (row == nullptr) return "nobody holds it";
  const bool same = row->integer(0) == token;
  if (row->is_null(1)) return same ? "it was released" : "nobody holds it";
  if (row->integer(3) != 0) return describe(row->value(1)) + " holds it";
  if (!same) return "nobody holds it";
  const auto milliseconds = std::llround(round_to_milliseconds(now - row->real(2)) * 1000);
  return "it ended " + std::to_string(milliseconds) + " ms ago";
}

// This only reads. It guards the writes of the caller's transaction all the same: once that has the
// write lock, nobody else can take the lease before it ends.
void lease_check(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const std::int64_t token = integer_of(call[1], "token");
  const double now = connection.clock().now();
  std::optional<Query> row;
  if (connection.schema().has("larder_lease")) {
    row.emplace(connection.query(kReadLease));
    if (!row->bind_key(1, name).bind(2, now).step()) row.reset();
  }
  const bool held = row && row->integer(0) == token && !row->is_null(1) && row->integer(3) != 0;
  if (!held) {
    throw Error("the lease " + describe(name) + " with token " + std::to_string(token) +
                " is lost: " + how_lost(row ? &*row : nullptr, token, now));
  }
  call.result(true);
}

constexpr Function<Connection> kLeaseFunctions[] = {
    {"lease_acquire", 2, 3, kWrites, lease_acquire, "lease_acquire(name, ttl [, owner])",
     "A token greater than all before, or NULL while somebody else holds it; the holder renews."},
    {"lease_renew", 3, 3, kWrites, lease_renew, "lease_renew(name, token, ttl)",
     "Holds it for ttl from now on, never shorter than before; 1, or 0 if it is lost."},
    {"lease_release", 2, 2, kWrites, lease_release, "lease_release(name, token)",
     "Gives it back; 1, or 0 if it is lost."},
    {"lease_check", 2, 2, kReads, lease_check, "lease_check(name, token)",
     "1, or an error if it is lost; for the transaction of the write that it guards."},
};

constexpr const TableEntry* kLeaseTables[] = {&kLeaseTable};

}  // namespace

constinit const Feature kLeaseFeature{
    .name = "leases",
    .functions = kLeaseFunctions,
    .tables = kLeaseTables,
    .sweep = sweep_leases,
    .count_due = count_dead_leases,
    .stats = lease_stats,
    .check = check_leases,
};

}  // namespace larder
