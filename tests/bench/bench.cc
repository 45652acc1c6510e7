// Measures Larder against hand-written SQL.
//
//   larder_bench build/release/larder.so
//   larder_bench build/release/larder.so --quick --workload 9 --json result.json
//   valgrind --tool=callgrind --toggle-collect=larder_bench_measured
//     larder_bench build/release/larder.so --callgrind 2 larder
//
// Both sides do the same work in the same order; rounds alternate Larder, hand, hand, Larder, so
// that a machine growing slower hurts both. Nothing is asserted about time.
#include <getopt.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "bench/report.h"
#include "bench/rows.h"
#include "bench/scratch.h"
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

constexpr std::size_t kSmall = 100;
constexpr std::size_t kLarge = 4096;

struct Options {
  std::string extension;
  std::string workload;   // empty is all
  std::string json;       // empty is none
  std::string callgrind;  // a workload; empty to measure time
  std::string side;       // for callgrind
  bool quick = false;
};

struct Scale {
  int keys;
  int rounds;
  int rounds_of_bulk;
  int divisor;  // of the operations in a round
};
// Even numbers of rounds: each side goes first as often as the other.
constexpr Scale kFull{100000, 10, 4, 1};
constexpr Scale kQuick{20000, 4, 2, 4};

// How often a workload runs: a bulk load is long, and so needs fewer.
int rounds_of(const Workload& workload, const Scale& scale) {
  return workload.commit == Workload::Commit::kTimed ? scale.rounds_of_bulk : scale.rounds;
}

Result measure(const Workload& workload, std::size_t value_size, Scratch& scratch, Rows& rows,
               const Scale& scale) {
  std::vector<Round> larder;
  std::vector<Round> hand;
  const int rounds = rounds_of(workload, scale);
  for (int i = 0; i < rounds; ++i) {
    Pair& pair = scratch.databases_for(workload);
    const Keys keys = keys_for(workload, rows, workload.operations / scale.divisor);
    const auto run = [&](Side& side, std::vector<Round>& results) {
      side.database().checkpoint();
      sync();  // or this side would wait for what the other one wrote
      results.push_back(run_round(workload, side, keys, rows));
    };
    if (i % 2 == 0) {
      run(*pair.larder, larder);
      run(*pair.hand, hand);
    } else {
      run(*pair.hand, hand);
      run(*pair.larder, larder);
    }
  }
  return Result(workload, value_size, larder, hand);
}

void measure_all(const Options& options) {
  const Scale& scale = options.quick ? kQuick : kFull;
  const auto wanted = find_workloads(options.workload);
  Scratch scratch(options.extension);
  print_head(scale.keys, scale.rounds);
  std::vector<Result> results;
  for (const std::size_t size : {kSmall, kLarge}) {
    Rows rows(scale.keys, size);
    scratch.use(rows);
    for (const auto& workload : wanted) {
      const bool has_values = workload.in != Workload::In::kLedger;
      if (!has_values && size != kSmall) continue;
      results.push_back(measure(workload, has_values ? size : 0, scratch, rows, scale));
      print(results.back());
    }
  }
  print_foot(results);
  if (!options.json.empty()) write_json(options.json, results);
}

// One round, after a shorter one that leaves all statements compiled.
void run_for_callgrind(const Options& options) {
  constexpr int kKeys = 4000;
  constexpr int kOperations = 2000;
  const Workload workload = find_workloads(options.callgrind).front();
  if (options.side != "larder" && options.side != "hand") {
    throw std::runtime_error("--callgrind needs a workload and then larder or hand");
  }
  Scratch scratch(options.extension);
  Rows rows(kKeys, kSmall);
  scratch.use(rows);
  Pair& pair = scratch.databases_for(workload);
  Side& side = options.side == "larder" ? *pair.larder : *pair.hand;
  if (workload.commit != Workload::Commit::kTimed) {
    run_round(workload, side, keys_for(workload, rows, kOperations / 10), rows);
  }
  side.database().checkpoint();
  const Keys keys = keys_for(workload, rows, kOperations);
  larder_bench_measured(workload, side, keys, rows);
  std::printf("workload %s (%s), %s: %zu operations in larder_bench_measured()\n",
              std::string(workload.id).c_str(), std::string(workload.name).c_str(),
              options.side.c_str(), keys.size());
}

[[noreturn]] void usage(int status) {
  std::printf(
      "usage: larder_bench LARDER.SO [options]\n"
      "  --quick                    fewer keys and rounds: about ten seconds\n"
      "  --workload N               only this one, such as 5, 9 or 9b\n"
      "  --json FILE                write the results there too\n"
      "  --callgrind WORKLOAD SIDE  run a fixed number of operations of one workload on one side\n"
      "                             (larder or hand), for valgrind to count instructions\n\n");
  for (const auto& workload : workloads()) {
    std::printf("  %-3s %s\n", std::string(workload.id).c_str(),
                std::string(workload.name).c_str());
  }
  std::exit(status);
}

Options parse(int argc, char** argv) {
  const option long_options[] = {
      {"quick", no_argument, nullptr, 'q'},      {"workload", required_argument, nullptr, 'w'},
      {"json", required_argument, nullptr, 'j'}, {"callgrind", required_argument, nullptr, 'c'},
      {"help", no_argument, nullptr, 'h'},       {nullptr, 0, nullptr, 0}};
  Options options;
  for (int name = 0; (name = getopt_long(argc, argv, "", long_options, nullptr)) != -1;) {
    if (name == 'h') usage(0);
    if (name == 'q') options.quick = true;
    if (name == 'w') options.workload = optarg;
    if (name == 'j') options.json = optarg;
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
