// One client, one operation a call.
#include <getopt.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <stdexcept>

#include "bench/line.h"
#include "bench/peers/c/peer.h"
#include "bench/rows.h"
#include "bench/scale.h"
#include "bench/times.h"

namespace peers {

namespace {

constexpr std::size_t kValueSizes[] = {bench::kSmall, bench::kLarge};
constexpr std::size_t kReadsPerLook = 50;  // some take about as long as looking at the clock
constexpr int kReadsPerWrite = 10;         // in a round

// Microseconds of one operation, for each group of `per_look` keys.
template <typename Operation>
std::vector<double> time_each(const bench::Keys& keys, std::size_t per_look, Operation operation) {
  std::vector<double> times;
  for (std::size_t from = 0; from + per_look <= keys.size(); from += per_look) {
    const auto began = bench::Clock::now();
    for (std::size_t i = from; i < from + per_look; ++i) operation(keys[i]);
    times.push_back(bench::microseconds_since(began) / static_cast<double>(per_look));
  }
  if (times.empty()) throw std::runtime_error("too few keys");
  return times;
}

// A peer that is filled and warm.
class Subject {
 public:
  Subject(const Peer& peer, const Options& options, std::size_t value_size)
      : peer_(peer),
        value_size_(value_size),
        reads_(options.keys),
        rows_(options.keys, value_size),
        store_(peer.open(options, path_of(peer, options, std::to_string(value_size)))) {
    for (const auto& key : rows_.all()) set(key);
    for (int i = 0; i < 2; ++i) {  // what is asked for twice is hot
      for (const auto& key : rows_.all()) get(key, true);
    }
  }

  static std::string path_of(const Peer& peer, const Options& options, const std::string& what) {
    return options.place + "/" + peer.name + " " + what;
  }

  void run(int round) {
    const int writes = reads_ / kReadsPerWrite;
    const auto read = [this](bool hit) { return [this, hit](const auto& k) { get(k, hit); }; };
    const auto write = [this](const auto& key) { set(key); };
    print("get", round, time_each(rows_.stored.next(reads_), kReadsPerLook, read(true)));
    print("miss", round, time_each(rows_.missing.next(reads_), kReadsPerLook, read(false)));
    print("set", round, time_each(rows_.stored.next(writes), 1, write));
    print("new", round, time_each(rows_.fresh.next(writes), 1, write));
  }

 private:
  void get(const std::string& key, bool hit) {
    if (store_->get(key) != hit) throw std::runtime_error("wrong answer for " + key);
  }
  void set(const std::string& key) { store_->set(key, rows_.value()); }

  void print(const char* operation, int round, const std::vector<double>& times) const {
    const double sum = std::accumulate(times.begin(), times.end(), 0.0);
    bench::Line(operation, "one client", peer_.name, round)
        .with("value_bytes", static_cast<std::int64_t>(value_size_))
        .with("median_us", bench::median_of(times))
        .with("mean_us", sum / static_cast<double>(times.size()))
        .print();
  }

  const Peer& peer_;
  std::size_t value_size_;
  int reads_;
  bench::Rows rows_;
  std::unique_ptr<Store> store_;
};

// Rounds alternate between the peers, so that a machine growing slower hurts all.
void measure_one_client(const std::vector<Peer>& peers, const Options& options) {
  for (const std::size_t size : kValueSizes) {
    std::vector<std::unique_ptr<Subject>> subjects;
    subjects.reserve(peers.size());
    for (const auto& peer : peers)
      subjects.push_back(std::make_unique<Subject>(peer, options, size));
    for (int round = 0; round < options.rounds; ++round) {
      for (const auto& subject : subjects) {
        sync();  // or this one would wait for what another wrote
        subject->run(round);
      }
    }
  }
}

[[noreturn]] void usage(const char* program) {
  std::fprintf(stderr,
               "usage: %s --place FOLDER|SOCKET [--larder LARDER.SO] [--keys N] [--rounds N]\n",
               program);
  std::exit(2);
}

}  // namespace

Options parse(int argc, char** argv) {
  const option long_options[] = {{"place", required_argument, nullptr, 'p'},
                                 {"larder", required_argument, nullptr, 'l'},
                                 {"keys", required_argument, nullptr, 'k'},
                                 {"rounds", required_argument, nullptr, 'r'},
                                 {nullptr, 0, nullptr, 0}};
  Options options;
  for (int name = 0; (name = getopt_long(argc, argv, "", long_options, nullptr)) != -1;) {
    if (name == 'p') options.place = optarg;
    if (name == 'l') options.larder = optarg;
    if (name == 'k') options.keys = std::atoi(optarg);
    if (name == 'r') options.rounds = std::atoi(optarg);
    if (name == '?') usage(argv[0]);
  }
  if (options.place.empty() || options.keys <= 0 || options.rounds <= 0) usage(argv[0]);
  return options;
}

int run(int argc, char** argv, const std::vector<Peer>& peers) {
  const Options options = parse(argc, argv);
  try {
    measure_one_client(peers, options);
    for (const auto& peer : peers)
      measure_mix(peer, options, Subject::path_of(peer, options, "mix"));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}

}  // namespace peers
