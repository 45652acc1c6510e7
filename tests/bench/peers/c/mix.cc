// 90 % get and 10 % set by eight clients at once: how long the sets take.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <span>
#include <stdexcept>
#include <thread>

#include "bench/peers/c/peer.h"
#include "bench/rows.h"

namespace peers {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kClients = 8;
constexpr int kKeys = 2000;
constexpr std::size_t kValueSize = 100;
constexpr int kOperationsPerSet = 10;

// Milliseconds of each set of each client, in memory that children share with their parent.
class Times {
 public:
  explicit Times(std::size_t of_a_client)
      : of_a_client_(of_a_client),
        memory_(mmap(nullptr, size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
  }
  Times(const Times&) = delete;
  Times& operator=(const Times&) = delete;
  ~Times() { munmap(memory_, size()); }

  std::span<double> all() const { return {static_cast<double*>(memory_), kClients * of_a_client_}; }
  std::span<double> of(std::size_t client) const {
    return all().subspan(client * of_a_client_, of_a_client_);
  }

 private:
  std::size_t size() const { return kClients * of_a_client_ * sizeof(double); }

  std::size_t of_a_client_;
  void* memory_;
};

// Calls `store` until `sets` is full. Each client draws other keys.
void mix(Store& store, bench::Rows rows, std::size_t client, std::span<double> sets) {
  std::mt19937 random(static_cast<unsigned>(client));
  const auto key = [&]() -> const std::string& { return rows.all()[random() % kKeys]; };
  for (double& time : sets) {
    for (int i = 1; i < kOperationsPerSet; ++i) store.get(key());
    const auto began = Clock::now();
    store.set(key(), rows.value());
    time = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
  }
}

// What a child does: opens the store, stops until all others have done so too, and works.
[[noreturn]] void live(const Peer& peer, const std::function<void(Store&)>& work,
                       const std::function<std::unique_ptr<Store>()>& open) {
  try {
    auto store = open();
    std::raise(SIGSTOP);
    work(*store);
    store.reset();
    std::_Exit(0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", peer.name, error.what());
    std::_Exit(1);
  }
}

void wait_for(pid_t child, bool (*as_expected)(int status)) {
  int status = 0;
  if (waitpid(child, &status, WUNTRACED) != child || !as_expected(status))
    throw std::runtime_error("a client failed");
}

// Those that still live at the end are ended: none may be left stopped.
class Children {
 public:
  Children() = default;
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() {
    for (const pid_t child : children_) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
  }

  // Starts a child and returns when it has stopped itself.
  void start(const std::function<void()>& life) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) life();
    children_.push_back(child);
    wait_for(child, [](int status) { return WIFSTOPPED(status); });
  }

  void run_to_the_end() {
    for (const pid_t child : children_) kill(child, SIGCONT);
    while (!children_.empty()) {
      const pid_t child = children_.back();
      children_.pop_back();
      wait_for(child, [](int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; });
    }
  }

 private:
  std::vector<pid_t> children_;
};

// The two ways to run the clients return how many seconds they took.
using Work = std::function<void(Store& store, std::size_t client)>;
using Open = std::function<std::unique_ptr<Store>()>;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

double run_processes(const Peer& peer, const Open& open, const Work& work) {
  Children children;
  for (std::size_t client = 0; client < kClients; ++client)
    children.start([&] {
      live(
          peer, [&](Store& store) { work(store, client); }, open);
    });
  const auto began = Clock::now();
  children.run_to_the_end();
  return seconds_since(began);
}

double run_threads(const Open& open, const Work& work) {
  const auto store = open();
  const auto began = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t client = 0; client < kClients; ++client)
    threads.emplace_back(work, std::ref(*store), client);
  for (auto& thread : threads) thread.join();
  return seconds_since(began);
}

}  // namespace

void measure_mix(const Peer& peer, const Options& options, const std::string& path) {
  const bench::Rows rows(kKeys, kValueSize);
  const Open open = [&] { return peer.open(options, path); };
  {
    const auto store = open();  // no library wants to be open across a fork()
    auto filling = rows;
    for (const auto& key : rows.all()) store->set(key, filling.value());
  }
  const auto sets = static_cast<std::size_t>(std::max(1, options.keys / 40));
  const Times times(sets);
  const Work work = [&](Store& store, std::size_t client) {
    mix(store, rows, client, times.of(client));
  };
  for (int round = 0; round < options.rounds; ++round) {
    sync();
    const double seconds = peer.clients == Peer::Clients::kThreads
                               ? run_threads(open, work)
                               : run_processes(peer, open, work);
    std::vector<double> sorted(times.all().begin(), times.all().end());
    std::sort(sorted.begin(), sorted.end());
    std::printf(
        "{\"workload\": \"mix\", \"name\": \"90 %% get, 10 %% set, %zu clients\", "
        "\"value_bytes\": %zu, \"side\": \"%s\", \"round\": %d, \"seconds\": %.4f, "
        "\"p99_set_ms\": %.4f, \"longest_set_ms\": %.4f}\n",
        kClients, kValueSize, peer.name, round, seconds, sorted[sorted.size() * 99 / 100],
        sorted.back());
    std::fflush(stdout);
  }
}

}  // namespace peers
