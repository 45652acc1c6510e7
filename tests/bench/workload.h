// What is measured one operation at a time, in one process, as a table.
#pragma once

#include <string_view>
#include <vector>

#include "bench/rows.h"
#include "bench/side.h"

namespace bench {

struct Workload {
  // Which keys the operations get. kFewStored, kFewMissing: again and again the same, each of which
  // was asked for before, so that they are hot. kStored, kMissing: each once in a round, none of
  // which is.
  enum class On { kStored, kFewStored, kMissing, kFewMissing, kFresh };

  // In which database: filled with stored keys, or with as many marked ids, or with nothing. The
  // last three are new in each round: nothing to put keys or ids into, and a queue to delete from.
  enum class In { kCache, kLedger, kNothing, kNoIds, kQueue };

  // Each operation commits by itself; or all of a round run in one transaction; or that transaction
  // is itself the one thing timed, its commit included.
  enum class Commit { kEach, kNever, kTimed };

  std::string_view id;  // "7b" is the second part of workload 7
  std::string_view name;
  bool (Side::*operation)(const Row&);
  void (Side::*statement)();  // or all keys by one statement
  bool answer;                // what the operation must say
  On on;
  In in;
  Commit commit;
  int operations;  // in a round, in all; with Commit::kTimed every stored key instead
  int batch;       // operations between two looks at the clock: a short one is timed in company

  bool has_values() const { return in == In::kCache || in == In::kNothing; }
  bool is_hot() const { return on == On::kFewStored || on == On::kFewMissing; }
};

const std::vector<Workload>& workloads();

struct Round {
  double median = 0;         // µs, over the batches
  double mean = 0;           // µs, commits and checkpoints included
  double pages_written = 0;  // per operation
};

Keys keys_for(const Workload& workload, Rows& rows, int operations);

// Asks twice for each of the keys that are to be hot, as it takes; or once for any, so that all
// statements are compiled.
void warm(const Workload& workload, Side& side, const Keys& keys, Rows& rows);

// One round on one side. Throws std::runtime_error when an operation did not do what it should.
Round run_round(const Workload& workload, Side& side, const Keys& keys, Rows& rows);

}  // namespace bench
