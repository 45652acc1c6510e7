// The statements that store an entry, over the one that is there or anew.
#pragma once

#include <cstddef>

#include "cache/cache.h"

namespace larder {

// True when the row's sweep_at is a lower bound of the new deadline ?4 as it is, so that the index
// need not be touched (sql/schema/cache.sql). SQLite decides which indexes an UPDATE writes when it
// is compiled: hence the pairs of statements, the second of which runs only when the first found
// this false. A placeholder is left out: its sweep_at of -Inf is a bound, but the sweep would visit
// the row at once.
inline constexpr auto kSweepAtHolds =
    sql("(sweep_at <= ?4 AND sweep_at > -9e999 OR (sweep_at IS NULL AND ?4 IS NULL))");

// The same for the index on the tag.
inline constexpr auto kStaysUntagged = sql("tag IS NULL");
inline constexpr auto kTagHolds = sql("tag IS ?6");

// ?1 is the key, ?3 the value, ?4 the deadline, ?5 created_at. Which of the others it has: each
// binding costs, and most entries have no tag.
struct Storing {
  template <std::size_t N>
  consteval Storing(const SqlText<N>& text)
      : sql(text), has_now(has(text, '2')), has_tag(has(text, '6')) {}

  Sql sql;
  bool has_now;
  bool has_tag;

 private:
  // (With the sanitizers g++ 12 does not search a std::string_view at compile time.)
  template <std::size_t N>
  static consteval bool has(const SqlText<N>& sql, char parameter) {
    for (std::size_t i = 0; i < N; ++i) {
      if (sql.text[i] == '?' && sql.text[i + 1] == parameter) return true;
    }
    return false;
  }
};

// Overwrites a row that is there; cheaper than the upsert below.
consteval auto overwrite(const auto& tag_holds) {
  return sql(R"(
UPDATE main.larder_cache
SET value = ?3, created_at = ?5, expires_at = ?4, claimed_until = NULL
WHERE key = ?1 AND {} AND {})",
             kSweepAtHolds, tag_holds);
}

// `column` and `value` are those of the tag, or nothing.
consteval auto upsert(const auto& column, const auto& value) {
  return sql(R"(
INSERT INTO main.larder_cache(key, value, created_at, expires_at, sweep_at{})
VALUES (?1, ?3, ?5, ?4, ?4{})
ON CONFLICT(key) DO UPDATE
SET value = excluded.value, created_at = excluded.created_at, expires_at = excluded.expires_at,
  claimed_until = NULL)",
             column, value);
}

inline constexpr auto kUpsertTagged = upsert(", tag", ", ?6");

inline constexpr auto kOverwrite = overwrite(kStaysUntagged);
inline constexpr auto kOverwriteTagged = overwrite(kTagHolds);
inline constexpr auto kPut =
    sql("{}\nWHERE {} AND {}", upsert("", ""), kSweepAtHolds, kStaysUntagged);
inline constexpr auto kPutTagged =
    sql("{}\nWHERE {} AND {}", kUpsertTagged, kSweepAtHolds, kTagHolds);

// These leave a dead row alone.
inline constexpr auto kOverwriteLive = sql("{} AND {}", kOverwrite, kCacheLive);
inline constexpr auto kOverwriteLiveTagged = sql("{} AND {}", kOverwriteTagged, kCacheLive);
inline constexpr auto kPutLive = sql("{} AND {}", kPut, kCacheLive);
inline constexpr auto kPutLiveTagged = sql("{} AND {}", kPutTagged, kCacheLive);

// These move what an index holds.
inline constexpr auto kPutAndMove =
    sql("{}, sweep_at = excluded.sweep_at, tag = excluded.tag", kUpsertTagged);
inline constexpr auto kAddEntry = sql("{}\nWHERE {}", kPutAndMove, kCacheDead);

// What leaves the indexes alone, with or without a tag, over any row or live ones only.
struct CheapStoring {
  Storing overwrite;
  Storing put;
};
inline constexpr CheapStoring kCheapStoring[2][2] = {
    {{kOverwrite, kPut}, {kOverwriteLive, kPutLive}},
    {{kOverwriteTagged, kPutTagged}, {kOverwriteLiveTagged, kPutLiveTagged}}};

}  // namespace larder
