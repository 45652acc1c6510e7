// drizzle's list of its migrations, meta/_journal.json.
#include "migration/journal.h"

#include "migration/failure.h"
#include "migration/script_file.h"
#include "os/folder.h"

namespace larder {

namespace {

void check_is_journal(Connection& connection, const std::string& path, std::string_view text) {
  static constexpr char kLook[] = R"(
SELECT json_valid(?1), CASE WHEN json_valid(?1) THEN json_type(?1, '$.entries') = 'array' END)";
  Query look = connection.query(kLook);
  look.bind(1, text).step();
  if (look.integer(0) == 0) fail_at(path, "it is not JSON");
  if (look.integer(1) == 0)
    fail_at(path, "it is no journal of drizzle's: it has no list 'entries'");
}

// Calls `take(tag, made_at)` for each entry. A tag is the name of a file, without .sql.
template <class Take>
void for_each_entry(Connection& connection, const std::string& path, Take&& take) {
  static constexpr char kSelectEntries[] = R"(
SELECT json_extract(entry, '$.tag'), json_extract(entry, '$.when'),
  json_type(entry, '$.tag') IS 'text' AND json_type(entry, '$.when') IS 'integer'
FROM (
  SELECT key, CASE type WHEN 'object' THEN value ELSE '{}' END AS entry
  FROM temp.json_each(?1, '$.entries'))
ORDER BY key)";
  const std::string text = read_script_file(path);
  check_is_journal(connection, path, text);
  Query rows = connection.query(kSelectEntries);
  rows.bind(1, std::string_view(text));
  for (int number = 0; rows.step(); ++number) {
    if (rows.integer(2) == 0)
      fail_at(path, "entry " + std::to_string(number) + " has no 'tag' or no 'when'");
    take(rows.text(0), rows.integer(1));
  }
}

std::map<std::string, std::int64_t> versions_by_path(const std::vector<DirectoryItem>& items) {
  std::map<std::string, std::int64_t> versions;
  for (const auto& item : items) versions.emplace(item.path, item.name.version);
  return versions;
}

}  // namespace

std::optional<Journal> read_journal(Connection& connection, const std::string& directory,
                                    const std::vector<DirectoryItem>& items) {
  const std::string path = join_path(directory, "meta/_journal.json");
  if (!is_there(path)) return std::nullopt;
  const auto versions = versions_by_path(items);
  std::vector<std::int64_t> listed;
  Journal journal;
  for_each_entry(connection, path, [&](const std::string& tag, std::int64_t made_at) {
    const auto item = versions.find(join_path(directory, tag + ".sql"));
    if (item == versions.end())
      fail_at(path, "it lists " + quoted(tag) + ", and there is no such file");
    if (!journal.made_at.emplace(item->second, made_at).second)
      fail_at(path, "it lists " + quoted(tag) + " twice");
    listed.push_back(item->second);
  });
  for (const auto& item : items) {
    if (!journal.made_at.contains(item.name.version))
      fail_at(item.path, "drizzle would not run it, as " + path + " does not list it");
  }
  journal.order = VersionOrder::by_list(listed);
  return journal;
}

}  // namespace larder
