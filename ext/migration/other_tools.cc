// What other migration tools have applied in this database.
#include "migration/other_tools.h"

#include <algorithm>
#include <optional>
#include <set>

#include "migration/file_name.h"
#include "migration/tool_tables.h"
#include "migration/version_number.h"
#include "sqlite/named_sql.h"
#include "store/meta.h"

namespace larder {

namespace {

// In larder_meta, beside the settings; kv_config() does not know it.
constexpr std::string_view kOthers = "migration.other_histories";
constexpr std::string_view kTakenOver = "taken over";
constexpr std::string_view kPassedOver = "passed over";

// The version that Larder reads from the name of the file, or of the folder.
std::optional<std::int64_t> version_in_file_name(const std::string& name) {
  const auto file = try_file_name(name);
  return file ? std::optional(file->version) : std::nullopt;
}

std::optional<std::int64_t> version_in(const std::string& text, VersionsAre versions) {
  switch (versions) {
    case VersionsAre::kParts:
      if (text.empty() || FlywayVersion::end_in(text) != text.size()) return std::nullopt;
      return FlywayVersion(text).number();
    case VersionsAre::kFileNames:
      return version_in_file_name(text);
    default:
      return whole_number(text);
  }
}

// Adds those of `source` that stand up to `last` in `order`.
void add_all_up_to(std::int64_t last, const VersionOrder& order, const Source& source,
                   OtherHistory& history) {
  for (const auto& migration : source.wanted) {
    if (!order(last, migration.version)) history.versions.push_back(migration.version);
  }
}

// A baseline may be a version that no file has, and its number alone does not tell where it stands.
void add_all_up_to(const FlywayVersion& baseline, const Source& source, OtherHistory& history) {
  VersionOrder order = source.order;
  order.add(baseline);
  add_all_up_to(baseline.number(), order, source, history);
}

// Where the tool keeps the newest version only.
void add_all_up_to_newest(const Source& source, OtherHistory& history) {
  if (history.versions.size() > 1) {
    history.problem = history.table + " has " + std::to_string(history.versions.size()) +
                      " rows, and " + history.tool + " keeps one";
  } else if (!history.versions.empty()) {
    add_all_up_to(history.versions[0], source.order, source, history);
  }
}

void read_versions(Connection& connection, const MigrationTool& tool, const Source& source,
                   OtherHistory& history) {
  std::optional<FlywayVersion> baseline;  // the newest
  Query rows = connection.query_once(sql_naming(tool.select, history.table).c_str());
  while (rows.step()) {
    const std::string text = rows.text(0);
    const auto version = version_in(text, tool.versions);
    if (rows.integer(1) == 0) {
      history.problem = history.tool + " failed half way in version " + text + " (" +
                        history.table + "); put that right with " + history.tool + " first";
    } else if (!version) {
      history.problem = "the version " + quoted(text) + " in " + history.table + " is not a number";
    }
    if (!version) continue;
    if (sqlite3_column_count(rows.get()) > 2 && rows.integer(2) != 0) {
      const FlywayVersion found(text);
      if (!baseline || baseline->parts() < found.parts()) baseline = found;
    } else {
      history.versions.push_back(*version);
    }
  }
  if (tool.is_one_number) add_all_up_to_newest(source, history);
  if (baseline) add_all_up_to(*baseline, source, history);
  std::sort(history.versions.begin(), history.versions.end());
}

bool has_row(Connection& connection, const std::string& table) {
  static constexpr char kSelectAny[] = R"(SELECT 1 FROM main."%w" LIMIT 1)";
  return connection.query_once(sql_naming(kSelectAny, table).c_str()).step();
}

// When those were made that drizzle has applied.
std::set<std::int64_t> read_times(Connection& connection, const MigrationTool& tool,
                                  OtherHistory& history) {
  std::set<std::int64_t> times;
  Query rows = connection.query_once(sql_naming(tool.select, history.table).c_str());
  while (rows.step()) {
    if (const auto time = whole_number(rows.text(0))) {
      times.insert(*time);
    } else {
      history.problem =
          "the time " + quoted(rows.text(0)) + " in " + history.table + " is not a number";
    }
  }
  return times;
}

// drizzle runs what is newer than its newest. What came late with an earlier time, it never runs.
void read_versions_by_time(Connection& connection, const MigrationTool& tool, const Source& source,
                           OtherHistory& history) {
  std::set<std::int64_t> times = read_times(connection, tool, history);
  if (times.empty()) return;
  const std::int64_t newest = *times.rbegin();
  for (const auto& [version, made_at] : source.made_at) {
    if (times.contains(made_at)) {
      history.versions.push_back(version);
    } else if (made_at < newest) {
      history.problem = history.tool + " has passed over version " + std::to_string(version) +
                        ", which is older than its newest (" + history.table + "); " +
                        kBaselineInstead;
    }
  }
  for (const auto& [version, made_at] : source.made_at) times.erase(made_at);
  if (times.empty()) return;
  history.problem = history.tool + " has applied what is not " + source.where() + ": made at " +
                    std::to_string(*times.begin()) + " (" + history.table + ")";
}

OtherHistory read_history_of(Connection& connection, const ToolTable& found, const Source& source) {
  const MigrationTool& tool = *found.tool;
  OtherHistory history;
  history.tool = tool.name;
  history.table = found.name;
  const bool has_times = tool.versions == VersionsAre::kTimes;
  history.is_readable = tool.select != nullptr && (!has_times || !source.made_at.empty());
  if (history.is_readable) {
    try {
      const auto read = has_times ? read_versions_by_time : read_versions;
      read(connection, tool, source, history);
    } catch (const Error& error) {
      if (error.code() != SQLITE_ERROR) throw;
      history.problem = history.title() + " cannot be read: " + error.message();
    }
  } else if (has_row(connection, found.name)) {
    history.problem =
        "the history of " + history.title() + " cannot be taken over; " + kBaselineInstead;
  }
  return history;
}

}  // namespace

bool OtherHistory::has_applied(std::int64_t version) const {
  return std::binary_search(versions.begin(), versions.end(), version);
}

std::vector<OtherHistory> read_other_histories(Connection& connection, const Source& source) {
  std::vector<OtherHistory> found;
  for (const auto& table : find_tool_tables(connection)) {
    OtherHistory history = read_history_of(connection, table, source);
    const bool counts = history.is_readable ? table.has_usual_name || !history.versions.empty()
                                            : !history.is_empty();
    if (counts) found.push_back(std::move(history));
  }
  return found;
}

std::string says_both(const std::string& one, const std::string& other) {
  return "there are histories of both " + one + " and " + other +
         "; drop the one that is not in use";
}

OthersAre others_are(Connection& connection) {
  OthersAre others = OthersAre::kUnknown;
  with_meta(connection, kOthers, [&](sqlite3_value* value) {
    const bool is_taken = !is_blob(value) && text_of(value) == kTakenOver;
    others = is_taken ? OthersAre::kTakenOver : OthersAre::kPassedOver;
  });
  return others;
}

std::string how_to_pass_over(const Source& source) {
  const bool has_zero = std::any_of(source.wanted.begin(), source.wanted.end(),
                                    [](const auto& migration) { return migration.version == 0; });
  return std::string("migrate_baseline(") + (has_zero ? "-1" : "0") +
         ", directory) passes over that table if it is of other migrations";
}

void remember_others(Connection& connection, OthersAre others) {
  store_meta(connection, kOthers, others == OthersAre::kTakenOver ? kTakenOver : kPassedOver);
}

}  // namespace larder
