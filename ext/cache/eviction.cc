// Making room when the cache is at a limit of its settings.
#include "cache/eviction.h"

#include <algorithm>
#include <tuple>

#include "cache/cache_sweep.h"
#include "cache/limits.h"
#include "cache/recency.h"
#include "store/replication.h"

namespace larder {

namespace {

constexpr std::int64_t kSample = 16;

constexpr char kSelectIdRange[] = R"(
SELECT (SELECT min(id) FROM main.larder_cache), (SELECT max(id) FROM main.larder_cache))";

// The first row from a random id on. Ids have gaps, and a row behind a wide gap is found more
// often.
constexpr auto kSelectFromId = sql(R"(
SELECT id, {}
FROM main.larder_cache
WHERE id >= ?1 AND key IS NOT ?2
ORDER BY id
LIMIT 1)",
                                   kLastUse);

constexpr auto kEvictOne = sql(R"(
DELETE FROM main.larder_cache
WHERE id = ?1
RETURNING {})",
                               kLastUse);

constexpr auto kEvictLeastRecentlyUsed = sql(R"(
DELETE FROM main.larder_cache
WHERE id IN (SELECT id FROM main.larder_cache WHERE key IS NOT ?1 ORDER BY {}, id LIMIT ?2)
RETURNING {})",
                                             kLastUse, kLastUse);

constexpr auto kEvictFirst = sql(R"(
DELETE FROM main.larder_cache
WHERE id IN (SELECT id FROM main.larder_cache WHERE key IS NOT ?1 ORDER BY id LIMIT ?2)
RETURNING {})",
                                 kLastUse);

// Of a row as it is stored.
constexpr auto kSelectBytes = sql(R"(
SELECT {}
FROM main.larder_cache
WHERE key = ?1)",
                                  entry_bytes(""));

std::int64_t between(std::int64_t low, std::int64_t high, std::uint64_t random) {
  const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  if (span != UINT64_MAX) random %= span + 1;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + random);
}

class Eviction {
 public:
  Eviction(Connection& connection, const Limits& limits, const Incoming* incoming)
      : connection_(connection), limits_(limits), incoming_(incoming) {
    if (connection.schema().is_replicated())
      draw_.emplace(connection.clock().now(), incoming != nullptr ? incoming->key : nullptr);
  }

  void run() {
    if (remove_excess()) return;
    // Nothing is left to remove, or removing it does not help: then the counts are wrong, or a
    // trigger of the user's keeps it.
    start_counting(connection_);
    if (!remove_excess())
      throw Error("the cache is full and none of its other entries can be removed");
  }

 private:
  // True when the limits hold; false when that cannot be reached.
  bool remove_excess() {
    std::optional<Usage> before;
    for (;;) {
      const Usage usage = usage_to_be();
      const std::int64_t excess = rows_over(usage);
      if (excess == 0) return true;
      if ((before && !is_less(usage, *before)) || !(sweep(usage, excess) || evict(usage, excess)))
        return false;
      before = usage;
    }
  }

  // Fewer entries come before fewer bytes, so that it ends also when a trigger of the user's puts
  // rows back: one that makes either less in turn would keep both from getting less for ever.
  static bool is_less(const Usage& usage, const Usage& before) {
    return std::tie(usage.entries, usage.bytes) < std::tie(before.entries, before.bytes);
  }

  // With the row that is to come, which may take another one's place.
  Usage usage_to_be() {
    Usage usage = usage_of(connection_);
    if (incoming_ == nullptr) return usage;
    Query row = connection_.query(kSelectBytes);
    const bool is_there = row.bind_key(1, incoming_->key).step();
    usage.entries += is_there ? 0 : 1;
    usage.bytes += incoming_->bytes - (is_there ? row.integer(0) : 0);
    return usage;
  }

  // How many rows are too many, at least: of bytes half the estimate, so that not too many go.
  std::int64_t rows_over(const Usage& usage) const {
    std::int64_t rows = 0;
    if (limits_.max_entries && usage.entries > *limits_.max_entries)
      rows = usage.entries - *limits_.max_entries;
    if (limits_.max_bytes && usage.bytes > *limits_.max_bytes) {
      const std::int64_t average = usage.bytes / std::max<std::int64_t>(usage.entries, 1) + 1;
      rows = std::max(rows, 1 + (usage.bytes - *limits_.max_bytes) / average / 2);
    }
    return rows;
  }

  // Removes dead rows; false when there was none. Refreshed ones, which it brings up to date before
  // it comes to them, are no more than there are entries, unless a trigger puts them back.
  bool sweep(const Usage& usage, std::int64_t most) {
    for (std::int64_t refreshed = 0; refreshed <= usage.entries;) {
      const Swept swept = sweep_oldest(connection_, most);
      if (swept.removed > 0) return true;
      if (!swept.more) return false;
      refreshed += swept.handled;
    }
    return false;
  }

  bool evict(const Usage& usage, std::int64_t rows) {
    std::int64_t evicted = 0;
    if (limits_.policy == Policy::kFifo) {
      evicted = remove_ordered(kEvictFirst, rows);
    } else if (rows >= usage.entries / kSample) {
      evicted = remove_ordered(kEvictLeastRecentlyUsed, rows);  // cheaper than as many samples
    } else {
      evicted = remove_sampled();
    }
    connection_.state<CacheCounters>().evictions += evicted;
    return evicted > 0;
  }

  std::int64_t remove_ordered(Sql sql, std::int64_t rows) {
    Query query = connection_.query(sql);
    bind_kept(query, 1);
    query.bind(2, rows);
    return remove(query);
  }

  std::int64_t remove(Query& removal) {
    std::int64_t removed = 0;
    double last_use = 0;
    for (; removal.step(); ++removed) last_use = std::max(last_use, removal.real(0));
    if (removed > 0) expect_evictions(connection_, last_use);
    return removed;
  }

  std::int64_t remove_sampled() {
    std::int64_t low = 0, high = 0;
    {
      Query ids = connection_.query(kSelectIdRange);
      ids.step();
      low = ids.integer(0);
      high = ids.integer(1);
    }
    struct Candidate {
      std::int64_t id;
      double used;
    };
    std::optional<Candidate> oldest;
    for (std::int64_t i = 0; i < kSample; ++i) {
      Query row = connection_.query(kSelectFromId);
      row.bind(1, between(low, high, random()));
      bind_kept(row, 2);
      if (!row.step()) continue;
      const Candidate candidate{row.integer(0), row.real(1)};
      if (!oldest || candidate.used < oldest->used) oldest = candidate;
    }
    if (!oldest) return remove_ordered(kEvictLeastRecentlyUsed, 1);
    Query removal = connection_.query(kEvictOne);
    removal.bind(1, oldest->id);
    return remove(removal);
  }

  std::uint64_t random() {
    if (draw_) return draw_->next();
    std::uint64_t random = 0;
    sqlite3_randomness(sizeof random, &random);
    return random;
  }

  void bind_kept(Query& query, int index) {
    if (incoming_ != nullptr) {
      query.bind_key(index, incoming_->key);
    } else {
      query.bind_null(index);
    }
  }

  Connection& connection_;
  const Limits limits_;  // a copy: what runs here may have the limits read again
  const Incoming* incoming_;
  std::optional<Draw> draw_;  // instead of chance
};

}  // namespace

void make_room(Connection& connection, const Incoming* incoming) {
  const Limits& limits = limits_of(connection);
  if (limits.any()) Eviction(connection, limits, incoming).run();
}

void keep_to_limits(Connection& connection, sqlite3_value* key) {
  if (!limits_of(connection).any()) return;
  Incoming row{key, 0};
  {
    Query stored = connection.query(kSelectBytes);
    if (!stored.bind_key(1, key).step()) return;
    row.bytes = stored.integer(0);
  }
  check_fits(connection, row.bytes);
  make_room(connection, &row);
}

}  // namespace larder
