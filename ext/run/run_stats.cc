// What kv_stats says of runs.
#include "run/run.h"

namespace larder {

void run_stats(Connection& connection, std::vector<Stat>& stats) {
  static constexpr auto kCount = sql("SELECT count(*) FROM main.larder_run WHERE {}", kRunAlive);
  std::int64_t running = 0;
  if (connection.schema().has("larder_run")) {
    Query count = connection.query(kCount);
    count.bind(2, connection.clock().now()).step();
    running = count.integer(0);
  }
  stats.push_back({"running", running});
}

}  // namespace larder
