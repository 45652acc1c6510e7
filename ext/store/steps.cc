// Removing many rows in short steps.
#include "store/steps.h"

#include <algorithm>
#include <chrono>

#include "store/write_scope.h"

namespace larder {

namespace {

using Seconds = std::chrono::duration<double>;

// A writer elsewhere waits for a step to end; on the other hand each step writes again pages that
// the one before has written. So a step has as many rows as fit into this time. (In a replicated
// file, whose machines differ in speed, all steps are of the same length.)
constexpr Seconds kStepTime{0.003};
constexpr std::int64_t kLongestStep = 500;  // rows
constexpr std::int64_t kShortestStep = 100;

// How many rows the next step should have, after one of `rows` has taken that long: what would have
// taken the right time; not at once, as one measurement may be off.
std::int64_t adapted(std::int64_t rows, Seconds taken) {
  const auto now = static_cast<double>(rows);
  const double right = now * (kStepTime / std::max(taken, kStepTime / 100));
  const auto next = static_cast<std::int64_t>(std::clamp(right, now / 2, now * 2));
  return std::clamp(next, kShortestStep, kLongestStep);
}

}  // namespace

std::int64_t remove_in_steps(Connection& connection, const Sweeper& step, std::int64_t most,
                             std::int64_t due) {
  std::int64_t rows = kLongestStep;
  std::int64_t removed = 0;
  for (bool more = true; more && removed < most && due > 0;) {
    WriteScope scope(connection);
    const auto began = std::chrono::steady_clock::now();
    const Swept swept = step(std::min(rows, due), most - removed);
    const Seconds taken = std::chrono::steady_clock::now() - began;
    scope.commit();
    if (swept.handled == rows && !connection.schema().is_replicated()) rows = adapted(rows, taken);
    removed += swept.removed;
    due -= std::min(due, swept.handled);
    more = swept.more;
  }
  return removed;
}

std::int64_t count_at(Connection& connection, Sql count, int parameter, double moment) {
  Query query = connection.query(count);
  query.bind(parameter, moment).step();
  return query.integer(0);
}

}  // namespace larder
