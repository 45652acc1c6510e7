// kv_sweep(): removes the dead rows of every feature.
#include "kv/kv.h"
#include "store/steps.h"

namespace larder {

void kv_sweep(Connection& connection, Call& call) {
  std::int64_t limit = INT64_MAX;
  if (call.count() > 0 && !is_null(call[0])) {
    limit = integer_of(call[0], "max_rows");
    if (limit < 0) throw Error("max_rows must be 0 or more; got " + describe(call[0]));
  }
  std::int64_t removed = 0;
  if (connection.schema().has("larder_meta")) {
    for (const Feature* feature : connection.features()) {
      if (feature->sweep == nullptr || removed == limit) continue;
      removed += remove_in_steps(connection, feature->sweep(connection), limit - removed);
    }
  }
  call.result(removed);
}

}  // namespace larder
