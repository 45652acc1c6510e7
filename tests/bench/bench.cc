// Measures Larder against hand-written SQL.
//
//   larder_bench build/release/larder.so
//   larder_bench build/release/larder.so --quick --workload 9
//   valgrind --tool=callgrind --toggle-collect=larder_bench_measured
//     larder_bench build/release/larder.so --callgrind 2 larder
//
// Prints JSON lines (line.h), which driver/bench.py makes a table of. Both sides do the same work
// in the same order; rounds alternate Larder, hand, hand, Larder, so that a machine growing slower
// hurts both. Nothing is asserted about time.
#include <getopt.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "bench/disturbed.h"
#include "bench/growth.h"
#include "bench/line.h"
#include "bench/mixed.h"
#include "bench/rows.h"
#include "bench/scale.h"
#include "bench/scratch.h"
#include "bench/sweep.h"
#include "bench/whole_ledger.h"
#include "bench/workload.h"

// Outside of any namespace, so that callgrind's --toggle-collect finds it by this name.
extern "C" __attribute__((noinline)) void larder_bench_measured(const bench::Workload& workload,
                                                                bench::Side& side,
                                                                const bench::Keys& keys,
                                                                bench::Rows& rows) {
  run_round(workload, side, keys, rows);
}

namespace bench {

namespace {

struct Options {
  std::string extension;
  std::string workload;   // empty is all
  std::string callgrind;  // a workload; empty to measure time
  std::string side;       // for callgrind
  bool quick = false;
};

// How often a workload runs: a bulk load is long, and so needs fewer.
int rounds_of(const Workload& workload, const Scale& scale) {
  return workload.commit == Workload::Commit::kTimed ? scale.rounds_of_bulk : scale.rounds;
}

void measure(const Workload& workload, Scratch& scratch, Rows& rows, const Scale& scale) {
  for (int round = 0; round < rounds_of(workload, scale); ++round) {
    Pair& pair = scratch.databases_for(workload);
    const Keys keys = keys_for(workload, rows, workload.operations / scale.divisor);
    take_turns(round, [&](Kind kind) {
      Side& side = pair.of(kind);
      side.database().disturb();
      sync();  // or this side would wait for what the other one wrote
      warm(workload, side, keys, rows);
      const Round result = run_round(workload, side, keys, rows);
      Line line(workload.id, workload.name, name_of(kind), round);
      if (workload.has_values())
        line.with("value_bytes", static_cast<std::int64_t>(rows.value_size()));
      line.with("median_us", result.median)
          .with("mean_us", result.mean)
          .with("frames", result.pages_written)
          .print();
    });
  }
}

// The rows of a size, one workload after the other.
void measure_all(const Options& options, const Scale& scale, std::size_t value_size,
                 Scratch& scratch) {
  Rows rows(scale.keys, value_size);
  scratch.use(rows);
  for (const auto& workload : workloads()) {
    if (!is_wanted(workload.id, options.workload)) continue;
    if (workload.has_values() || value_size == kSmall) measure(workload, scratch, rows, scale);
  }
  measure_mixed(scratch, rows, scale, options.workload);
  if (is_wanted("15", options.workload) && value_size == kSmall)
    measure_disturbed(scratch, rows, scale);
  if (is_wanted("10", options.workload)) {
    // 200,000 rows; a quarter of them where each is forty times as large.
    Rows more(value_size == kSmall ? 2 * scale.keys : scale.keys / 2, value_size);
    measure_sweep(scratch, more, scale);
  }
}

void measure_all(const Options& options) {
  const Scale& scale = options.quick ? kQuick : kFull;
  Scratch scratch(options.extension);
  for (const std::size_t size : {kSmall, kLarge}) measure_all(options, scale, size, scratch);
  if (is_wanted("17", options.workload)) measure_whole_ledger(scratch, scale);
  if (is_wanted("12", options.workload)) measure_growth(scratch, scale);
}

// One round, after a shorter one that leaves all statements compiled.
void run_for_callgrind(const Options& options) {
  constexpr int kKeys = 4000;
  constexpr int kOperations = 2000;
  const auto workload =
      std::find_if(workloads().begin(), workloads().end(),
                   [&](const Workload& each) { return each.id == options.callgrind; });
  if (workload == workloads().end() || (options.side != "larder" && options.side != "hand"))
    throw std::runtime_error("--callgrind needs a workload and then larder or hand");
  const Kind kind = options.side == "larder" ? Kind::kLarder : Kind::kHand;
  Scratch scratch(options.extension);
  Rows rows(kKeys, kSmall);
  scratch.use(rows);
  Side& side = scratch.databases_for(*workload).of(kind);
  if (workload->commit == Workload::Commit::kEach)
    run_round(*workload, side, keys_for(*workload, rows, kOperations / 10), rows);
  side.database().disturb();
  const Keys keys = keys_for(*workload, rows, kOperations);
  warm(*workload, side, keys, rows);
  larder_bench_measured(*workload, side, keys, rows);
  Line(workload->id, workload->name, options.side, 0)
      .with("operations", static_cast<std::int64_t>(keys.size()))
      .print();
}

[[noreturn]] void usage(int status) {
  std::printf(
      "usage: larder_bench LARDER.SO [options]\n"
      "  --quick                    fewer keys and rounds: about a minute\n"
      "  --workload N               only this one, such as 5, 9 or 9b\n"
      "  --callgrind WORKLOAD SIDE  run a fixed number of operations of one workload on one side\n"
      "                             (larder or hand), for valgrind to count instructions\n\n");
  for (const auto& workload : workloads()) {
    std::printf("  %-3s %s\n", std::string(workload.id).c_str(),
                std::string(workload.name).c_str());
  }
  std::printf("  8, 10, 12, 14, 15, 17: mixed.h, sweep.h, growth.h, disturbed.h, whole_ledger.h\n");
  std::exit(status);
}

Options parse(int argc, char** argv) {
  const option long_options[] = {{"quick", no_argument, nullptr, 'q'},
                                 {"workload", required_argument, nullptr, 'w'},
                                 {"callgrind", required_argument, nullptr, 'c'},
                                 {"help", no_argument, nullptr, 'h'},
                                 {nullptr, 0, nullptr, 0}};
  Options options;
  for (int name = 0; (name = getopt_long(argc, argv, "", long_options, nullptr)) != -1;) {
    if (name == 'h') usage(0);
    if (name == 'q') options.quick = true;
    if (name == 'w') options.workload = optarg;
    if (name == 'c') options.callgrind = optarg;
    if (name == '?') usage(2);
  }
  if (optind >= argc) usage(2);
  options.extension = argv[optind];
  if (optind + 1 < argc) options.side = argv[optind + 1];
  return options;
}

int run(int argc, char** argv) {
  try {
    const Options options = parse(argc, argv);
    if (options.callgrind.empty()) {
      measure_all(options);
    } else {
      run_for_callgrind(options);
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_bench: %s\n", error.what());
    return 1;
  }
}

}  // namespace

}  // namespace bench

int main(int argc, char** argv) { return bench::run(argc, argv); }
