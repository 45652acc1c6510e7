// What kv_stats says of leases.
#include "lease/lease.h"

namespace larder {

std::int64_t count_held_leases(Connection& connection) {
  static constexpr auto kCount = sql("SELECT count(*) FROM main.larder_lease WHERE {}", kLeaseLive);
  if (!connection.schema().has("larder_lease")) return 0;
  Query count = connection.query(kCount);
  count.bind(2, connection.clock().now()).step();
  return count.integer(0);
}

void lease_stats(Connection& connection, std::vector<Stat>& stats) {
  stats.push_back({"leases", count_held_leases(connection)});
}

}  // namespace larder
