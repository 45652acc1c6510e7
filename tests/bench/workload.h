// What is measured, as a table; the numbers are those of the design's performance page.
#pragma once

#include <string_view>
#include <vector>

#include "bench/rows.h"
#include "bench/side.h"

namespace bench {

struct Workload {
  // Which keys the operations get.
  enum class On { kStored, kMissing, kFresh };

  // In which database: filled with stored keys, or with as many marked ids, or with nothing.
  enum class In { kCache, kLedger, kNothing };

  // Each operation commits by itself; or all of a round run in one transaction; or that transaction
  // is itself the one thing timed, its commit included.
  enum class Commit { kEach, kNever, kTimed };

  std::string_view id;  // "7b" is the second part of workload 7
  std::string_view name;
  double bar;  // Larder / hand, at most; 0 for what is only shown
  bool (Side::*operation)(const Row&);
  void (Side::*statement)();  // or all keys by one statement
  bool answer;                // what the operation must say
  On on;
  In in;
  Commit commit;
  int operations;  // in a round, in all; with Commit::kTimed every stored key instead
  int batch;       // operations between two looks at the clock: a short one is timed in company

  bool writes() const { return on != On::kMissing && commit == Commit::kEach && batch == 1; }
};

const std::vector<Workload>& workloads();

// Those whose id is or begins with `id`; throws std::runtime_error when there are none.
std::vector<Workload> find_workloads(std::string_view id);

struct Round {
  double median = 0;         // µs, over the batches
  double mean = 0;           // µs, commits and checkpoints included
  double pages_written = 0;  // per operation
};

Keys keys_for(const Workload& workload, Rows& rows, int operations);

// One round on one side. Throws std::runtime_error when an operation did not do what it should.
Round run_round(const Workload& workload, Side& side, const Keys& keys, Rows& rows);

}  // namespace bench
