// What is measured, and one round of it.
#include "bench/workload.h"

#include <stdexcept>
#include <string>

#include "bench/scale.h"
#include "bench/times.h"

namespace bench {

namespace {

using On = Workload::On;
using In = Workload::In;
using Commit = Workload::Commit;

constexpr int kShort = 50;  // reads take about as long as looking at the clock a hundred times

const std::vector<Workload> kWorkloads = {
    {"1", "get, hot, autocommit",  //
     &Side::get, nullptr, true, On::kFewStored, In::kCache, Commit::kEach, 20000, kShort},
    {"2", "get, not hot, autocommit",  //
     &Side::get, nullptr, true, On::kStored, In::kCache, Commit::kEach, 20000, kShort},
    {"3", "get in one open transaction",  //
     &Side::get, nullptr, true, On::kStored, In::kCache, Commit::kNever, 20000, kShort},
    {"4", "miss, autocommit",  //
     &Side::get, nullptr, false, On::kMissing, In::kCache, Commit::kEach, 20000, kShort},
    {"4r", "repeated miss, autocommit",  //
     &Side::get, nullptr, false, On::kFewMissing, In::kCache, Commit::kEach, 20000, kShort},
    {"5", "overwrite, autocommit",  //
     &Side::set, nullptr, true, On::kStored, In::kCache, Commit::kEach, 4000, 1},
    {"6", "new key, autocommit",  //
     &Side::set, nullptr, true, On::kFresh, In::kCache, Commit::kEach, 4000, 1},
    {"7a", "bulk load, one set a row",  //
     &Side::set, nullptr, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7b", "bulk load, INSERT ... SELECT",  //
     nullptr, &Side::copy, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7c", "bulk load, INSERT OR REPLACE",  //
     nullptr, &Side::replace, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7d", "7b against hand's INSERT ... SELECT",  //
     nullptr, &Side::copy_in_sql, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"7e", "7c against hand's INSERT ... SELECT",  //
     nullptr, &Side::replace_in_sql, true, On::kStored, In::kNothing, Commit::kTimed, 0, 0},
    {"16c", "bulk load of a queue",  //
     nullptr, &Side::add_ids, true, On::kStored, In::kNoIds, Commit::kTimed, 0, 0},
    {"16d", "INSERT ... WHERE ledger_mark",  //
     nullptr, &Side::mark_ids, true, On::kStored, In::kNoIds, Commit::kTimed, 0, 0},
    {"16e", "DELETE of the done ids of a queue",  //
     nullptr, &Side::delete_done, true, On::kStored, In::kQueue, Commit::kTimed, 0, 0},
    {"9a", "ledger_mark, new id",  //
     &Side::mark, nullptr, true, On::kFresh, In::kLedger, Commit::kEach, 4000, 1},
    {"9b", "ledger_mark, known id",  //
     &Side::mark, nullptr, false, On::kFewStored, In::kLedger, Commit::kEach, 20000, kShort},
    {"9c", "ledger_seen, known id",  //
     &Side::seen, nullptr, true, On::kFewStored, In::kLedger, Commit::kEach, 20000, kShort},
    {"9d", "9b, not hot",  //
     &Side::mark, nullptr, false, On::kStored, In::kLedger, Commit::kEach, 20000, kShort},
    {"9e", "9c, not hot",  //
     &Side::seen, nullptr, true, On::kStored, In::kLedger, Commit::kEach, 20000, kShort},
};

void operate(const Workload& workload, Side& side, const std::string& key, Rows& rows) {
  if ((side.*workload.operation)({key, rows.value()}) == workload.answer) return;
  throw std::runtime_error("workload " + std::string(workload.id) + ": wrong answer for " + key);
}

// All keys in one transaction, which is what is timed.
double run_bulk(const Workload& workload, Side& side, const Keys& keys, Rows& rows) {
  const auto began = Clock::now();
  if (workload.statement != nullptr) {
    (side.*workload.statement)();
  } else {
    side.database().run("BEGIN");
    for (const auto& key : keys) operate(workload, side, key, rows);
    side.database().run("COMMIT");
  }
  return microseconds_since(began) / static_cast<double>(keys.size());
}

}  // namespace

const std::vector<Workload>& workloads() { return kWorkloads; }

Keys keys_for(const Workload& workload, Rows& rows, int operations) {
  if (workload.commit == Commit::kTimed) return rows.all();
  switch (workload.on) {
    case On::kStored:
      return rows.stored.next(operations);
    case On::kFewStored:
      return rows.stored.some_of(kFew, operations, rows.random());
    case On::kMissing:
      return rows.missing.next(operations);
    case On::kFewMissing:
      return rows.missing.some_of(kFew, operations, rows.random());
    case On::kFresh:
      return rows.fresh.next(operations);
  }
  return {};
}

void warm(const Workload& workload, Side& side, const Keys& keys, Rows& rows) {
  if (workload.commit == Commit::kTimed || workload.on == On::kFresh) return;
  if (!workload.is_hot()) return operate(workload, side, keys.front(), rows);
  for (int i = 0; i < 2; ++i) {
    for (const auto& key : keys) operate(workload, side, key, rows);
  }
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
    for (std::size_t from = 0; from + batch <= keys.size(); from += batch) {
      const auto began = Clock::now();
      for (std::size_t i = 0; i < batch; ++i) operate(workload, side, keys[from + i], rows);
      times.push_back(microseconds_since(began) / workload.batch);
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
