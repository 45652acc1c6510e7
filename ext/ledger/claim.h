// Who works on what: the rules of claims, below the SQL functions.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/entry.h"
#include "store/connection.h"
#include "store/duration.h"
#include "store/owner.h"
#include "store/settings.h"

namespace larder {

// In how many attempts an id must be done. Every claim reads it.
inline constexpr Setting kMaxAttempts{"ledger.max_attempts", Setting::Kind::kLimit};

// True of a row that has had as many attempts as that setting allows. A value that does not fit is
// no limit here; kv_check reports it. The statement that needs the setting reads
// it itself. A statement before it would take a snapshot inside a caller's transaction, and then a
// write that should wait for its turn would fail.
inline constexpr auto kLedgerTriedEnough = sql(R"((attempts > 0 AND attempts >= (
    SELECT value
    FROM main.larder_meta
    WHERE name = 'ledger.max_attempts' AND typeof(value) = 'integer' AND value > 0)))");

// What an attempt begins with: the end of the lease, and the name of who makes it.
class Attempt {
 public:
  // `owner` may be nullptr or NULL, see store/owner.h.
  Attempt(Connection& connection, Lifetime lease, sqlite3_value* owner);

  // Binds ?4 and ?5.
  void bind(Query& query) const;

 private:
  std::optional<double> end_;
  Owner owner_;
};

enum class Claimable { kNow, kLater, kNever };

// Whether the id can be claimed. One that is not known can be claimed now. Needs larder_ledger to
// be there.
Claimable look(Connection& connection, const Entry& entry);

// Claims an id, and adds it first if it is not known. Returns its token. Returns 0 when the id has
// had all its attempts: then it is dead from here on. Returns nothing when it cannot be claimed.
// One statement: it is complete wherever it runs.
std::optional<std::int64_t> claim(Connection& connection, const Entry& entry,
                                  const Attempt& attempt);

// True when something in `ledger` can be claimed now. Needs larder_ledger to be there.
bool has_claimable(Connection& connection, sqlite3_value* ledger);

// Claims what has waited longest, and makes its row, as JSON, the result of `call`. Returns false
// when nothing can be claimed. When it throws, nothing is claimed.
bool claim_next(Connection& connection, sqlite3_value* ledger, const Attempt& attempt, Call& call);

}  // namespace larder
