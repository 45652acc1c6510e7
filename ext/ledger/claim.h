// Who works on what: the rules of claims, below the SQL functions.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "store/connection.h"
#include "store/duration.h"
#include "store/owner.h"

namespace larder {

// True of a row that had as many attempts as the setting ledger.max_attempts allows. The statement
// that needs the setting reads it: a statement of its own before would take a snapshot inside a
// caller's transaction, and a write that should wait for its turn would fail. What does not fit
// (kv_config() says so) is no limit.
#define LARDER_LEDGER_TRIED_ENOUGH                                     \
  "(attempts > 0 AND attempts >= (SELECT value FROM main.larder_meta " \
  "WHERE name = 'ledger.max_attempts' AND typeof(value) = 'integer' AND value > 0))"

// What an attempt begins with: the end of the lease, and a name for whoever makes it.
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

// Whether the id can be claimed; kNow also when it is not known. Needs larder_ledger to be there.
Claimable look(Connection& connection, const Entry& entry);

// Claims an id, which is added if it is not known. Its token; 0 when it has had all its attempts,
// and is dead now; nothing when it cannot be claimed. One statement: it is complete wherever it
// runs.
std::optional<std::int64_t> claim(Connection& connection, const Entry& entry,
                                  const Attempt& attempt);

// True when there is something in `ledger` to be claimed. Needs larder_ledger to be there.
bool has_claimable(Connection& connection, sqlite3_value* ledger);

// Claims what has waited longest, and makes its row, as JSON, the result of `call`. False when
// nothing can be claimed. When it throws, nothing is claimed.
bool claim_next(Connection& connection, sqlite3_value* ledger, const Attempt& attempt, Call& call);

}  // namespace larder
