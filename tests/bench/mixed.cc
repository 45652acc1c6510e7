// Workload 8: processes that read and now and then write the same few keys.
#include "bench/mixed.h"

#include "bench/line.h"
#include "bench/processes.h"
#include "bench/times.h"

namespace bench {

namespace {

constexpr int kOperations = 200000;  // of all processes together
constexpr int kSetsIn = 10;          // one operation of so many is a set

struct Mix {
  const char* id;
  const char* name;
  std::size_t processes;
};
constexpr Mix kMixes[] = {{"8a", "90 % get, 10 % set, one process", 1},
                          {"8b", "90 % get, 10 % set, two processes", 2},
                          {"8c", "90 % get, 10 % set, eight processes", 8}};

std::string store_all(Scratch& scratch, Kind kind, Rows& rows) {
  std::string path = scratch.new_file("mixed", kind);
  const auto side = make_side(kind, path, scratch.extension());
  for (int i = 0; i < kFew; ++i) side->set({key_of(i), rows.value()});
  side->database().checkpoint();
  return path;
}

// Every operation finds its key. Set times go to `times`, in ms.
void operate(Side& side, std::size_t me, int operations, Rows& rows, double* times) {
  std::mt19937 random(static_cast<unsigned>(me + 1));
  int sets = 0;
  for (int i = 0; i < operations; ++i) {
    const std::string key = key_of(static_cast<int>(random() % kFew));
    if (i % kSetsIn == 0) {
      const auto began = Clock::now();
      side.set({key, rows.value()});
      times[sets++] = milliseconds_since(began);
    } else if (!side.get({key, {}})) {
      throw std::runtime_error("a key is missing: " + key);
    }
  }
}

void run_round(const Mix& mix, Scratch& scratch, Kind kind, Rows& rows, int operations, int round) {
  const std::string path = store_all(scratch, kind, rows);
  const auto sets_each = static_cast<std::size_t>((operations + kSetsIn - 1) / kSetsIn);
  Shared<double> times(sets_each * mix.processes);
  const double seconds = run_processes(mix.processes, [&](std::size_t me) {
    const auto side = make_side(kind, path, scratch.extension());
    wait_for_the_others();
    operate(*side, me, operations, rows, &times[me * sets_each]);
  });
  const std::vector<double> sets(times.begin(), times.end());
  Line(mix.id, mix.name, name_of(kind), round)
      .with("value_bytes", static_cast<std::int64_t>(rows.value_size()))
      .with("seconds", seconds)
      .with("p99_set_ms", quantile_of(sets, 0.99))
      .with("longest_set_ms", quantile_of(sets, 1))
      .print();
}

}  // namespace

void measure_mixed(Scratch& scratch, Rows& rows, const Scale& scale, std::string_view wanted) {
  for (const Mix& mix : kMixes) {
    if (!is_wanted(mix.id, wanted)) continue;
    for (int round = 0; round < scale.rounds; ++round) {
      take_turns(round, [&](Kind kind) {
        run_round(mix, scratch, kind, rows,
                  kOperations / scale.divisor / static_cast<int>(mix.processes), round);
      });
    }
  }
}

}  // namespace bench
