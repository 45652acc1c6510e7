// The work of a run.
#include "migration/work.h"

#include <algorithm>

#include "migration/other_tools.h"
#include "migration/plan.h"
#include "migration/script_rules.h"

namespace larder {

namespace {

// Why `migration`, which is pending, cannot be run beside the history of another tool, or "".
std::string doubt(const Migration& migration, const OtherHistory& history) {
  if (!history.is_readable) {
    return migration.place() + " may have been applied by " + history.title() + "; " +
           kBaselineInstead;
  }
  if (!history.problem.empty()) return history.problem;
  if (!history.has_applied(migration.version)) return "";
  return migration.place() + " was applied by " + history.tool + " already (" + history.table +
         "); migrate_baseline('from', directory) takes that history over";
}

// A migration that another tool has applied must not run again: with IF NOT EXISTS it would even
// seem to succeed. Once Larder has a history here, that one counts.
void check_no_other_history(Connection& connection, const Plan& plan, const Source& source) {
  const auto has_applied = [](const PlanRow& row) { return row.applied.has_value(); };
  if (std::any_of(plan.rows.begin(), plan.rows.end(), has_applied)) return;
  if (others_are(connection) != OthersAre::kUnknown) return;
  for (const auto& history : read_other_histories(connection, source)) {
    for (const auto& row : plan.rows) {
      if (row.state != State::kPending) continue;
      if (const std::string why = doubt(row.migration(), history); !why.empty())
        throw Error(why + "; " + how_to_pass_over(source));
    }
  }
}

}  // namespace

Work up_work(Connection& connection, const Source& source, std::optional<std::int64_t> target,
             bool outside) {
  const Plan plan = make_plan(connection, source);
  if (target) check_is_certain(plan, *target);
  if (const std::string why = obstacle(plan, source); !why.empty()) throw Error(why);
  if (!source.is_declared()) check_no_other_history(connection, plan, source);
  Work work;
  work.adopted_to = plan.adopted;
  const auto is_in_target = [&](const Migration& migration) {
    return !target || !plan.order(*target, migration.version);
  };
  for (const auto& row : plan.rows) {
    if (row.adopted) work.adopted.push_back(row.wanted);
    if (row.state == State::kPending && is_in_target(*row.wanted))
      work.steps.push_back({row.wanted, true});
  }
  const bool is_whole = source.wanted.empty() || is_in_target(source.wanted.back());
  for (const auto& row : plan.repeatables) {
    if (row.state == State::kPending && is_whole) work.steps.push_back({row.wanted, true});
  }
  check_scripts(connection, work.steps, outside);
  return work;
}

Work down_work(Connection& connection, const Source& source, std::int64_t target, bool outside) {
  const Plan plan = make_plan(connection, source);
  check_is_certain(plan, target);
  Work work;
  work.adopted_to = std::max<std::int64_t>(std::min(plan.adopted, target, plan.order), 0);
  for (auto row = plan.rows.rbegin(); row != plan.rows.rend(); ++row) {
    const bool is_applied = row->adopted || row->applied;
    if (row->adopted) work.adopted.push_back(row->wanted);
    if (!is_applied || !plan.order(target, row->version)) continue;
    // Only a script that this program brings is run. The database file, and so the history in it,
    // may come from anywhere.
    if (row->wanted == nullptr) {
      throw Error("migration " + row->migration().title() + " is not " +
                  (source.is_declared() ? "declared here" : "in the directory") +
                  ", and no script is taken from the file");
    }
    if (!row->wanted->down) throw Error(row->wanted->place() + " has no down script");
    work.steps.push_back({row->wanted, false});
  }
  if (work.steps.empty()) work.adopted.clear();
  check_scripts(connection, work.steps, outside);
  return work;
}

}  // namespace larder
