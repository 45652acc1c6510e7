// How long somebody else has to wait while something large is done.
#include "bench/watched.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "bench/database.h"
#include "bench/processes.h"
#include "bench/times.h"

namespace bench {

namespace {

// Looks every 100 µs, so that what is measured is the work and not the steps of somebody's busy
// handler.
int look_again(void*, int) {
  usleep(100);
  return 1;
}

double write_until(const std::atomic<int>& end, const std::string& path) {
  Database database(path);
  sqlite3_busy_handler(database.handle(), look_again, nullptr);
  database.run("CREATE TABLE mine(n); INSERT INTO mine VALUES (0)");
  wait_for_the_others();
  double longest = 0;
  while (end == 0) {
    const auto began = Clock::now();
    database.run("BEGIN IMMEDIATE");
    longest = std::max(longest, milliseconds_since(began));
    database.run("UPDATE mine SET n = n + 1; COMMIT");
    usleep(1000);
  }
  return longest;
}

}  // namespace

double longest_wait_during(const std::function<void(Side&)>& work, Kind kind,
                           const std::string& path, const std::string& extension) {
  Shared<std::atomic<int>> end(1);
  Shared<double> longest(1);
  run_processes(2, [&](std::size_t me) {
    if (me == 0) {
      longest[0] = write_until(end[0], path);
    } else {  // the last, which is waited for first: if it fails, the other one is ended
      const auto side = make_side(kind, path, extension);
      wait_for_the_others();
      usleep(10000);
      work(*side);
      end[0] = 1;
    }
  });
  return longest[0];
}

}  // namespace bench
