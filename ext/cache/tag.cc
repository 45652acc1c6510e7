// Tags: words by which entries are removed together.
#include "cache/tag.h"

#include "cache/cache.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kClearTag[] = R"(
DELETE FROM main.larder_cache
WHERE tag = ?3)";
constexpr auto kClearDeadTag = sql("{} AND {}", kClearTag, kCacheDead);
constexpr auto kClearLiveTag = sql("{} AND {}", kClearTag, kCacheLive);

}  // namespace

// An empty text is more likely a variable that was not set than a word that is meant.
sqlite3_value* tag_of(sqlite3_value* argument) {
  if (argument == nullptr || is_null(argument)) return nullptr;
  if (is_blob(argument) || text_of(argument).empty())
    throw Error("tag must be a text that is not empty, or NULL; got " + describe(argument));
  return argument;
}

// Dead rows go too, but are not counted: whether a sweep came first must not show.
void cache_clear_tag(Connection& connection, Call& call) {
  call.required(0, "tag");
  sqlite3_value* tag = tag_of(call[0]);
  WriteScope scope(connection);
  const double now = connection.clock().now();
  for (const Sql sql : {Sql(kClearDeadTag), Sql(kClearLiveTag)})
    connection.query(sql).bind(2, now).bind_key(3, tag).run();
  const std::int64_t removed = sqlite3_changes(connection.db());
  scope.commit();
  call.result(removed);
}

}  // namespace larder
