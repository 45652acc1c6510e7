// Measures how long writers wait for each other: SQLite's own busy handler against Larder's.
//
//   larder_contention build/release/larder.so [SECONDS [PROCESSES]]
//
// Prints JSON lines (bench/line.h). Each process calls cache_set() on keys of its own as fast as it
// can, each call a transaction of its own. Rounds alternate, so that a machine growing slower hurts
// both. Nothing is asserted about time.
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/line.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostProcesses = 64;
constexpr int kRounds = 4;  // of each handler

struct Handler {
  const char* side;
  const char* sql;
};
constexpr Handler kHandlers[] = {
    {"hand", "PRAGMA busy_timeout = 5000"},
    {"larder", "SELECT kv_busy_timeout(5000)"},
};

// What a process leaves behind, in memory shared with the parent.
struct Tally {
  long writes;
  long errors;
  double longest;  // ms
};

void run(sqlite3* db, const char* sql) {
  char* message = nullptr;
  if (sqlite3_exec(db, sql, nullptr, nullptr, &message) == SQLITE_OK) return;
  throw std::runtime_error(std::string(sql) + ": " + (message != nullptr ? message : ""));
}

sqlite3* open(const std::string& path, const std::string& extension) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
  sqlite3_enable_load_extension(db, 1);
  if (sqlite3_load_extension(db, extension.c_str(), nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error("cannot load " + extension);
  return db;
}

// A child's life: writes until `end`.
void write_until(Clock::time_point end, sqlite3* db, int me, Tally& tally) {
  sqlite3_stmt* set = nullptr;
  sqlite3_prepare_v2(db, "SELECT cache_set(?1, zeroblob(100), 3600)", -1, &set, nullptr);
  for (int i = 0; Clock::now() < end; ++i) {
    const std::string key = std::to_string(me) + ":" + std::to_string(i % 1000);
    sqlite3_bind_text(set, 1, key.c_str(), -1, SQLITE_TRANSIENT);
    const auto began = Clock::now();
    const bool done = sqlite3_step(set) == SQLITE_ROW;
    sqlite3_reset(set);
    const std::chrono::duration<double, std::milli> waited = Clock::now() - began;
    tally.longest = std::max(tally.longest, waited.count());
    ++(done ? tally.writes : tally.errors);
  }
  sqlite3_finalize(set);
}

Tally sum_of(const Tally* tallies, int processes) {
  Tally sum{};
  for (int i = 0; i < processes; ++i) {
    sum.writes += tallies[i].writes;
    sum.errors += tallies[i].errors;
    sum.longest = std::max(sum.longest, tallies[i].longest);
  }
  return sum;
}

Tally round(const Handler& handler, const std::string& path, const std::string& extension,
            double seconds, int processes, Tally* tallies) {
  std::fill_n(tallies, kMostProcesses, Tally{});
  const auto start = Clock::now() + std::chrono::milliseconds(200);
  const auto end =
      start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  for (int i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child > 0) continue;
    try {
      sqlite3* db = open(path, extension);
      run(db, handler.sql);
      while (Clock::now() < start) usleep(100);
      write_until(end, db, i, tallies[i]);
      sqlite3_close(db);
      _exit(0);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "larder_contention: %s\n", error.what());
      _exit(1);
    }
  }
  for (int i = 0; i < processes; ++i) {
    int status = 0;
    wait(&status);
    if (status != 0) throw std::runtime_error("a process failed");
  }
  return sum_of(tallies, processes);
}

void print(const Handler& handler, const Tally& tally, double seconds, int round) {
  bench::Line("11", "all write", handler.side, round)
      .with("longest_wait_ms", tally.longest)
      .with("writes_per_second", static_cast<double>(tally.writes) / seconds)
      .with("errors", std::int64_t{tally.errors})
      .print();
}

void measure(const std::string& extension, double seconds, int processes) {
  std::string folder = (std::filesystem::temp_directory_path() / "larder-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  const std::string path = folder + "/db";
  auto* tallies =
      static_cast<Tally*>(mmap(nullptr, sizeof(Tally) * kMostProcesses, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  if (tallies == MAP_FAILED) throw std::bad_alloc();
  sqlite3* db = open(path, extension);
  run(db, "SELECT cache_set('first', 1)");
  sqlite3_close(db);  // no connection may be open across a fork()

  for (int i = 0; i < kRounds * 2; ++i) {
    const Handler& handler = kHandlers[(i + i / 2) % 2];  // each goes first as often as the other
    print(handler, round(handler, path, extension, seconds, processes, tallies), seconds, i / 2);
  }
  munmap(tallies, sizeof(Tally) * kMostProcesses);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 2 ? std::atof(argv[2]) : 10;
  const int processes = argc > 3 ? std::atoi(argv[3]) : 8;
  if (argc < 2 || seconds <= 0 || processes < 1 || processes > kMostProcesses) {
    std::fprintf(stderr, "usage: larder_contention LARDER.SO [SECONDS [PROCESSES]]\n");
    return 2;
  }
  try {
    measure(argv[1], seconds, processes);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_contention: %s\n", error.what());
    return 1;
  }
}
