// Measures how long writers wait for each other: SQLite's own busy handler against Larder's.
//
//   larder_contention build/release/larder.so [SECONDS [PROCESSES]]
//
// Prints JSON lines (bench/line.h). Each process calls cache_set() on keys of its own as fast as it
// can, each call a transaction of its own. Rounds alternate, so that a machine growing slower hurts
// both. Nothing is asserted about time.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "bench/database.h"
#include "bench/line.h"
#include "bench/processes.h"
#include "bench/times.h"

namespace {

using bench::Clock;
using bench::Database;
using bench::Statement;

constexpr int kRounds = 4;  // of each handler

struct Handler {
  const char* side;
  const char* sql;
};
constexpr Handler kHandlers[] = {
    {"hand", "PRAGMA busy_timeout = 5000"},
    {"larder", "SELECT kv_busy_timeout(5000)"},
};

// What a process leaves behind.
struct Tally {
  std::int64_t writes;
  std::int64_t errors;
  double longest;  // ms
};

void write_for(double seconds, Database& database, std::size_t me, Tally& tally) {
  Statement set(database, "SELECT cache_set(?1, zeroblob(100), 3600)");
  const auto start = Clock::now();
  for (int i = 0; bench::seconds_since(start) < seconds; ++i) {
    const std::string key = std::to_string(me) + ":" + std::to_string(i % 1000);
    set.bind(1, key);
    const auto began = Clock::now();
    try {
      set.run();
      ++tally.writes;
    } catch (const std::runtime_error&) {
      set.reset();
      ++tally.errors;
    }
    tally.longest = std::max(tally.longest, bench::milliseconds_since(began));
  }
}

void run_round(const Handler& handler, const std::string& path, const std::string& extension,
               double seconds, std::size_t processes, int round) {
  bench::Shared<Tally> tallies(processes);
  bench::run_processes(processes, [&](std::size_t me) {
    Database database(path);
    database.load_extension(extension);
    database.run(handler.sql);
    bench::wait_for_the_others();
    write_for(seconds, database, me, tallies[me]);
  });
  Tally sum{};
  for (const Tally& tally : tallies) {
    sum.writes += tally.writes;
    sum.errors += tally.errors;
    sum.longest = std::max(sum.longest, tally.longest);
  }
  bench::Line("11", "all write", handler.side, round)
      .with("longest_wait_ms", sum.longest)
      .with("writes_per_second", static_cast<double>(sum.writes) / seconds)
      .with("errors", sum.errors)
      .print();
}

void measure(const std::string& extension, double seconds, std::size_t processes) {
  std::string folder = (std::filesystem::temp_directory_path() / "larder-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  const std::string path = folder + "/db";
  {
    Database database(path);  // no connection may be open across a fork()
    database.load_extension(extension);
    database.run("SELECT cache_set('first', 1)");
  }
  for (int i = 0; i < kRounds * 2; ++i) {
    const Handler& handler = kHandlers[(i + i / 2) % 2];  // each goes first as often as the other
    run_round(handler, path, extension, seconds, processes, i / 2);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 2 ? std::atof(argv[2]) : 10;
  const int processes = argc > 3 ? std::atoi(argv[3]) : 8;
  if (argc < 2 || seconds <= 0 || processes < 1) {
    std::fprintf(stderr, "usage: larder_contention LARDER.SO [SECONDS [PROCESSES]]\n");
    return 2;
  }
  try {
    measure(argv[1], seconds, static_cast<std::size_t>(processes));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_contention: %s\n", error.what());
    return 1;
  }
}
