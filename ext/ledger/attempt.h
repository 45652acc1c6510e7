// Attempts: what a claim makes of a row, and when there have been enough.
#pragma once

#include <optional>

#include "ledger/fence.h"
#include "ledger/line.h"
#include "store/duration.h"
#include "store/owner.h"
#include "store/settings.h"

namespace larder {

// In how many attempts an id must be done: `ledger.max_attempts.import` for the ledger 'import',
// and `ledger.max_attempts` for those that have no limit of their own. Every claim reads it.
inline constexpr Setting kMaxAttempts{
    .name = "ledger.max_attempts", .kind = Setting::Kind::kLimit, .has_own = true};

// A value that does not fit is no limit here; kv_check reports it.
consteval auto stored_attempts(const auto& name) {
  return sql(R"((
    SELECT value
    FROM main.larder_meta
    WHERE name = {} AND typeof(value) = 'integer' AND value > 0))",
             name);
}

// True of a row that has had as many attempts as the settings allow. (A ledger whose name is a BLOB
// is another than the one that is called by its text, which the setting names.) The statement that
// needs the settings reads them itself. A statement before it would take a snapshot inside a
// caller's transaction, and then a write that should wait for its turn would fail.
inline constexpr auto kLedgerTriedEnough =
    sql("(attempts > 0 AND attempts >= coalesce({}, {}))",
        stored_attempts("iif(typeof(?1) = 'blob', NULL, 'ledger.max_attempts.' || ?1)"),
        stored_attempts("'ledger.max_attempts'"));

// A claimable row that has had all its attempts: the worker of the last one has never come back, or
// it was put back in line with them, or the limit was higher. Nobody gets it, and who would claim
// it makes it dead. (No forgotten row is meant: only what is done is ever forgotten, and that waits
// for nothing.)
inline constexpr auto kLedgerSpent = sql("({} AND {})", kLedgerClaimable, kLedgerTriedEnough);

// A row that has an owner and is not held has lost its worker.
inline constexpr auto kBurySpent = sql(R"(
UPDATE main.larder_ledger
SET status = 'dead', {}, owner = NULL,
  error = iif(owner IS NULL, error, 'the lease of the last attempt ended')
WHERE ledger = ?1 AND id = ?2 AND {})",
                                       kLedgerOutOfLine, kLedgerSpent);

// In a SET: what a claim makes of a row. ?4 is the end of the lease, ?5 the owner.
inline constexpr auto kStartAttempt = sql(R"(
  status = 'claimed', owner = ?5, in_line_since = NULL, claimable_at = ?4, claimed_at = ?3,
  token = {})",
                                          kLedgerNextToken);

// What an attempt begins with: the end of the lease, and the name of who makes it.
class Attempt {
 public:
  // `owner` may be nullptr or NULL, see store/owner.h.
  Attempt(Connection& connection, Lifetime lease, sqlite3_value* owner)
      : connection_(connection), lease_(lease), owner_(connection, owner) {}

  // Binds ?4 and ?5. Call it with the write lock held: it may look at the file.
  void bind(Query& query) {
    query.bind(4, lease_.end(connection_.clock().now()));
    owner_.bind(query, 5);
  }

 private:
  Connection& connection_;
  Lifetime lease_;
  Owner owner_;
};

}  // namespace larder
