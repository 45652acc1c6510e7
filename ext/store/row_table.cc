// Read-only virtual tables that are described by rows.
#include "store/row_table.h"

namespace larder {

void choose_scan(const TableRows& rows, Index& index) {
  const Lookup* best = nullptr;
  int best_constraint = 0;
  for (const Lookup& lookup : rows.lookups) {
    const auto constraint = index.find(lookup.column, SQLITE_INDEX_CONSTRAINT_EQ);
    if (!constraint || (best != nullptr && lookup.scan.cost >= best->scan.cost)) continue;
    best = &lookup;
    best_constraint = *constraint;
  }
  if (best == nullptr) return index.choose(0, rows.all.name, rows.all.cost, rows.all.rows);
  if (best->by == Lookup::By::kKey) {
    index.hand_over(best_constraint);
  } else {
    index.pass(best_constraint);
  }
  const int plan = static_cast<int>(best - rows.lookups.data()) + 1;
  index.choose(plan, best->scan.name, best->scan.cost, best->scan.rows);
}

void RowTableCursor::filter(int plan, Values arguments) {
  clear();
  if (!connection_.schema().has(rows_.source)) return;
  const Lookup* lookup = plan > 0 ? &rows_.lookups[plan - 1] : nullptr;
  Query query = connection_.query(lookup != nullptr ? lookup->scan.select : rows_.all.select);
  if (rows_.now_parameter > 0) query.bind(rows_.now_parameter, connection_.clock().now());
  if (lookup != nullptr) {
    if (lookup->by == Lookup::By::kKey) {
      query.bind_key(1, keep(arguments[0]));
    } else {
      query.bind(1, arguments[0]);
    }
  }
  start(std::move(query));
}

}  // namespace larder
