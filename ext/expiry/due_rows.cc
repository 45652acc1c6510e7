// Finding the due rows of one of the user's tables.
#include "expiry/due_rows.h"

#include <algorithm>
#include <cmath>

namespace larder {

namespace {

std::vector<OwnedValue> row_key_of(const Query& row, int size) {
  std::vector<OwnedValue> key;
  key.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) key.push_back(copy_of(row.value(i)));
  return key;
}

// By an index. It finds no more rows than were due at the beginning. Many are looked up at once and
// go in the order of the table, in which the rows of a step share their pages: each step writes
// every page that it has changed.
class OldestRows : public DueRows {
 public:
  OldestRows(Connection& connection, const Target& target, double latest_due)
      : connection_(connection), target_(target), latest_due_(latest_due) {
    Query count = connection.query_once(target.count().c_str());
    count.bind(1, latest_due).step();
    remaining_ = count.integer(0);
  }

  std::span<DueRow> next(std::int64_t rows, std::int64_t most) override {
    constexpr std::int64_t kPortionsAhead = 32;
    if (given_ == ahead_.size()) look_ahead(std::min({rows * kPortionsAhead, most, remaining_}));
    const auto wanted = static_cast<std::size_t>(std::min(rows, most));
    const std::size_t count = std::min(wanted, ahead_.size() - given_);
    given_ += count;
    return std::span(ahead_).subspan(given_ - count, count);
  }

  bool is_at_end() const override { return remaining_ == 0 && given_ == ahead_.size(); }

 private:
  void look_ahead(std::int64_t rows) {
    pass_over_kept();
    ahead_.clear();
    given_ = 0;
    const int size = target_.key_size();
    Query oldest = connection_.query_once(target_.oldest_in_order().c_str());
    oldest.bind(1, latest_due_).bind(2, moment_).bind(3, rows).bind(4, kept_);
    while (oldest.step()) ahead_.push_back({row_key_of(oldest, size), oldest.real(size)});
    remaining_ = ahead_.empty() ? 0 : remaining_ - static_cast<std::int64_t>(ahead_.size());
  }

  // Rows that are kept stay in front of the others. The next look begins at the latest moment, and
  // behind as many rows of that moment as were kept. (When a trigger had deleted one of them before
  // its turn came, another row of that moment waits for the next sweep.)
  void pass_over_kept() {
    const double before = moment_;
    for (const DueRow& row : ahead_) moment_ = std::max(moment_, row.moment);
    if (moment_ > before) kept_ = 0;
    kept_ += std::count_if(ahead_.begin(), ahead_.end(),
                           [&](const DueRow& row) { return row.is_kept && row.moment == moment_; });
  }

  Connection& connection_;
  const Target& target_;
  double latest_due_;
  std::int64_t remaining_ = 0;  // to be looked up
  std::vector<DueRow> ahead_;   // that are looked up
  std::size_t given_ = 0;       // of those
  double moment_ = -HUGE_VAL;   // of the latest row
  std::int64_t kept_ = 0;       // rows of that moment
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

  std::span<DueRow> next(std::int64_t rows, std::int64_t most) override {
    constexpr std::int64_t kLooksAtRows = 10;  // for each that may be due
    const auto wanted = static_cast<std::size_t>(std::min(rows, most));
    const int size = target_.key_size();
    found_.clear();
    Query table = connection_.query_once(target_.in_order(!latest_.empty()).c_str());
    table.bind(1, latest_due_);
    bind_row_key(table, 2, last_);
    if (!latest_.empty()) bind_row_key(table, 2 + size, latest_);
    for (std::int64_t i = 0; i < rows * kLooksAtRows && found_.size() < wanted; ++i) {
      is_at_end_ = !table.step();
      if (is_at_end_) return found_;
      if (table.integer(size) != 0) found_.push_back({row_key_of(table, size)});
    }
    latest_ = row_key_of(table, size);
    return found_;
  }

  bool is_at_end() const override { return is_at_end_; }

 private:
  Connection& connection_;
  const Target& target_;
  double latest_due_;
  bool is_at_end_ = false;
  std::vector<DueRow> found_;
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
