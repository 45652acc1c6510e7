// kv_sweep(): what is dead goes, of every feature.
#include <algorithm>
#include <chrono>

#include "kv/kv.h"
#include "store/write_scope.h"

namespace larder {

namespace {

using Seconds = std::chrono::duration<double>;

// A writer elsewhere waits for a step to end; on the other hand each step writes again pages that
// the one before has written. So a step has as many rows as fit into this time.
constexpr Seconds kStepTime{0.003};
constexpr std::int64_t kLongestStep = 500;  // rows
constexpr std::int64_t kShortestStep = 100;

// One sweep of one feature.
class Sweep {
 public:
  Sweep(Connection& connection, const Feature& feature, std::int64_t limit)
      : connection_(connection), step_(feature.sweep(connection)), limit_(limit) {}

  // Returns the rows removed.
  std::int64_t run() {
    std::int64_t removed = 0;
    for (bool more = true; more && removed < limit_;) {
      const Swept swept = step(limit_ - removed);
      removed += swept.removed;
      more = swept.more;
    }
    return removed;
  }

 private:
  // In a transaction of its own, where the caller has none.
  Swept step(std::int64_t most) {
    WriteScope scope(connection_);
    const auto began = std::chrono::steady_clock::now();
    const Swept swept = step_(rows_, most);
    const Seconds taken = std::chrono::steady_clock::now() - began;
    scope.commit();
    if (swept.handled == rows_) adapt(taken);
    return swept;
  }

  // To what would have taken the right time; not at once, as one measurement may be off.
  void adapt(Seconds taken) {
    const auto rows = static_cast<double>(rows_);
    const double right = rows * (kStepTime / std::max(taken, kStepTime / 100));
    rows_ = static_cast<std::int64_t>(std::clamp(right, rows / 2, rows * 2));
    rows_ = std::clamp(rows_, kShortestStep, kLongestStep);
  }

  Connection& connection_;
  Sweeper step_;
  std::int64_t limit_;
  std::int64_t rows_ = kLongestStep;
};

}  // namespace

void kv_sweep(Connection& connection, Call& call) {
  std::int64_t limit = INT64_MAX;
  if (call.count() > 0 && !is_null(call[0])) {
    limit = integer_of(call[0], "max_rows");
    if (limit < 0) throw Error("max_rows must be 0 or more; got " + describe(call[0]));
  }
  std::int64_t removed = 0;
  if (connection.schema().has("larder_meta")) {
    for (const Feature* feature : connection.features()) {
      if (feature->sweep == nullptr) continue;
      removed += Sweep(connection, *feature, limit - removed).run();
    }
  }
  call.result(removed);
}

}  // namespace larder
