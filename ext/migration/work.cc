// What a run has to do.
#include "migration/work.h"

#include <algorithm>

#include "migration/foreign_keys.h"

namespace larder {

namespace {

// Refuses what no script may say, before anything runs.
void check_scripts(Connection& connection, const Work& work, bool outside) {
  const bool drops_would_cascade = !outside && foreign_keys_are_on(connection.db());
  for (const auto& step : work.steps) {
    const auto refuse = [&](int line, const std::string& why) {
      throw Error(step.migration.place() + ":" + std::to_string(line) + ": " + why +
                  " (nothing was applied)");
    };
    const bool atomic = !step.needs_no_transaction();
    if (!atomic && !outside) refuse(1, "it asks for no transaction, and one is open");
    for (const auto& head : statement_heads(step.script())) {
      if (!atomic) {
        if (head.words[0] == "VACUUM")
          refuse(head.line, "VACUUM cannot run inside a function, and migrate() is one");
        continue;
      }
      if (const std::string why = refusal(head); !why.empty()) refuse(head.line, why);
      if (drops_would_cascade && drops_table(head)) {
        refuse(head.line,
               "DROP TABLE inside your transaction with foreign_keys on could delete rows that "
               "refer to the table; "
               "call it outside a transaction (some bindings open one at INSERT: commit first)");
      }
    }
  }
}

}  // namespace

Work up_work(Connection& connection, const Migrations& wanted, std::optional<std::int64_t> target,
             bool outside) {
  const Plan plan = make_plan(connection, wanted);
  if (const std::string why = obstacle(plan, wanted); !why.empty()) throw Error(why);
  Work work;
  work.adopted_to = plan.adopted;
  for (const auto& row : plan.rows) {
    if (row.adopted) work.adopted.push_back(*row.wanted);
    const bool is_due = row.state == State::kPending && (!target || row.version <= *target);
    if (is_due) work.steps.push_back({*row.wanted, true});
  }
  check_scripts(connection, work, outside);
  return work;
}

Work down_work(Connection& connection, const Migrations& wanted, std::int64_t target,
               bool outside) {
  const Plan plan = make_plan(connection, wanted);
  Work work;
  work.adopted_to = std::min(plan.adopted, target);
  for (auto row = plan.rows.rbegin(); row != plan.rows.rend(); ++row) {
    const bool is_applied = row->adopted || row->applied;
    if (row->adopted) work.adopted.push_back(*row->wanted);
    if (!is_applied || row->version <= target) continue;
    // Only what this program declares is run: the file may come from anywhere, its history
    // included.
    if (!row->wanted) {
      throw Error("migration " + row->migration().title() +
                  " is not declared here, and no script is taken from the file");
    }
    Step step{*row->wanted, false};
    if (!step.migration.down)
      throw Error("migration " + step.migration.title() + " has no down script");
    work.steps.push_back(std::move(step));
  }
  if (work.steps.empty()) work.adopted.clear();
  check_scripts(connection, work, outside);
  return work;
}

std::string obstacle(const Plan& plan, const Migrations& wanted) {
  if (wanted.empty()) return "";
  const std::int64_t newest_wanted = wanted.back().version;
  for (const auto& row : plan.rows) {
    if (row.state == State::kChanged) {
      return "migration " + row.migration().title() +
             " was applied with other SQL; migrate_repair(" + std::to_string(row.version) +
             ") accepts the new text";
    }
  }
  if (plan.newest > newest_wanted) {
    return "the database is at version " + std::to_string(plan.newest) +
           ", newer than the newest migration, " + std::to_string(newest_wanted);
  }
  for (const auto& row : plan.rows) {
    if (row.state != State::kOutOfOrder) continue;
    return "migration " + row.migration().title() +
           " is out of order: " + std::to_string(plan.newest) +
           " is already applied; give it a higher version, or migrate_baseline(" +
           std::to_string(row.version) + ") counts it as applied";
  }
  return "";
}

}  // namespace larder
