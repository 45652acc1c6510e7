// The ledger as sql/README.md describes it, in the plainest C++: what the extension is compared
// with. Times are whole milliseconds. Knows nothing of tables, indexes or SQL, and decides no ties
// that the page leaves open.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace model {

using Time = std::int64_t;
using Span = std::optional<Time>;  // nothing is for ever
using Key = std::pair<std::string, std::string>;

struct Row {
  std::string status;  // as it was written: a claim stays one when its lease ends
  std::string payload;
  std::string result;
  std::string error;
  std::string owner;
  int attempts = 0;
  std::int64_t token = 0;
  Span due;               // when it can be claimed; nothing is never
  std::int64_t turn = 0;  // of those that wait since they were added: which was first
  Span expires;
  bool has_history = false;  // marked after it had been forgotten: what was before may still show
};

class Ledger {
 public:
  Time now = 0;
  std::optional<int> max_attempts;

  const std::map<Key, Row>& rows() const { return rows_; }

  bool is_known(const Row& row) const { return !row.expires || *row.expires > now; }
  bool is_claimable(const Row& row) const { return is_known(row) && row.due && *row.due <= now; }
  bool is_spent(const Row& row) const {
    return is_claimable(row) && max_attempts && row.attempts >= *max_attempts;
  }
  std::string shown_status(const Row& row) const {
    return row.status == "claimed" && is_claimable(row) ? "pending" : row.status;
  }
  Span after(Span span) const { return span ? Span(now + *span) : std::nullopt; }

  bool add(const Key& key, const std::string& payload, bool replaces = false) {
    if (find(key) != nullptr && !replaces) return false;
    Row row;
    row.status = "pending";
    row.payload = payload;
    row.due = now;
    row.turn = ++turns_;
    rows_[key] = row;
    return true;
  }

  enum class Answer { kYours, kSettled, kNotNow };

  Answer claim(const Key& key, Span lease, const std::string& owner) {
    Row* row = find(key);
    if (row == nullptr) {
      row = &(rows_[key] = Row());
    } else if (row->status == "done" || row->status == "skipped" || row->status == "dead") {
      return Answer::kSettled;
    } else if (!is_claimable(*row)) {
      return Answer::kNotNow;
    }
    return start(*row, lease, owner) ? Answer::kYours : Answer::kSettled;
  }

  // One more attempt; false when there have been enough.
  bool start(Row& row, Span lease, const std::string& owner) {
    if (is_spent(row)) {
      bury(row);
      return false;
    }
    row.status = "claimed";
    row.owner = owner;
    row.due = after(lease);
    ++row.attempts;
    return true;
  }

  void bury(Row& row) {
    if (row.status == "claimed") row.error = "the lease of the last attempt ended";
    settle(row, "dead");
  }

  // The ids ledger_next() may give: none is before them in line.
  std::vector<Key> next(const std::string& ledger) const {
    Span earliest;
    for (const auto& [key, row] : rows_) {
      if (key.first != ledger || !is_claimable(row) || is_spent(row)) continue;
      if (!earliest || *row.due < *earliest) earliest = row.due;
    }
    std::vector<Key> result;
    const Row* first_added = nullptr;
    Key first_key;
    for (const auto& [key, row] : rows_) {
      if (key.first != ledger || !is_claimable(row) || is_spent(row) || row.due != earliest)
        continue;
      if (row.status != "pending") {
        result.push_back(key);
      } else if (first_added == nullptr || row.turn < first_added->turn) {
        first_added = &row;
        first_key = key;
      }
    }
    if (first_added != nullptr) result.push_back(first_key);
    return result;
  }

  bool done(const Key& key, std::int64_t token, const std::string& result, Span expires) {
    Row* row = held(key, token);
    if (row == nullptr) return false;
    settle(*row, "done");
    row->result = result;
    row->error.clear();
    row->expires = expires;
    return true;
  }

  bool fail(const Key& key, std::int64_t token, const std::string& error, Span retry_in) {
    Row* row = held(key, token);
    if (row == nullptr) return false;
    if (!retry_in || (max_attempts && row->attempts >= *max_attempts)) {
      settle(*row, "dead");
    } else {
      row->status = "failed";
      row->owner.clear();
      row->due = now + (*retry_in > 0 ? *retry_in : 0);
    }
    row->error = error;
    return true;
  }

  bool renew(const Key& key, std::int64_t token, Span lease) {
    Row* row = held(key, token);
    if (row == nullptr) return false;
    const Span end = after(lease);
    if (row->due && (!end || *end > *row->due)) row->due = end;
    return true;
  }

  bool skip(const Key& key, const std::string& reason) {
    Row* row = find(key);
    if (row != nullptr && (row->status == "done" || row->status == "skipped")) return false;
    if (row == nullptr) row = &(rows_[key] = Row());
    settle(*row, "skipped");
    row->error = reason;
    return true;
  }

  bool mark(const Key& key, const std::string& result, Span expires) {
    Row* row = find(key);
    if (row != nullptr && row->status == "done") return false;
    const bool has_history = row == nullptr && rows_.contains(key);
    if (row == nullptr) row = &(rows_[key] = Row());
    settle(*row, "done");
    row->result = result;
    row->error.clear();
    row->expires = expires;
    row->has_history = has_history;
    return true;
  }

  int forget(const Key& key) {
    return find(key) != nullptr ? static_cast<int>(rows_.erase(key)) : 0;
  }

  int forget(const std::string& ledger) {
    int known = 0;
    for (const auto& [key, row] : rows_) known += key.first == ledger && is_known(row) ? 1 : 0;
    std::erase_if(rows_, [&](const auto& entry) { return entry.first.first == ledger; });
    return known;
  }

  int sweep() {
    return static_cast<int>(
        std::erase_if(rows_, [&](const auto& entry) { return !is_known(entry.second); }));
  }

  Row* find(const Key& key) {
    const auto found = rows_.find(key);
    return found != rows_.end() && is_known(found->second) ? &found->second : nullptr;
  }

 private:
  static void settle(Row& row, const char* status) {
    row.status = status;
    row.owner.clear();
    row.due.reset();
  }

  Row* held(const Key& key, std::int64_t token) {
    Row* row = find(key);
    const bool is_held = row != nullptr && row->status == "claimed" && row->token == token &&
                         (!row->due || *row->due > now);
    return is_held ? row : nullptr;
  }

  std::map<Key, Row> rows_;
  std::int64_t turns_ = 0;
};

}  // namespace model
