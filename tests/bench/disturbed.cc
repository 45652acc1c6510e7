// Workload 15: one process reads, while another one writes a key that is not read.
#include "bench/disturbed.h"

#include <unistd.h>

#include <atomic>

#include "bench/line.h"
#include "bench/processes.h"
#include "bench/times.h"

namespace bench {

namespace {

constexpr double kSeconds = 1;  // that are read in a round

void get_any(Side& side, Rows& rows) {
  const std::string key = key_of(static_cast<int>(rows.random()() % kFew));
  if (!side.get({key, {}})) throw std::runtime_error("a key is missing: " + key);
}

// µs a get, until `seconds` are over.
double read_for(double seconds, Side& side, Rows& rows) {
  constexpr int kGets = 100;  // between two looks at the clock
  const auto began = Clock::now();
  std::int64_t gets = 0;
  for (; seconds_since(began) < seconds; gets += kGets) {
    for (int i = 0; i < kGets; ++i) get_any(side, rows);
  }
  return microseconds_since(began) / static_cast<double>(gets);
}

void write_until(const std::atomic<int>& end, Side& side, Rows& rows) {
  for (; end == 0; usleep(1000)) side.set({"another", rows.value()});
}

void run_round(Scratch& scratch, Kind kind, Rows& rows, double seconds, int round) {
  const std::string path = scratch.new_file("disturbed", kind);
  {
    const auto side = make_side(kind, path, scratch.extension());
    for (int i = 0; i < kFew; ++i) side->set({key_of(i), rows.value()});
  }
  Shared<std::atomic<int>> end(1);
  Shared<double> microseconds(1);
  run_processes(2, [&](std::size_t me) {
    const auto side = make_side(kind, path, scratch.extension());
    wait_for_the_others();
    if (me == 0) return write_until(end[0], *side, rows);
    read_for(seconds / 10, *side, rows);
    microseconds[0] = read_for(seconds, *side, rows);
    end[0] = 1;
  });
  Line("15", "get, another key is set every ms", name_of(kind), round)
      .with("value_bytes", static_cast<std::int64_t>(rows.value_size()))
      .with("mean_us", microseconds[0])
      .print();
}

}  // namespace

void measure_disturbed(Scratch& scratch, Rows& rows, const Scale& scale) {
  for (int round = 0; round < scale.rounds; ++round) {
    take_turns(round,
               [&](Kind kind) { run_round(scratch, kind, rows, kSeconds / scale.divisor, round); });
  }
}

}  // namespace bench
