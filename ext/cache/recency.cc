// When a row was last used, for the policy 'lru'.
#include "cache/recency.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <unordered_map>

#include "cache/limits.h"
#include "sqlite/key.h"

namespace larder {

namespace {

// ?4: how much later than what is written down a use must be. A row in constant use is written ever
// more rarely, as it grows old.
constexpr auto kWriteUse = sql(R"(
UPDATE main.larder_cache
SET used_at = ?3
WHERE key = ?1 AND ?3 - {} > min(?2 - created_at, ?4) / 10)",
                               kLastUse);

struct Use {
  OwnedValue key;
  double at;
};

struct Notes {
  std::unordered_map<std::string, Use> uses;  // by the key's bytes, after a letter for its type
  std::deque<std::string> order;              // oldest first
  double evicted_age = HUGE_VAL;
};

constexpr std::size_t kMostNotes = 1024;
constexpr std::size_t kMostWritten = 16;  // by one call: each may be a page of its own

std::string note_name(sqlite3_value* key) { return (is_blob(key) ? 'b' : 't') + key_bytes(key); }

// Without a key when there was no memory to note it.
Use take_oldest(Notes& notes) {
  const std::string name = std::move(notes.order.front());
  notes.order.pop_front();
  const auto found = notes.uses.find(name);
  if (found == notes.uses.end()) return {nullptr, 0};
  Use use = std::move(found->second);
  notes.uses.erase(found);
  return use;
}

// In a replicated file no machine may remember what another has not seen: there a row counts as
// used when it was written.
bool uses_matter(Connection& connection) {
  if (connection.schema().is_replicated()) return false;
  const Limits limits = limits_if_readable(connection);
  return limits.any() && limits.policy == Policy::kLru;
}

}  // namespace

void note_use(Connection& connection, sqlite3_value* key) {
  if (!uses_matter(connection)) return;
  auto& notes = connection.state<Notes>();
  const double now = connection.clock().now();
  std::string name = note_name(key);
  if (const auto found = notes.uses.find(name); found != notes.uses.end()) {
    found->second.at = now;
    return;
  }
  if (notes.uses.size() >= kMostNotes) take_oldest(notes);
  notes.order.push_back(name);
  notes.uses.insert_or_assign(std::move(name), Use{copy_of(key), now});
}

std::int64_t write_uses(Connection& connection) {
  if (connection.schema().is_replicated()) return 0;
  auto& notes = connection.state<Notes>();
  std::int64_t written = 0;
  for (std::size_t i = 0; i < kMostWritten && !notes.order.empty(); ++i) {
    const Use use = take_oldest(notes);
    if (!use.key) continue;
    Query write = connection.query(kWriteUse);
    write.bind_key(1, use.key.get()).bind(2, connection.clock().now()).bind(3, use.at);
    write.bind(4, notes.evicted_age).run();
    written += sqlite3_changes(connection.db());
  }
  return written;
}

void expect_evictions(Connection& connection, double last_use) {
  connection.state<Notes>().evicted_age = std::max(connection.clock().now() - last_use, 0.0);
}

}  // namespace larder
