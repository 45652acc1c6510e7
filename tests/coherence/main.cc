// The coherence test: workers read and write one file, each with a hot cache of its own, and no
// answer may be older than one that any of them had seen before it asked.
//
//   larder_coherence READS [processes | threads | one-connection]
//
// Processes are killed with SIGKILL in the middle of their writes, and begun anew.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "coherence/worker.h"

namespace coherence {

namespace {

// A worker with its own connection. Returns an exit code.
int work(Shared& shared, const std::string& path, int me, unsigned seed) {
  sqlite3* db = open_database(path);
  if (db == nullptr) return 1;
  { Worker(shared, db, me, true, seed).run(); }
  return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

class Processes {
 public:
  Processes(Shared& shared, const std::string& path) : shared_(shared), path_(path) {}

  // Returns whether no worker ended but those it killed, and these when they were told.
  bool run(std::int64_t reads) {
    for (int i = 0; i < kWorkers; ++i) start(i);
    while (shared_.sum(&Counts::reads) < reads) {
      if (waitpid(-1, nullptr, WNOHANG) != 0) return false;
      usleep(150000);
      kill_one(static_cast<int>(seed_ * 7919 % kWorkers));
    }
    shared_.stops = true;
    bool all_well = true;
    for (const pid_t pid : pids_) {
      int status = 0;
      all_well = waitpid(pid, &status, 0) == pid && status == 0 && all_well;
    }
    return all_well;
  }
  int kills() const { return kills_; }
  int kills_in_writes() const { return kills_in_writes_; }

 private:
  void start(int i) {
    ++seed_;
    pids_[i] = fork();
    if (pids_[i] == 0) _exit(work(shared_, path_, i, seed_));
  }

  void kill_one(int i) {
    const auto& is_writing = shared_.workers[i].is_writing;
    for (int tries = 0; tries < 200 && !is_writing; ++tries) usleep(50);
    kills_in_writes_ += is_writing;
    ++kills_;
    kill(pids_[i], SIGKILL);
    waitpid(pids_[i], nullptr, 0);
    shared_.workers[i].is_writing = false;
    start(i);
  }

  Shared& shared_;
  const std::string& path_;
  pid_t pids_[kWorkers] = {};
  unsigned seed_ = 0;
  int kills_ = 0;
  int kills_in_writes_ = 0;
};

// Threads, each with a connection of its own or all with the same.
bool run_threads(Shared& shared, const std::string& path, std::int64_t reads, bool one_connection) {
  sqlite3* db = one_connection ? open_database(path) : nullptr;
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  const int count = one_connection ? 2 : kWorkers;
  threads.reserve(count);
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      const auto seed = static_cast<unsigned>(i + 1);
      if (!one_connection) {
        failures += work(shared, path, i, seed);
      } else {
        Worker(shared, db, i, false, seed).run();
      }
    });
  }
  while (failures == 0 && shared.sum(&Counts::reads) < reads) usleep(10000);
  shared.stops = true;
  for (std::thread& thread : threads) thread.join();
  if (!one_connection) return failures == 0;
  shared.stops = true;
  { Worker(shared, db, 0, true, 1).run(); }  // notes the hits
  return sqlite3_close(db) == SQLITE_OK;
}

// In a process of its own: none of SQLite's state may be there when the workers are forked.
bool in_a_process(const std::string& path, const char* sql, const char* want) {
  const pid_t child = fork();
  if (child == 0) {
    sqlite3* db = open_database(path);
    sqlite3_stmt* statement = nullptr;
    const bool is_well =
        db != nullptr && sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW &&
        std::strcmp(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)), want) == 0;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    _exit(is_well ? 0 : 1);
  }
  int status = -1;
  return waitpid(child, &status, 0) == child && status == 0;
}

int run(std::int64_t reads, const std::string& mode) {
  void* memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 1;
  Shared& shared = *new (memory) Shared;
  std::string folder = (std::filesystem::temp_directory_path() / "larder-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const std::string path = folder + "/db";

  bool is_well = in_a_process(path, "PRAGMA journal_mode", "wal");
  Processes processes(shared, path);
  if (is_well) {
    is_well = mode == "processes" ? processes.run(reads)
                                  : run_threads(shared, path, reads, mode == "one-connection");
  }
  is_well = in_a_process(path, "PRAGMA integrity_check", "ok") && is_well;
  std::filesystem::remove_all(folder);

  const auto all = shared.sum(&Counts::reads), hot = shared.sum(&Counts::hot);
  const auto stale = shared.sum(&Counts::stale), errors = shared.sum(&Counts::errors);
  std::printf(
      "%s: %lld reads, %lld (%.0f %%) of them hot, %lld writes, %lld checkpoints, "
      "%d kills (%d in a write), %lld errors, %lld stale answers\n",
      mode.c_str(), static_cast<long long>(all), static_cast<long long>(hot),
      all > 0 ? 100.0 * static_cast<double>(hot) / static_cast<double>(all) : 0.0,
      static_cast<long long>(shared.sum(&Counts::writes)),
      static_cast<long long>(shared.sum(&Counts::checkpoints)), processes.kills(),
      processes.kills_in_writes(), static_cast<long long>(errors), static_cast<long long>(stale));
  // Without hits it would prove nothing.
  return is_well && stale == 0 && errors == 0 && hot > all / 4 ? 0 : 1;
}

}  // namespace

}  // namespace coherence

int main(int count, char** arguments) {
  const std::string mode = count > 2 ? arguments[2] : "processes";
  if (count < 2 || (mode != "processes" && mode != "threads" && mode != "one-connection")) {
    std::fprintf(stderr, "usage: %s READS [processes | threads | one-connection]\n", arguments[0]);
    return 2;
  }
  return coherence::run(std::atoll(arguments[1]), mode);
}
