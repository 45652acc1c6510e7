// When a ledger's clock alone makes something possible.
#include "ledger/ledger.h"

namespace larder {

namespace {

// The earliest time behind ?3 at which an id can be tried, or a lease ends, in any ledger: one look
// into the index for each ledger.
constexpr char kNextClaimable[] = R"(
WITH RECURSIVE waiting(name) AS (
  SELECT min(ledger) FROM main.larder_ledger WHERE claimable_at IS NOT NULL
  UNION ALL
  SELECT (SELECT min(ledger) FROM main.larder_ledger WHERE claimable_at IS NOT NULL AND ledger > name)
  FROM waiting
  WHERE name IS NOT NULL)
SELECT min((SELECT min(claimable_at) FROM main.larder_ledger WHERE ledger = name AND claimable_at > ?3))
FROM waiting)";

}  // namespace

std::optional<double> next_claimable(Connection& connection, double since) {
  if (!connection.schema().has("larder_ledger")) return std::nullopt;
  Query next = connection.query(kNextClaimable);
  next.bind(3, since).step();
  return next.optional_real(0);
}

}  // namespace larder
