// What INSERT, UPDATE and DELETE do to kv_cache.
#include "cache/cache_table.h"
#include "cache/change.h"
#include "cache/tag.h"
#include "cache/ttl.h"

namespace larder {

// https://sqlite.org/vtab.html#the_xupdate_method: one value deletes; a NULL first one inserts;
// else it updates. The statement that calls us holds the write lock, and undoes what fails.
std::int64_t CacheTable::update(Values values) {
  std::int64_t rowid = sqlite3_last_insert_rowid(connection_->db());
  if (values.size() == 1) {
    delete_row(values[0]);
  } else if (is_null(values[0])) {
    if (!is_null(values[1])) throw Error("rowid cannot be set");
    if (const std::int64_t id = insert(values.subspan(2)); id != 0) rowid = id;
  } else {
    const std::int64_t id = sqlite3_value_int64(values[0]);
    if (sqlite3_value_int64(values[1]) != id) throw Error("rowid cannot be set");
    update_row(id, values.subspan(2));
  }
  return rowid;
}

void CacheTable::delete_row(sqlite3_value* id) {
  static constexpr char kDeleteRow[] = "DELETE FROM main.larder_cache WHERE id = ?1";
  StatementScope scope(*connection_);
  connection_->query(kDeleteRow).bind(1, id).run();
}

// Returns the id of the row if it is a new one, else 0.
std::int64_t CacheTable::insert(Values columns) {
  if (is_null(columns[kKey])) throw Conflict("NOT NULL constraint failed: kv_cache.key");
  if (!is_null(columns[kSize])) throw Error("size cannot be set");
  if (!is_null(columns[kShownAt])) throw Error("shown_at cannot be set");
  const bool has_ttl = !is_null(columns[kTtl]);
  const bool has_end = !is_null(columns[kExpiresAt]);
  if (has_ttl && has_end) throw Error("set ttl or expires_at, not both");
  Details details{.tag = tag_of(columns[kTag])};
  if (!is_null(columns[kCreatedAt]))
    details.created_at = seconds_of(columns[kCreatedAt], "created_at");
  Change change(*connection_, columns[kKey], Change::Scope::kOuter);
  const Lifetime lifetime =
      has_end ? lifetime_until(columns[kExpiresAt], change.cache().now(), "expires_at")
              : Ttl(has_ttl ? columns[kTtl] : nullptr).lifetime(*connection_);
  if (sqlite3_vtab_on_conflict(connection_->db()) == SQLITE_REPLACE)
    return change.set(columns[kValue], lifetime, details).value_or(0);
  const auto id = change.add(columns[kValue], lifetime, details);
  if (!id && change.has()) throw Conflict("UNIQUE constraint failed: kv_cache.key");
  return id.value_or(0);
}

void CacheTable::update_row(std::int64_t id, Values columns) {
  static constexpr auto kCompare = sql(R"(
SELECT key, key IS ?2, created_at IS ?3, expires_at IS ?4,
  coalesce(round(expires_at - ?7, 3), 9e999) IS ?5, {} IS ?6, tag IS ?8
FROM main.larder_cache
WHERE id = ?1)",
                                       entry_bytes(""));
  if (is_set_by_hand(columns, kShownAt)) throw Error("shown_at cannot be set");
  connection_->schema().ensure();  // the row may be of a version without tags
  sqlite3_value* tag = tag_of(columns[kTag]);
  Query row = connection_->query(kCompare);
  row.bind(1, id)
      .bind_key(2, columns[kKey])
      .bind(3, columns[kCreatedAt])
      .bind(4, columns[kExpiresAt]);
  const double shown_at =
      is_null(columns[kShownAt]) ? scan_now_ : sqlite3_value_double(columns[kShownAt]);
  row.bind(5, columns[kTtl]).bind(6, columns[kSize]).bind(7, shown_at).bind_key(8, columns[kTag]);
  if (!row.step()) return;
  // UPDATE ... FROM hands over every column, also those it does not set: what equals the row is not
  // a change.
  const auto changed = [&](CacheColumn column, int is_same) {
    return sqlite3_value_nochange(columns[column]) == 0 && row.integer(is_same) == 0;
  };
  if (changed(kKey, 1) || changed(kCreatedAt, 2) || changed(kSize, 5)) {
    throw Error("only value, ttl, expires_at and tag can be changed");
  }
  const bool new_end = changed(kExpiresAt, 3);
  const bool new_ttl = changed(kTtl, 4);
  const bool new_tag = changed(kTag, 6);
  if (new_end && new_ttl) throw Error("set ttl or expires_at, not both");
  const OwnedValue key = copy_of(row.value(0));
  Change change(*connection_, key.get(), Change::Scope::kOuter);
  if (sqlite3_value_nochange(columns[kValue]) == 0) change.set_value(columns[kValue]);
  if (new_end)
    change.touch(lifetime_until(columns[kExpiresAt], change.cache().now(), "expires_at"));
  if (new_ttl) change.touch(lifetime_of(columns[kTtl], "ttl"));
  if (new_tag) change.set_tag(tag);
}

}  // namespace larder
