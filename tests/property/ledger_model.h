// The ledger as sql/README.md describes it, in the plainest C++: what the extension is compared
// with. Times are whole milliseconds. Knows nothing of tables, indexes or SQL, and decides no ties
// that the page leaves open.
#pragma once

#include <algorithm>
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
  Span due;   // when its time comes; nothing is never, or it is in line
  Span line;  // in line since then
  std::int64_t priority = 0;
  Time created = 0;
  std::int64_t turn = 0;  // of those that are in line since they were added: which was first
  Span expires;
  bool has_history = false;  // marked after it had been forgotten: what was before may still show
};

class Ledger {
 public:
  Time now = 0;
  std::optional<int> max_attempts;
  std::map<std::string, int> max_attempts_of;  // one ledger

  const std::map<Key, Row>& rows() const { return rows_; }

  bool is_known(const Row& row) const { return !row.expires || *row.expires > now; }
  bool is_claimable(const Row& row) const {
    return is_known(row) && (row.line || (row.due && *row.due <= now));
  }
  bool is_spent(const Key& key, const Row& row) const {
    return is_claimable(row) && row.attempts > 0 && had_all_attempts(key, row);
  }
  bool waits(const Row& row) const {
    const std::string status = shown_status(row);
    return status == "pending" || status == "failed";
  }
  // When it can be claimed next, as it is shown.
  static Span claimable_at(const Row& row) { return row.line ? row.line : row.due; }
  std::string shown_status(const Row& row) const {
    return row.status == "claimed" && is_claimable(row) ? "pending" : row.status;
  }
  Span after(Span span) const { return span ? Span(now + *span) : std::nullopt; }

  // Waiting until `moment`, or in line since then.
  bool add(const Key& key, const std::string& payload, Time moment, std::int64_t priority,
           bool replaces = false) {
    if (find(key) != nullptr && !replaces) return false;
    Row row;
    row.status = "pending";
    row.payload = payload;
    row.created = now;
    row.priority = priority;
    put(row, moment);
    if (moment == now) row.turn = ++turns_;
    rows_[key] = row;
    return true;
  }

  enum class Answer { kYours, kSettled, kNotNow };

  Answer claim(const Key& key, Span lease, const std::string& owner) {
    Row* row = find(key);
    if (row == nullptr) {
      row = anew(key);
    } else if (row->status == "done" || row->status == "skipped" || row->status == "dead") {
      return Answer::kSettled;
    } else if (!is_claimable(*row)) {
      return Answer::kNotNow;
    }
    return start(key, *row, lease, owner) ? Answer::kYours : Answer::kSettled;
  }

  // One more attempt; false when there have been enough.
  bool start(const Key& key, Row& row, Span lease, const std::string& owner) {
    if (is_spent(key, row)) {
      bury(row);
      return false;
    }
    row.status = "claimed";
    row.owner = owner;
    row.line.reset();
    row.due = after(lease);
    row.turn = 0;
    ++row.attempts;
    return true;
  }

  void bury(Row& row) {
    if (!row.owner.empty()) row.error = "the lease of the last attempt ended";
    settle(row, "dead");
  }

  // What ledger_next() does first: what is due comes into line, and stays there whatever the clock.
  void let_in_due(const std::string& ledger) {
    for (auto& [key, row] : rows_) {
      if (key.first != ledger || row.line || !is_claimable(row)) continue;
      row.line = row.due;
      row.due.reset();
    }
  }

  // Whether a stands before b, for those that are in line.
  static bool is_before(const Row& a, const Row& b) {
    return a.priority != b.priority ? a.priority > b.priority : *a.line < *b.line;
  }

  // The ids ledger_next() may give: none is before them in line.
  std::vector<Key> next(const std::string& ledger) const {
    const Row* first = nullptr;
    for (const auto& [key, row] : rows_) {
      if (key.first != ledger || !row.line || is_spent(key, row)) continue;
      if (first == nullptr || is_before(row, *first)) first = &row;
    }
    std::vector<Key> result;
    const Row* first_added = nullptr;
    Key first_key;
    for (const auto& [key, row] : rows_) {
      if (key.first != ledger || !row.line || is_spent(key, row) || is_before(*first, row))
        continue;
      if (row.turn == 0) {
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
    if (!retry_in || had_all_attempts(key, *row)) {
      settle(*row, "dead");
    } else {
      row->status = "failed";
      row->owner.clear();
      put(*row, now + (*retry_in > 0 ? *retry_in : 0));
    }
    row->error = error;
    return true;
  }

  bool release(const Key& key, std::int64_t token, Time delay) {
    Row* row = held(key, token);
    if (row == nullptr) return false;
    row->status = row->error.empty() ? "pending" : "failed";
    row->owner.clear();
    --row->attempts;
    put(*row, delay > 0 ? now + delay : std::min(row->created, now) - 1);
    return true;
  }

  // UPDATE kv_ledger. False where that is an error.
  bool set_priority(const Key& key, std::int64_t priority) {
    Row* row = find(key);
    if (row == nullptr || row->priority == priority) return true;
    if (!waits(*row)) return false;
    row->priority = priority;
    row->turn = 0;
    return true;
  }

  bool set_claimable_at(const Key& key, Time moment) {
    Row* row = find(key);
    if (row == nullptr || claimable_at(*row) == moment) return true;
    if (!waits(*row)) return false;
    row->status = shown_status(*row);
    row->owner.clear();
    put(*row, moment);
    return true;
  }

  bool wait_again(const Key& key, bool from_the_first_attempt) {
    Row* row = find(key);
    if (row == nullptr) return true;
    const std::string status = shown_status(*row);
    if (status != "pending") {
      if (status != "dead" && status != "failed" && status != "skipped") return false;
      row->status = "pending";
      put(*row, now);
    }
    if (from_the_first_attempt) row->attempts = 0;
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
    if (row == nullptr) row = anew(key);
    settle(*row, "skipped");
    row->error = reason;
    return true;
  }

  bool mark(const Key& key, const std::string& result, Span expires) {
    Row* row = find(key);
    if (row != nullptr && row->status == "done") return false;
    const bool has_history = row == nullptr && rows_.contains(key);
    if (row == nullptr) row = anew(key);
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
    row.line.reset();
    row.turn = 0;
  }

  // Its place: in line since `moment`, or waiting for it.
  void put(Row& row, Time moment) const {
    row.line = moment <= now ? Span(moment) : std::nullopt;
    row.due = moment <= now ? std::nullopt : Span(moment);
    row.turn = 0;
  }

  Row* anew(const Key& key) {
    Row& row = rows_[key] = Row();
    row.created = now;
    return &row;
  }

  bool had_all_attempts(const Key& key, const Row& row) const {
    const auto own = max_attempts_of.find(key.first);
    if (own != max_attempts_of.end()) return row.attempts >= own->second;
    return max_attempts && row.attempts >= *max_attempts;
  }

  Row* held(const Key& key, std::int64_t token) {
    Row* row = find(key);
    const bool is_held = row != nullptr && row->status == "claimed" && row->token == token &&
                         !row->line && (!row->due || *row->due > now);
    return is_held ? row : nullptr;
  }

  std::map<Key, Row> rows_;
  std::int64_t turns_ = 0;
};

}  // namespace model
