// kv_sweep(): what is dead goes, of every feature.
#include <algorithm>

#include "kv/kv.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Rows a step removes at most: a writer elsewhere waits no longer than one step takes.
constexpr std::int64_t kStep = 500;

// One step in a transaction of its own, where the caller has none.
std::int64_t sweep_step(Connection& connection, const Feature& feature, std::int64_t most,
                        bool* more) {
  WriteScope scope(connection);
  const std::int64_t removed = feature.sweep(connection, most, more);
  scope.commit();
  return removed;
}

}  // namespace

void kv_sweep(Connection& connection, Call& call) {
  std::int64_t left = INT64_MAX;
  if (call.count() > 0 && !is_null(call[0])) {
    left = integer_of(call[0], "max_rows");
    if (left < 0) throw Error("max_rows must be 0 or more; got " + describe(call[0]));
  }
  std::int64_t removed = 0;
  const bool has_tables = connection.schema().has("larder_meta");
  for (const Feature* feature : connection.features()) {
    bool more = has_tables && feature->sweep != nullptr;
    while (more && left > 0) {
      const std::int64_t step = sweep_step(connection, *feature, std::min(left, kStep), &more);
      removed += step;
      left -= step;
    }
  }
  call.result(removed);
}

}  // namespace larder
