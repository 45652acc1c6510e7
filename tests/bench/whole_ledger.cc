// Workload 17: a large ledger is counted, and forgotten while somebody else writes.
#include "bench/whole_ledger.h"

#include <unistd.h>

#include "bench/line.h"
#include "bench/times.h"
#include "bench/watched.h"

namespace bench {

namespace {

void expect(std::int64_t found, std::int64_t rows) {
  if (found != rows) throw std::runtime_error("not all ids of the ledger");
}

double seconds_to_count(Side& side, std::int64_t rows) {
  const auto began = Clock::now();
  expect(side.count_ids(), rows);
  return seconds_since(began);
}

double seconds_to_forget(Side& side, std::int64_t rows) {
  const auto began = Clock::now();
  expect(side.forget_ids(), rows);
  return seconds_since(began);
}

void run_round(Scratch& scratch, Kind kind, const std::string& filled, std::int64_t rows,
               int round) {
  const std::string path = scratch.new_file("forgotten", kind);
  const std::string watched = scratch.new_file("forgotten, watched", kind);
  for (const auto& copy : {path, watched}) std::filesystem::copy_file(filled, copy);
  sync();
  const auto side = make_side(kind, path, scratch.extension());
  seconds_to_count(*side, rows);  // the file's pages come into memory
  Line("17a", "progress of a large ledger", name_of(kind), round)
      .with("seconds", seconds_to_count(*side, rows))
      .print();
  const double seconds = seconds_to_forget(*side, rows);
  const double longest_wait = longest_wait_during(
      [&](Side& other) { seconds_to_forget(other, rows); }, kind, watched, scratch.extension());
  Line("17b", "forget a large ledger", name_of(kind), round)
      .with("seconds", seconds)
      .with("longest_wait_ms", longest_wait)
      .print();
}

}  // namespace

void measure_whole_ledger(Scratch& scratch, const Scale& scale) {
  for (const Kind kind : kKinds) {
    const auto side = make_side(kind, scratch.new_file("ledger", kind), scratch.extension());
    side->fill_ledger(scale.ids);
    side->database().checkpoint();
  }
  for (int round = 0; round < scale.rounds_of_bulk; ++round) {
    take_turns(round, [&](Kind kind) {
      run_round(scratch, kind, scratch.path_of("ledger", kind), scale.ids, round);
    });
  }
}

}  // namespace bench
