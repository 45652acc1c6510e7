// Measures a queue by how much waits in it: adding, claiming the next, and settling it; and
// claiming fifty by one call against fifty calls.
//
//   larder_queue build/release/larder.so [MOST]
//
// For 10^3, 10^4 … MOST (10^6) ids in a new file: all are added by one INSERT … SELECT; then some
// are claimed and settled one by one, each call a transaction of its own. Nothing is asserted about
// time. Prints JSON lines (bench/line.h).
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bench/database.h"
#include "bench/line.h"
#include "bench/scale.h"
#include "bench/times.h"

namespace {

using bench::Clock;
using bench::Database;
using bench::microseconds_since;
using bench::Statement;

constexpr int kClaims = 1000;  // of each size; all that wait, if that is less

constexpr int kFifty = 50;
constexpr int kFifties = 20;  // in a round
constexpr int kRounds = 10;

void expect(std::int64_t found, std::int64_t number) {
  if (found != number) throw std::runtime_error("other ids were claimed than there are");
}

// Microseconds for each id.
double add(Database& database, std::int64_t waiting) {
  Statement all(database, R"(
INSERT INTO kv_ledger(ledger, id, payload)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
SELECT 'queue', 'id ' || i, i FROM n)");
  all.bind(1, waiting);
  const auto began = Clock::now();
  all.run();
  return microseconds_since(began) / static_cast<double>(waiting);
}

void claim_and_settle(Database& database, std::vector<double>& claims,
                      std::vector<double>& settlements) {
  Statement next(database, "SELECT ledger_next('queue', 600)");
  Statement parse(database, "SELECT json_extract(?1, '$.id'), json_extract(?1, '$.token')");
  Statement done(database, "SELECT ledger_done('queue', ?1, ?2)");
  for (int i = 0; i < kClaims; ++i) {
    auto began = Clock::now();
    if (!next.step()) throw std::runtime_error("nothing to claim");
    const std::string job(next.bytes(0));
    next.reset();
    claims.push_back(microseconds_since(began));

    parse.bind(1, job);
    parse.step();
    const std::string id(parse.bytes(0));
    done.bind(1, id);
    done.bind(2, parse.integer(1));
    parse.reset();

    began = Clock::now();
    if (!done.step() || done.integer(0) != 1) throw std::runtime_error("a claim was lost");
    done.reset();
    settlements.push_back(microseconds_since(began));
  }
}

void measure(const std::string& folder, const std::string& extension, std::int64_t waiting) {
  Database database(folder + "/" + std::to_string(waiting));
  database.load_extension(extension);
  const double added = add(database, waiting);
  database.checkpoint();
  std::vector<double> claims, settlements;
  claim_and_settle(database, claims, settlements);
  const auto print = [&](const char* id, const char* name, double microseconds) {
    bench::Line(id, name, "larder", 0)
        .with("rows", waiting)
        .with("median_us", microseconds)
        .print();
  };
  print("18b", "queue: add, each", added);
  print("18c", "queue: claim the next", bench::median_of(claims));
  print("18d", "queue: settle", bench::median_of(settlements));
}

// Microseconds for each id of those that claim() claims.
double time_fifty(const std::function<void()>& claim) {
  std::vector<double> times;
  for (int i = 0; i < kFifties; ++i) {
    const auto began = Clock::now();
    claim();
    times.push_back(microseconds_since(began) / kFifty);
  }
  return bench::median_of(std::move(times));
}

void measure_fifties(const std::string& folder, const std::string& extension) {
  Database database(folder + "/fifties");
  database.load_extension(extension);
  add(database, 2 * kRounds * kFifties * kFifty);
  Statement next(database, "SELECT ledger_next('queue', 600) IS NOT NULL");
  Statement many(database, "SELECT json_array_length(ledger_next('queue', 600, NULL, 50))");
  const auto one_by_one = [&] {
    for (int i = 0; i < kFifty; ++i) expect(next.run_for_number(), 1);
  };
  const auto at_once = [&] { expect(many.run_for_number(), kFifty); };
  const auto print = [](const char* side, int round, double microseconds) {
    bench::Line("18a", "claim fifty at once, each", side, round)
        .with("median_us", microseconds)
        .print();
  };
  for (int round = 0; round < kRounds; ++round) {
    bench::take_turns(round, [&](bench::Kind kind) {
      if (kind == bench::Kind::kLarder) {
        print("larder", round, time_fifty(at_once));
      } else {
        print("fifty calls", round, time_fifty(one_by_one));
      }
    });
  }
}

void measure_all(const std::string& extension, std::int64_t most) {
  std::string folder = (std::filesystem::temp_directory_path() / "larder-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  for (std::int64_t waiting = 1000; waiting <= most; waiting *= 10)
    measure(folder, extension, waiting);
  measure_fifties(folder, extension);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t most = argc > 2 ? std::atoll(argv[2]) : 1000000;
  if (argc < 2 || most < 1000) {
    std::fprintf(stderr, "usage: larder_queue LARDER.SO [MOST]\n");
    return 2;
  }
  try {
    measure_all(argv[1], most);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_queue: %s\n", error.what());
    return 1;
  }
}
