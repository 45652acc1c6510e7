// Tokens of one id only grow, so that a claim that was lost can never be taken for a later one.
// While a row is there it remembers its latest token; before rows are removed, the file remembers
// the highest they have: the fence. What is added later begins above it.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

// In a statement: the fence, and the next token of the row that is written or of a new one.
#define LARDER_LEDGER_FENCE \
  "coalesce((SELECT value FROM main.larder_meta WHERE name = 'ledger.fence'), 0)"
#define LARDER_LEDGER_NEW_TOKEN "1 + " LARDER_LEDGER_FENCE
#define LARDER_LEDGER_NEXT_TOKEN "1 + coalesce(token, " LARDER_LEDGER_FENCE ")"

// How rows are removed: first the fence is raised, then they go. Where the second fails and the
// first cannot be undone, tokens have a gap, and no more.
struct Removal {
  Sql raise_fence;
  Sql remove;

  // Removes the rows; `bind` binds what the condition needs, in each of the two statements. Returns
  // how many rows were removed. Needs a WriteScope, or a statement that writes around it.
  template <class Bind>
  std::int64_t run(Connection& connection, Bind&& bind) const {
    for (const Sql sql : {raise_fence, remove}) {
      Query query = connection.query(sql);
      bind(query);
      query.run();
    }
    return sqlite3_changes(connection.db());
  }
};

// The Removal of the rows of larder_ledger for which `condition`, a literal, is true. (What was
// only ever marked has no token.)
#define LARDER_LEDGER_REMOVAL(condition)                                              \
  {                                                                                   \
    "INSERT INTO main.larder_meta(name, value) SELECT 'ledger.fence', greatest FROM " \
    "(SELECT max(token) AS greatest FROM main.larder_ledger WHERE " condition         \
    ") WHERE greatest > 0 "                                                           \
    "ON CONFLICT(name) DO UPDATE SET value = excluded.value WHERE value < "           \
    "excluded.value",                                                                 \
        "DELETE FROM main.larder_ledger WHERE " condition                             \
  }

}  // namespace larder
