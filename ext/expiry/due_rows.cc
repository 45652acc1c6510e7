// Finding the due rows of one of the user's tables.
#include "expiry/due_rows.h"

#include <algorithm>
#include <cmath>

namespace larder {

namespace {

std::vector<OwnedValue> row_key_of(const Query& row, int size) {
  std::vector<OwnedValue> key;
  for (int i = 0; i < size; ++i) key.push_back(copy_of(row.value(i)));
  return key;
}

// By an index. It finds no more rows than were due at the beginning. Rows that are kept stay in
// front of the others, so those of the latest moment are counted, and passed over.
class OldestRows : public DueRows {
 public:
  OldestRows(Connection& connection, const Target& target, double latest_due)
      : connection_(connection), target_(target), latest_due_(latest_due) {
    Query count = connection.query_once(target.count().c_str());
    count.bind(1, latest_due).step();
    remaining_ = count.integer(0);
  }

  std::vector<DueRow> next(std::int64_t most) override {
    std::vector<DueRow> found;
    Query rows = connection_.query_once(target_.oldest().c_str());
    rows.bind(1, latest_due_).bind(2, moment_).bind(3, std::min(most, remaining_)).bind(4, kept_);
    while (rows.step())
      found.push_back({row_key_of(rows, target_.key_size()), rows.real(target_.key_size())});
    return found;
  }

  void handled(const std::vector<DueRow>& rows) override {
    remaining_ = rows.empty() ? 0 : remaining_ - static_cast<std::int64_t>(rows.size());
    if (rows.empty()) return;
    if (rows.back().moment > moment_) {
      moment_ = rows.back().moment;
      kept_ = 0;
    }
    kept_ += std::count_if(rows.begin(), rows.end(),
                           [&](const DueRow& row) { return row.is_kept && row.moment == moment_; });
  }

  bool is_at_end() const override { return remaining_ == 0; }

 private:
  Connection& connection_;
  const Target& target_;
  double latest_due_;
  std::int64_t remaining_ = 0;
  double moment_ = -HUGE_VAL;  // of the latest row
  std::int64_t kept_ = 0;
};

// Without an index: once through the table, a few thousand rows at a time. It goes no farther than
// what was the last row at the beginning.
class RowsInOrder : public DueRows {
 public:
  RowsInOrder(Connection& connection, const Target& target, double latest_due)
      : connection_(connection), target_(target), latest_due_(latest_due) {
    Query last = connection.query_once(target.last().c_str());
    is_at_end_ = !last.step();
    if (!is_at_end_) last_ = row_key_of(last, target.key_size());
  }

  std::vector<DueRow> next(std::int64_t most) override {
    constexpr std::int64_t kLooksAtRows = 10;  // for each that may be due
    const int size = target_.key_size();
    std::vector<DueRow> found;
    Query rows = connection_.query_once(target_.in_order(!latest_.empty()).c_str());
    rows.bind(1, latest_due_);
    bind_row_key(rows, 2, last_);
    if (!latest_.empty()) bind_row_key(rows, 2 + size, latest_);
    for (std::int64_t looks = most * kLooksAtRows; looks > 0; --looks) {
      is_at_end_ = !rows.step();
      if (is_at_end_) return found;
      if (rows.integer(size) != 0) found.push_back({row_key_of(rows, size)});
      if (static_cast<std::int64_t>(found.size()) == most) break;
    }
    latest_ = row_key_of(rows, size);
    return found;
  }

  void handled(const std::vector<DueRow>&) override {}

  bool is_at_end() const override { return is_at_end_; }

 private:
  Connection& connection_;
  const Target& target_;
  double latest_due_;
  bool is_at_end_ = false;
  std::vector<OwnedValue> last_;    // of the table
  std::vector<OwnedValue> latest_;  // that was looked at
};

}  // namespace

void bind_row_key(Query& query, int first, const std::vector<OwnedValue>& key) {
  for (const OwnedValue& value : key) query.bind(first++, value.get());
}

std::unique_ptr<DueRows> find_due_rows(Connection& connection, const Target& target,
                                       double latest_due) {
  if (target.has_index(connection))
    return std::make_unique<OldestRows>(connection, target, latest_due);
  return std::make_unique<RowsInOrder>(connection, target, latest_due);
}

}  // namespace larder
