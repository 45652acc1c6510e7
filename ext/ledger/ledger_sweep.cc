// What kv_sweep() does with the ledgers.
#include <algorithm>

#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/steps.h"

namespace larder {

namespace {

constexpr auto kCountForgottenIds =
    sql("SELECT count(*) FROM main.larder_ledger WHERE {}", kLedgerForgotten);

constexpr auto kSweepForgottenIds = removal_of(sql(R"((ledger, id) IN (
  SELECT ledger, id
  FROM main.larder_ledger
  WHERE {}
  ORDER BY expires_at
  LIMIT ?1))",
                                                   kLedgerForgotten));

}  // namespace

std::int64_t count_forgotten_ids(Connection& connection) {
  return count_at(connection, kCountForgottenIds, 3, connection.clock().now());
}

Sweeper sweep_ledger(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) -> Swept {
    const double now = connection.clock().now();
    most = std::min(rows, most);
    const std::int64_t removed = remove_rows(
        connection, kSweepForgottenIds, [&](Query& query) { query.bind(1, most).bind(3, now); });
    return {removed, removed, removed >= most};
  };
}

}  // namespace larder
