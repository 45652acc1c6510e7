// Counting migrations as applied without running them.
#include "migration/baseline.h"

#include <algorithm>
#include <functional>

#include "migration/other_tools.h"
#include "migration/plan.h"
#include "migration/user_version.h"

namespace larder {

namespace {

// Records those migrations of `plan` as applied whose version `counts`, without running them.
// Returns whether there was any.
bool mark_as_applied(Connection& connection, const Plan& plan,
                     const std::function<bool(std::int64_t version)>& counts) {
  bool any = false;
  for (const auto& row : plan.rows) {
    // What a database's user_version says stays true when it gets a history.
    if (row.adopted) record_applied(connection, *row.wanted, std::nullopt);
    if (row.wanted == nullptr || !counts(row.version)) continue;
    any = true;
    if (!row.applied && !row.adopted) record_applied(connection, *row.wanted, std::nullopt);
  }
  remember_adopted(connection, plan.adopted);
  write_user_version(connection, plan.adopted);
  return any;
}

// Leaves only those of `histories` that are `preferred`, where there are any.
void prefer(std::vector<OtherHistory>& histories, bool (*preferred)(const OtherHistory&)) {
  if (std::any_of(histories.begin(), histories.end(), preferred))
    std::erase_if(histories, std::not_fn(preferred));
}

// The one history of another tool that can be taken over.
OtherHistory find_other_history(Connection& connection, const Source& source) {
  auto found = read_other_histories(connection, source);
  if (found.empty())
    throw Error(
        "there is no history of golang-migrate, dbmate, diesel, goose, sqlx, D1, drizzle (with "
        "its journal), Flyway, refinery, prisma or Atlas here");
  prefer(found, [](const OtherHistory& history) { return !history.is_empty(); });
  prefer(found, [](const OtherHistory& history) { return history.is_readable; });
  if (found.size() > 1) throw Error(says_both(found[0].title(), found[1].title()));
  if (!found[0].problem.empty()) throw Error(found[0].problem);
  return std::move(found[0]);
}

// The tool's history may name no migration that `source` lacks, nor contradict user_version. What
// does not fit is named in an error.
void check_agrees(const OtherHistory& history, const Plan& plan, const Source& source) {
  const auto is_wanted = [&](std::int64_t version) {
    return std::any_of(source.wanted.begin(), source.wanted.end(),
                       [&](const auto& migration) { return migration.version == version; });
  };
  std::string lost;
  for (const std::int64_t version : history.versions) {
    if (!is_wanted(version)) lost += (lost.empty() ? "" : ", ") + std::to_string(version);
  }
  if (!lost.empty()) {
    throw Error(history.tool + " has applied what is not " + source.where() + ": version " + lost +
                " (" + history.table + ")");
  }
  for (const auto& row : plan.rows) {
    if (!row.adopted || history.has_applied(row.version)) continue;
    throw Error("PRAGMA user_version says that version " + std::to_string(row.version) +
                " was applied, and " + history.table + " that it was not");
  }
}

}  // namespace

void baseline_from_other_tool(Connection& connection, const Source& source) {
  const OtherHistory history = find_other_history(connection, source);
  const Plan plan = make_plan(connection, source);
  check_agrees(history, plan, source);
  mark_as_applied(connection, plan,
                  [&](std::int64_t version) { return history.has_applied(version); });
  remember_others(connection, OthersAre::kTakenOver);
}

void baseline_up_to(Connection& connection, const Source& source, std::int64_t last) {
  const Plan plan = make_plan(connection, source);
  check_is_certain(plan, last);
  const bool any = mark_as_applied(
      connection, plan, [&](std::int64_t version) { return !plan.order(last, version); });
  if (!any && (last > 0 || source.is_declared()))
    throw Error("no migration up to " + std::to_string(last) + " is " + source.where());
  if (!any) {
    remember_others(connection, OthersAre::kPassedOver);
  } else if (!source.is_declared() && !read_other_histories(connection, source).empty()) {
    remember_others(connection, OthersAre::kTakenOver);
  }
}

}  // namespace larder
