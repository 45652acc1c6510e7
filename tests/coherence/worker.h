// One worker of the coherence test: reads, writes and checkpoints at random, and holds every answer
// against what had been seen before it was asked for.
#pragma once

#include <sqlite3.h>

#include <array>
#include <random>
#include <string>
#include <unordered_map>

#include "coherence/shared.h"

namespace coherence {

// A connection with the extension, or nullptr with a complaint.
sqlite3* open_database(const std::string& path);

class Worker {
 public:
  // Writes only to the subjects that are `me` modulo kWorkers, but for the counters, which are
  // everybody's. `is_alone`: no other worker has this connection.
  Worker(Shared& shared, sqlite3* db, int me, bool is_alone, unsigned seed)
      : shared_(shared),
        counts_(shared.workers[me]),
        db_(db),
        me_(me),
        is_alone_(is_alone),
        random_(seed) {
    if (is_alone) sqlite3_progress_handler(db, 1, pause, this);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  // Until shared.stops.
  void run();

 private:
  struct Answer {
    enum What { kFailed, kAbsent, kPresent, kVersion } what;
    std::int64_t number = 0;
  };

  // Lets the others go ahead in the middle of a call.
  static int pause(void* worker);

  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  int pick();
  void read();
  void write();
  void write_subject(int subject);
  void count(int subject);
  void count_in_transaction();
  void checkpoint();
  void note_hits();

  // Runs `sql` on the subject; what its first column says, or, where it has none, how many rows it
  // changed.
  Answer ask(const char* sql, int subject, std::int64_t version = 0);
  void judge(int subject, std::int64_t before, Answer answer);
  void raise(std::atomic<std::int64_t>& known, std::int64_t version);

  Shared& shared_;
  Counts& counts_;
  sqlite3* db_;
  int me_;
  bool is_alone_;
  std::minstd_rand random_;
  std::int64_t noted_hits_ = 0;  // of kv_stats
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace coherence
