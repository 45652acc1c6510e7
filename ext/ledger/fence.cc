// The highest token of the rows that were removed.
#include "ledger/fence.h"

#include <algorithm>

namespace larder {

namespace {

constexpr char kRaise[] = R"(
INSERT INTO main.larder_meta(name, value) VALUES ('ledger.fence', ?1)
ON CONFLICT(name) DO UPDATE SET value = excluded.value
WHERE value < excluded.value)";

}  // namespace

std::int64_t remove_rows(Connection& connection, Query removal) {
  std::int64_t removed = 0;
  std::int64_t highest = 0;
  for (; removal.step(); ++removed) highest = std::max(highest, removal.integer(0));
  // What was only ever marked has no token.
  if (highest > 0) connection.query(kRaise).bind(1, highest).run();
  return removed;
}

}  // namespace larder
