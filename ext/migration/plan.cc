// How what was applied compares with what is wanted.
#include "migration/plan.h"

#include <algorithm>

#include "migration/file_name.h"
#include "migration/flyway_version.h"
#include "migration/repeatable.h"
#include "migration/user_version.h"
#include "os/folder.h"

namespace larder {

namespace {

// How the user calls `function` for `migration`.
std::string call_for(const char* function, const Migration& migration) {
  return std::string(function) + "(" + std::to_string(migration.version) +
         (migration.up.file.empty() ? ")" : ", directory)");
}

// "3", or "3 (migrations/003_state.sql)".
std::string version_and_file(const Migration& migration) {
  const std::string& file = migration.up.file;
  return std::to_string(migration.version) + (file.empty() ? "" : " (" + file + ")");
}

std::string title_of(const Plan& plan, std::int64_t version) {
  for (const auto& row : plan.rows) {
    if (row.version == version) return version_and_file(row.migration());
  }
  return std::to_string(version);
}

// Why the database is newer than `source`, or "".
std::string newer_database(const Plan& plan, const Source& source) {
  if (!plan.newest) return "";
  const std::string at = "the database is at version " + std::to_string(*plan.newest);
  if (source.wanted.empty()) return at + ", and no migration with a version is " + source.where();
  const Migration& last = source.wanted.back();
  if (!plan.order(last.version, *plan.newest)) return "";
  return at + ", newer than the newest migration, " + version_and_file(last);
}

using History = std::map<std::int64_t, Applied>;

// The parts of a version are in the name of its file only. So the order of a directory of Flyway's
// takes in those that were applied, and whose file is gone.
VersionOrder order_with(const History& history, const Source& source) {
  VersionOrder order = source.order;
  for (const auto& [version, applied] : history) {
    const auto name = try_file_name(name_in_path(applied.migration.up.file));
    if (name && name->is_flyway && name->version == version) order.add(FlywayVersion(name->digits));
  }
  return order;
}

std::vector<PlanRow> plan_repeatables(Connection& connection, const Source& source) {
  std::vector<PlanRow> rows;
  for (const auto& repeatable : source.repeatables) {
    const State state = is_due(connection, repeatable) ? State::kPending : State::kApplied;
    rows.push_back({repeatable.version, state, &repeatable, std::nullopt});
  }
  return rows;
}

}  // namespace

const char* name_of(State state) {
  switch (state) {
    case State::kApplied:
      return "applied";
    case State::kPending:
      return "pending";
    case State::kChanged:
      return "changed";
    case State::kMissing:
      return "missing";
    case State::kOutOfOrder:
      return "out of order";
  }
  return "";
}

Plan make_plan(Connection& connection, const Source& source) {
  History history = read_history(connection);
  Plan plan;
  plan.order = order_with(history, source);
  const VersionOrder& is_before = plan.order;
  plan.adopted = read_adopted(connection, !history.empty());
  if (plan.adopted > 0) plan.newest = plan.adopted;
  for (const auto& [version, applied] : history) {
    if (!plan.newest || is_before(*plan.newest, version)) plan.newest = version;
  }
  for (const auto& migration : source.wanted) {
    PlanRow row{migration.version, State::kPending, &migration, std::nullopt};
    if (const auto found = history.find(migration.version); found != history.end()) {
      row.state = has_text_of(found->second, migration) ? State::kApplied : State::kChanged;
      row.applied = std::move(found->second);
      history.erase(found);
    } else if (plan.adopted > 0 && !is_before(plan.adopted, migration.version)) {
      row.state = State::kApplied;
      row.adopted = true;
    } else if (!source.any_order && plan.newest && is_before(migration.version, *plan.newest)) {
      row.state = State::kOutOfOrder;
    }
    plan.rows.push_back(std::move(row));
  }
  const State of_others = source.is_nothing() ? State::kApplied : State::kMissing;
  for (auto& [version, applied] : history)
    plan.rows.push_back({version, of_others, nullptr, std::move(applied)});
  std::sort(plan.rows.begin(), plan.rows.end(),
            [&](const auto& a, const auto& b) { return is_before(a.version, b.version); });
  plan.repeatables = plan_repeatables(connection, source);
  return plan;
}

std::string obstacle(const Plan& plan, const Source& source) {
  if (source.is_nothing()) return "";
  for (const auto& row : plan.rows) {
    if (row.state == State::kChanged) {
      return row.migration().place() + " was applied with other SQL; " +
             call_for("migrate_repair", row.migration()) + " accepts the new text";
    }
  }
  if (std::string why = newer_database(plan, source); !why.empty()) return why;
  for (const auto& row : plan.rows) {
    if (row.state != State::kOutOfOrder) continue;
    return row.migration().place() + " is out of order: " + title_of(plan, *plan.newest) +
           " is already applied; give it a higher version, or " +
           call_for("migrate_baseline", row.migration()) + " counts it as applied, or migrate(" +
           (source.is_declared() ? "NULL" : "directory") + ", NULL, 'any order') runs it";
  }
  return "";
}

void check_is_certain(const Plan& plan, std::int64_t number) {
  constexpr std::size_t kMostShown = 10;
  if (plan.order.is_certain_of(number)) return;
  std::string numbers;
  for (std::size_t i = 0; i < std::min(plan.rows.size(), kMostShown); ++i)
    numbers += (i > 0 ? ", " : "") + version_and_file(plan.rows[i].migration());
  throw Error("no version has the number " + std::to_string(number) + "; there are " + numbers +
              (plan.rows.size() > kMostShown ? ", ..." : ""));
}

bool is_applied(Connection& connection, const Migration& migration) {
  if (const auto applied = find_applied(connection, migration.version))
    return has_text_of(*applied, migration);
  return migration.version <= read_adopted(connection, has_history(connection));
}

}  // namespace larder
