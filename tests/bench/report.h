// From rounds to a table for people, and JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "bench/workload.h"

namespace bench {

// What came of a workload: medians over the rounds. A ratio is Larder / hand; those of the rounds
// lie between `lowest` and `highest`.
struct Result {
  Result(const Workload& what, std::size_t bytes, const std::vector<Round>& larder_rounds,
         const std::vector<Round>& hand_rounds);

  bool is_over() const { return workload.bar > 0 && ratio > workload.bar; }

  Workload workload;
  std::size_t value_size;  // 0 where no values are stored
  Round larder;
  Round hand;
  double ratio = 0;
  double lowest = 0;
  double highest = 0;
  double mean_ratio = 0;
};

void print_head(int keys, int rounds);
void print(const Result& result);
void print_foot(const std::vector<Result>& results);
void write_json(const std::string& path, const std::vector<Result>& results);

}  // namespace bench
