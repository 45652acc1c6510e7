// What is measured, and one round of it.
#include "bench/workload.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

using On = Workload::On;
using In = Workload::In;
using Commit = Workload::Commit;

constexpr int kShort = 50;  // reads take about as long as looking at the clock a hundred times

const std::vector<Workload> kWorkloads = {
    {"2", "get, autocommit", 1.15,  //
     &Side::get, nullptr, true, On::kStored, In::kCache, Commit::kEach, 20000, kShort},
    {"3", "get in one open transaction", 1.20,  //
     &Side::get, nullptr, true, On::kStored, In::kCache, Commit::kNever, 20000, kShort},
    {"4", "miss, autocommit", 1.15,  //
     &Side::get, nullptr, false, On::kMissing, In::kCache, Commit::kEach, 20000, kShort},
    {"5", "overwrite, autocommit", 0.60,  //
     &Side::set, nullptr, true, On::kStored, In::kCache, Commit::kEach, 4000, 1},
    {"6", "new key, autocommit", 1.05,  //
     &Side::set, nullptr, true, On::kFresh, In::kCache, Commit::kEach, 4000, 1},
    {"7a", "bulk load, one set a row", 1.25,  //
     &Side::set, nullptr, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7b", "bulk load, INSERT ... SELECT", 1.15,  //
     nullptr, &Side::copy, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7c", "bulk load, INSERT OR REPLACE", 1.15,  //
     nullptr, &Side::replace, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7d", "7b against hand's INSERT ... SELECT", 0,  //
     nullptr, &Side::copy_in_sql, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7e", "7c against hand's INSERT ... SELECT", 0,  //
     nullptr, &Side::replace_in_sql, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"9a", "ledger_mark, new id", 1.15,  //
     &Side::mark, nullptr, true, On::kFresh, In::kLedger, Commit::kEach, 4000, 1},
    {"9b", "ledger_mark, known id", 0.60,  //
     &Side::mark, nullptr, false, On::kStored, In::kLedger, Commit::kEach, 20000, kShort},
    {"9c", "ledger_seen, known id", 0.30,  //
     &Side::seen, nullptr, true, On::kStored, In::kLedger, Commit::kEach, 20000, kShort},
};

class Stopwatch {
 public:
  // Microseconds since the last look.
  double look() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double, std::micro> passed = now - from_;
    from_ = now;
    return passed.count();
  }

 private:
  std::chrono::steady_clock::time_point from_ = std::chrono::steady_clock::now();
};

double median_of(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

void operate(const Workload& workload, Side& side, const std::string& key, Rows& rows) {
  if ((side.*workload.operation)({key, rows.value()}) == workload.answer) return;
  throw std::runtime_error("workload " + std::string(workload.id) + ": wrong answer for " + key);
}

// All keys in one transaction, which is what is timed.
double run_bulk(const Workload& workload, Side& side, const Keys& keys, Rows& rows) {
  Stopwatch stopwatch;
  if (workload.statement != nullptr) {
    (side.*workload.statement)();
  } else {
    side.database().run("BEGIN");
    for (const auto& key : keys) operate(workload, side, key, rows);
    side.database().run("COMMIT");
  }
  return stopwatch.look() / static_cast<double>(keys.size());
}

}  // namespace

const std::vector<Workload>& workloads() { return kWorkloads; }

std::vector<Workload> find_workloads(std::string_view id) {
  std::vector<Workload> found;
  for (const auto& workload : kWorkloads) {
    if (workload.id.starts_with(id)) found.push_back(workload);
  }
  if (found.empty()) throw std::runtime_error("there is no workload " + std::string(id));
  return found;
}

Keys keys_for(const Workload& workload, Rows& rows, int operations) {
  if (workload.commit == Commit::kTimed) return rows.all();
  switch (workload.on) {
    case On::kStored:
      return rows.some(operations);
    case On::kMissing:
      return rows.missing(operations);
    case On::kFresh:
      return rows.fresh(operations);
  }
  return {};
}

Round run_round(const Workload& workload, Side& side, const Keys& keys, Rows& rows) {
  const auto count = static_cast<double>(keys.size());
  const std::int64_t pages = side.database().pages_written();
  Round round;
  if (workload.commit == Commit::kTimed) {
    round.mean = round.median = run_bulk(workload, side, keys, rows);
  } else {
    if (workload.commit == Commit::kNever) side.database().run("BEGIN");
    const auto batch = static_cast<std::size_t>(workload.batch);
    std::vector<double> times;
    times.reserve(keys.size() / batch);
    Stopwatch stopwatch;
    for (std::size_t from = 0; from + batch <= keys.size(); from += batch) {
      for (std::size_t i = 0; i < batch; ++i) operate(workload, side, keys[from + i], rows);
      times.push_back(stopwatch.look() / workload.batch);
    }
    double sum = 0;
    for (const double time : times) sum += time;
    round.mean = sum / static_cast<double>(times.size());
    round.median = median_of(std::move(times));
    if (workload.commit == Commit::kNever) side.database().run("COMMIT");
  }
  round.pages_written = static_cast<double>(side.database().pages_written() - pages) / count;
  return round;
}

}  // namespace bench
