// Workload 13: a hot hit of Larder's against LMDB's get, which copies the value as well, since it
// is gone with the transaction. Both have the same 2,000 keys, which come in the same order.
#include <unistd.h>

#include <cstdio>

#include "bench/line.h"
#include "bench/peers/c/lmdb_store.h"
#include "bench/rows.h"
#include "bench/scale.h"
#include "bench/times.h"

namespace {

constexpr int kGets = 20000;  // in a round
constexpr int kGetsPerLook = 50;
constexpr int kRoundsPerRound = 4;  // of the other peers: these are short

void store_all(const auto& set) {
  bench::Rows rows(bench::kFew, bench::kSmall);
  for (const auto& key : rows.all()) set(key, rows.value());
}

// The median of the µs that a get takes; get(key) must be true.
double time_all(const bench::Keys& keys, const auto& get) {
  std::vector<double> times;
  for (std::size_t from = 0; from + kGetsPerLook <= keys.size(); from += kGetsPerLook) {
    const auto began = bench::Clock::now();
    for (std::size_t i = from; i < from + kGetsPerLook; ++i) {
      if (!get(keys[i])) throw std::runtime_error("a key is missing: " + keys[i]);
    }
    times.push_back(bench::microseconds_since(began) / kGetsPerLook);
  }
  return bench::median_of(std::move(times));
}

void print(const char* side, int round, double microseconds) {
  bench::Line("13", "get, hot, against LMDB", side, round)
      .with("value_bytes", static_cast<std::int64_t>(bench::kSmall))
      .with("median_us", microseconds)
      .print();
}

void measure(const peers::Options& options) {
  const auto larder = bench::make_larder(options.place + "/larder", options.larder);
  peers::Lmdb lmdb(options.place + "/lmdb", MDB_NOSYNC);
  store_all([&](const auto& key, auto value) { larder->set({key, value}); });
  store_all([&](const auto& key, auto value) { lmdb.set(key, value); });
  std::string copy;
  const auto get_larder = [&](const std::string& key) { return larder->get({key, {}}); };
  const auto get_lmdb = [&](const std::string& key) {
    return lmdb.get(key, [&](std::string_view value) { copy = value; });
  };
  bench::Rows rows(bench::kFew, bench::kSmall);
  for (int i = 0; i < 2; ++i) time_all(rows.all(), get_larder);  // what is asked for twice is hot
  for (int round = 0; round < kRoundsPerRound * options.rounds; ++round) {
    const auto keys = rows.stored.some_of(bench::kFew, kGets, rows.random());
    bench::take_turns(round, [&](bench::Kind kind) {
      if (kind == bench::Kind::kLarder) {
        print("larder", round, time_all(keys, get_larder));
      } else {
        print("LMDB", round, time_all(keys, get_lmdb));
      }
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    measure(peers::parse(argc, argv));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}
