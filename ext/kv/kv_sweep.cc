// kv_sweep(): removes the dead rows of every feature.
#include <optional>

#include "kv/kv.h"
#include "store/steps.h"

namespace larder {

namespace {

std::int64_t sweep_all(Connection& connection, const Feature& feature) {
  const auto count = feature.count_due;
  const std::int64_t due = count != nullptr ? count(connection) : INT64_MAX;
  return remove_in_steps(connection, feature.sweep(connection), INT64_MAX, due);
}

}  // namespace

void kv_sweep(Connection& connection, Call& call) {
  std::optional<std::int64_t> limit;
  if (call.count() > 0 && !is_null(call[0])) {
    limit = integer_of(call[0], "max_rows");
    if (*limit < 0) throw Error("max_rows must be 0 or more; got " + describe(call[0]));
  }
  if (limit == 0) return call.result(std::int64_t{0});
  connection.schema().lock();
  std::int64_t removed = 0;
  if (connection.schema().has("larder_meta")) {
    connection.schema().ensure();
    for (const Feature* feature : connection.features()) {
      if (feature->sweep == nullptr || removed == limit) continue;
      removed += limit ? remove_in_steps(connection, feature->sweep(connection), *limit - removed)
                       : sweep_all(connection, *feature);
    }
  }
  call.result(removed);
}

}  // namespace larder
