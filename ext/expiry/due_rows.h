// Finding the due rows of one of the user's tables.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "expiry/target.h"

namespace larder {

struct DueRow {
  std::vector<OwnedValue> key;
  double moment = 0;     // only by an index
  bool is_kept = false;  // to be set when it could not be deleted
};

// Binds a key to the parameters of a statement from `first` on.
void bind_row_key(Query& query, int first, const std::vector<OwnedValue>& key);

// A search for due rows, in portions. It comes to an end also when a trigger of the user's keeps
// rows or makes new ones.
class DueRows {
 public:
  DueRows() = default;
  DueRows(const DueRows&) = delete;
  DueRows& operator=(const DueRows&) = delete;
  virtual ~DueRows() = default;

  // The next due rows, `rows` of them or less; perhaps none, though there are more. `most` is how
  // many are wanted in all. They are good until the next call.
  virtual std::span<DueRow> next(std::int64_t rows, std::int64_t most) = 0;

  virtual bool is_at_end() const = 0;
};

// Begins a search, for moments of `latest_due` or less: by an index where there is one, the oldest
// first, and else through the whole table. `target` must outlive it. Make it outside of a
// transaction if you can, as counting rows then holds nobody up.
std::unique_ptr<DueRows> find_due_rows(Connection& connection, const Target& target,
                                       double latest_due);

}  // namespace larder
