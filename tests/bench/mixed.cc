// Workloads 8 and 14: processes that read and now and then write the same few keys.
#include "bench/mixed.h"

#include "bench/line.h"
#include "bench/processes.h"
#include "bench/times.h"

namespace bench {

namespace {

struct Mix {
  const char* id;
  const char* name;
  std::size_t processes;
  int operations;  // of all processes together
  int sets_in;     // one operation of so many is a set
  // Larder's kv_busy_timeout(5000); by hand it is always PRAGMA busy_timeout = 5000, as there is
  // nothing else without writing a busy handler.
  bool waits_in_turns;

  bool is_for(std::size_t value_size) const { return value_size == kSmall || !waits_in_turns; }
};
constexpr Mix kMixes[] = {
    {"8a", "90 % get, 10 % set, one process", 1, 200000, 10, false},
    {"8b", "90 % get, 10 % set, two processes", 2, 200000, 10, false},
    {"8c", "90 % get, 10 % set, eight processes", 8, 200000, 10, false},
    {"14a", "10 % set, two processes, in turns", 2, 120000, 10, true},
    {"14b", "1 % set, two processes, in turns", 2, 120000, 100, true},
    {"14c", "10 % set, eight processes, in turns", 8, 120000, 10, true},
    {"14d", "1 % set, eight processes, in turns", 8, 120000, 100, true},
};

std::string store_all(Scratch& scratch, Kind kind, Rows& rows) {
  std::string path = scratch.new_file("mixed", kind);
  const auto side = make_side(kind, path, scratch.extension());
  for (int i = 0; i < kFew; ++i) side->set({key_of(i), rows.value()});
  side->database().checkpoint();
  return path;
}

std::unique_ptr<Side> open(const Mix& mix, Scratch& scratch, Kind kind, const std::string& path) {
  auto side = make_side(kind, path, scratch.extension());
  if (mix.waits_in_turns && kind == Kind::kLarder)
    side->database().run("SELECT kv_busy_timeout(5000)");
  return side;
}

// Every operation finds its key. Set times go to `times`, in ms.
void operate(const Mix& mix, Side& side, std::size_t me, int operations, Rows& rows,
             double* times) {
  std::mt19937 random(static_cast<unsigned>(me + 1));
  int sets = 0;
  for (int i = 0; i < operations; ++i) {
    const std::string key = key_of(static_cast<int>(random() % kFew));
    if (i % mix.sets_in == 0) {
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
  const auto sets_each = static_cast<std::size_t>((operations + mix.sets_in - 1) / mix.sets_in);
  Shared<double> times(sets_each * mix.processes);
  const double seconds = run_processes(mix.processes, [&](std::size_t me) {
    const auto side = open(mix, scratch, kind, path);
    wait_for_the_others();
    operate(mix, *side, me, operations, rows, &times[me * sets_each]);
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
    if (!is_wanted(mix.id, wanted) || !mix.is_for(rows.value_size())) continue;
    const int operations = mix.operations / scale.divisor / static_cast<int>(mix.processes);
    for (int round = 0; round < scale.rounds; ++round) {
      take_turns(round, [&](Kind kind) { run_round(mix, scratch, kind, rows, operations, round); });
    }
  }
}

}  // namespace bench
