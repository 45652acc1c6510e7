// Workload 10: half of the rows are dead and go, while somebody else writes.
#include "bench/sweep.h"

#include <unistd.h>

#include "bench/line.h"
#include "bench/times.h"
#include "bench/watched.h"

namespace bench {

namespace {

// In random order; every second one lives for a day.
void store_all(Side& side, Rows& rows) {
  side.database().run("BEGIN");
  bool lives = false;
  for (const auto& key : rows.all()) {
    side.set({key, rows.value(), lives ? 24 * kHour : rows.ttl()});
    lives = !lives;
  }
  side.database().run("COMMIT");
  side.database().checkpoint();
}

// What a sweep is asked for, after which the rows that live for less than an hour are gone.
double sweep(Side& side, std::size_t rows) {
  const auto began = Clock::now();
  const std::int64_t removed = side.sweep(Side::kAll, kHour + 1);
  const double milliseconds = milliseconds_since(began);
  if (removed != static_cast<std::int64_t>(rows / 2)) throw std::runtime_error("not all swept");
  return milliseconds;
}

void run_round(Scratch& scratch, Kind kind, Rows& rows, int round) {
  const std::string alone = scratch.new_file("sweep", kind);
  const std::string watched = scratch.new_file("watched", kind);
  const std::size_t count = rows.all().size();
  store_all(*make_side(kind, alone, scratch.extension()), rows);
  std::filesystem::copy_file(alone, watched);
  sync();
  const double milliseconds = sweep(*make_side(kind, alone, scratch.extension()), count);
  const double longest_wait = longest_wait_during([&](Side& side) { sweep(side, count); }, kind,
                                                  watched, scratch.extension());
  Line("10", "sweep half of the rows", name_of(kind), round)
      .with("value_bytes", static_cast<std::int64_t>(rows.value_size()))
      .with("seconds", milliseconds / 1000)
      .with("longest_wait_ms", longest_wait)
      .print();
}

}  // namespace

void measure_sweep(Scratch& scratch, Rows& rows, const Scale& scale) {
  for (int round = 0; round < scale.rounds_of_bulk; ++round)
    take_turns(round, [&](Kind kind) { run_round(scratch, kind, rows, round); });
}

}  // namespace bench
