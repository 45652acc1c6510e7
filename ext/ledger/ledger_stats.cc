// What kv_stats says of the ledgers.
#include "ledger/ledger.h"

namespace larder {

void ledger_stats(Connection& connection, std::vector<Stat>& stats) {
  static constexpr auto kCount =
      sql("SELECT count(*) FROM main.larder_ledger WHERE {}", kLedgerKnown);
  std::int64_t ids = 0;
  if (connection.schema().has("larder_ledger")) {
    Query count = connection.query(kCount);
    count.bind(3, connection.clock().now()).step();
    ids = count.integer(0);
  }
  stats.push_back({"ledger_ids", ids});
}

}  // namespace larder
