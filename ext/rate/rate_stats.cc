// What kv_stats says of rate limits.
#include "rate/rate.h"

namespace larder {

std::int64_t count_open_rates(Connection& connection) {
  static constexpr auto kCountOpen =
      sql("SELECT count(*) FROM main.larder_rate WHERE {}", kRateOpen);
  if (!connection.schema().has("larder_rate")) return 0;
  Query count = connection.query(kCountOpen);
  count.bind(2, connection.clock().now()).step();
  return count.integer(0);
}

void rate_stats(Connection& connection, std::vector<Stat>& stats) {
  stats.push_back({"rates", count_open_rates(connection)});
}

}  // namespace larder
