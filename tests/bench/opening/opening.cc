// Measures what a program pays before its first answer: loading Larder, and opening a file.
//
//   larder_opening build/release/larder.so [ROUNDS]
//
// Each round is a process of its own, so that its first load is the first. Prints JSON lines
// (bench/line.h). Nothing is asserted about time.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bench/line.h"
#include "bench/processes.h"
#include "bench/scale.h"
#include "bench/times.h"

namespace {

using bench::Clock;
using bench::Database;
using bench::Kind;
using bench::Line;
using bench::Statement;

constexpr int kTimes = 400;  // in a round
constexpr char kKey[] = "user:7";

// What loading Larder sets, too, and a careful engineer by hand.
constexpr char kSettings[] = R"(
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON)";

void get(Statement& statement) {
  if (!statement.step() || statement.bytes(0).empty())
    throw std::runtime_error("the key is missing");
}

double microseconds_to_load(const std::string& path, const std::string& extension) {
  Database database(path, "");
  const auto began = Clock::now();
  database.load_extension(extension);
  return bench::microseconds_since(began);
}

double microseconds_to_answer(Kind kind, const std::string& path, const std::string& extension) {
  const auto began = Clock::now();
  Database database(path, kind == Kind::kLarder ? "" : kSettings);
  if (kind == Kind::kLarder) database.load_extension(extension);
  Statement statement(database, kind == Kind::kLarder ? "SELECT cache_get(?1)" : bench::kGetByHand);
  statement.bind(1, kKey);
  if (kind == Kind::kHand) statement.bind(2, std::int64_t{std::time(nullptr)});
  get(statement);
  return bench::microseconds_since(began);
}

double median(const std::function<double()>& measure) {
  std::vector<double> times(kTimes);
  for (double& time : times) time = measure();
  return bench::median_of(std::move(times));
}

void print(const char* id, const char* name, Kind kind, int round, double microseconds) {
  Line(id, name, name_of(kind), round).with("median_us", microseconds).print();
}

void measure(Kind kind, const std::string& path, const std::string& extension, int round) {
  const bool is_larder = kind == Kind::kLarder;
  const auto load = [&] { return microseconds_to_load(path, extension); };
  const auto answer = [&] { return microseconds_to_answer(kind, path, extension); };
  if (is_larder) print("20b", "load, a process's first time", kind, round, load());
  print("20c", "open a file, get a key", kind, round, median(answer));

  // Whoever opens a file alone makes the files of its write-ahead log, and removes them. Here that
  // is done already, so that what remains is loading itself.
  Database another(path);
  another.run("SELECT count(*) FROM sqlite_schema");
  if (is_larder) print("20a", "load, when it is not the first", kind, round, median(load));
  print("20d", "the same, others have it open", kind, round, median(answer));
}

// This process itself must not load Larder.
void in_a_process(const std::function<void()>& work) {
  bench::run_processes(1, [&](std::size_t) {
    bench::wait_for_the_others();
    work();
  });
}

void measure_all(const std::string& extension, int rounds) {
  std::string folder = (std::filesystem::temp_directory_path() / "larder-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  const auto path_of = [&](Kind kind) { return folder + "/" + name_of(kind); };
  for (const Kind kind : bench::kKinds) {
    in_a_process([&] {
      const auto side = make_side(kind, path_of(kind), extension);
      for (int i = 0; i < bench::kFew; ++i) side->set({"user:" + std::to_string(i), "a value"});
    });
  }
  for (int round = 0; round < rounds; ++round) {
    bench::take_turns(round, [&](Kind kind) {
      in_a_process([&] { measure(kind, path_of(kind), extension, round); });
    });
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 10;
  if (argc < 2 || rounds < 1) {
    std::fprintf(stderr, "usage: larder_opening LARDER.SO [ROUNDS]\n");
    return 2;
  }
  try {
    measure_all(argv[1], rounds);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_opening: %s\n", error.what());
    return 1;
  }
}
