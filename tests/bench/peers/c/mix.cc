// 90 % get and 10 % set by eight clients at once: how long the sets take.
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <random>
#include <span>
#include <thread>

#include "bench/line.h"
#include "bench/peers/c/peer.h"
#include "bench/processes.h"
#include "bench/rows.h"
#include "bench/scale.h"
#include "bench/times.h"

namespace peers {

namespace {

constexpr std::size_t kClients = 8;
constexpr int kOperationsPerSet = 10;

// Calls `store` until `sets` is full. Each client draws other keys.
void mix(Store& store, bench::Rows rows, std::size_t client, std::span<double> sets) {
  std::mt19937 random(static_cast<unsigned>(client));
  const auto key = [&]() -> const std::string& { return rows.all()[random() % bench::kFew]; };
  for (double& time : sets) {
    for (int i = 1; i < kOperationsPerSet; ++i) store.get(key());
    const auto began = bench::Clock::now();
    store.set(key(), rows.value());
    time = bench::milliseconds_since(began);
  }
}

// The two ways to run the clients return how many seconds they took.
using Work = std::function<void(Store& store, std::size_t client)>;
using Open = std::function<std::unique_ptr<Store>()>;

double run_processes(const Open& open, const Work& work) {
  return bench::run_processes(kClients, [&](std::size_t client) {
    const auto store = open();
    bench::wait_for_the_others();
    work(*store, client);
  });
}

double run_threads(const Open& open, const Work& work) {
  const auto store = open();
  const auto began = bench::Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t client = 0; client < kClients; ++client)
    threads.emplace_back(work, std::ref(*store), client);
  for (auto& thread : threads) thread.join();
  return bench::seconds_since(began);
}

}  // namespace

void measure_mix(const Peer& peer, const Options& options, const std::string& path) {
  const bench::Rows rows(bench::kFew, bench::kSmall);
  const Open open = [&] { return peer.open(options, path); };
  {
    const auto store = open();  // no library wants to be open across a fork()
    auto filling = rows;
    for (const auto& key : rows.all()) store->set(key, filling.value());
  }
  const auto sets = static_cast<std::size_t>(std::max(1, options.keys / 40));
  bench::Shared<double> times(kClients * sets);
  const Work work = [&](Store& store, std::size_t client) {
    mix(store, rows, client, {&times[client * sets], sets});
  };
  for (int round = 0; round < options.rounds; ++round) {
    sync();
    const double seconds = peer.clients == Peer::Clients::kThreads ? run_threads(open, work)
                                                                   : run_processes(open, work);
    const std::vector<double> all(times.begin(), times.end());
    bench::Line("mix", "90 % get, 10 % set, 8 clients", peer.name, round)
        .with("value_bytes", static_cast<std::int64_t>(bench::kSmall))
        .with("seconds", seconds)
        .with("p99_set_ms", bench::quantile_of(all, 0.99))
        .with("longest_set_ms", bench::quantile_of(all, 1))
        .print();
  }
}

}  // namespace peers
