// What a run has to do.
#include "migration/work.h"

#include <algorithm>

#include "migration/foreign_keys.h"
#include "migration/other_tools.h"
#include "migration/script_file.h"

namespace larder {

namespace {

// Refuses what no script may say, before anything runs.
void check_scripts(Connection& connection, const Work& work, bool outside) {
  const bool drops_would_cascade = !outside && foreign_keys_are_on(connection.db());
  for (const auto& step : work.steps) {
    const std::string nothing = step.up ? "nothing was applied)" : "nothing was undone)";
    const auto refuse = [&](const StatementHead& head, const std::string& why) {
      throw Error(step.place(head.line) + ": " + why + " (statement " +
                  std::to_string(head.number) + ", " + nothing);
    };
    const bool atomic = !step.needs_no_transaction();
    if (!atomic && !outside) {
      throw Error(step.place(1) + ": it asks for no transaction, and one is open (" + nothing);
    }
    for (const auto& head : statement_heads(step.script().text)) {
      if (names_file(head) && files_are_switched_off()) {
        refuse(head, "opening files is switched off here (LARDER_NO_FILES)");
      }
      if (!atomic) {
        if (head.words[0] == "VACUUM")
          refuse(head, "VACUUM cannot run inside a function, and migrate() is one");
        continue;
      }
      if (const std::string why = refusal(head); !why.empty()) refuse(head, why);
      if (drops_would_cascade && drops_table(head)) {
        refuse(head,
               "DROP TABLE inside your transaction with foreign_keys on could delete rows that "
               "refer to the table; "
               "call it outside a transaction (some bindings open one at INSERT: commit first)");
      }
    }
  }
}

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

std::string newest_applied(const Plan& plan) {
  for (const auto& row : plan.rows) {
    if (row.version == plan.newest) return version_and_file(row.migration());
  }
  return std::to_string(plan.newest);
}

// A directory that another tool has worked off must not be run a second time: a script that begins
// with IF NOT EXISTS would even seem to succeed. Once there is a history of ours, that counts.
void check_no_other_history(Connection& connection, const Plan& plan) {
  const auto has_applied = [](const PlanRow& row) { return row.applied.has_value(); };
  if (std::any_of(plan.rows.begin(), plan.rows.end(), has_applied)) return;
  for (const auto& history : read_other_histories(connection)) {
    for (const auto& row : plan.rows) {
      if (row.state != State::kPending || !history.has_applied(row.version)) continue;
      throw Error(
          row.migration().place() + " was applied by " + history.tool + " already (" +
          history.table +
          "); migrate_baseline('from', directory) takes that history over; drop that table if "
          "it is of other migrations");
    }
  }
}

}  // namespace

Work up_work(Connection& connection, const Migrations& wanted, std::optional<std::int64_t> target,
             bool outside) {
  const Plan plan = make_plan(connection, wanted);
  if (const std::string why = obstacle(plan, wanted); !why.empty()) throw Error(why);
  const bool is_directory = !wanted.empty() && !wanted.front().up.file.empty();
  if (is_directory) check_no_other_history(connection, plan);
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
      const bool declared = wanted.empty() || wanted.front().up.file.empty();
      throw Error("migration " + row->migration().title() + " is not " +
                  (declared ? "declared here" : "in the directory") +
                  ", and no script is taken from the file");
    }
    Step step{*row->wanted, false};
    if (!step.migration.down) throw Error(step.migration.place() + " has no down script");
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
      return row.migration().place() + " was applied with other SQL; " +
             call_for("migrate_repair", row.migration()) + " accepts the new text";
    }
  }
  if (plan.newest > newest_wanted) {
    return "the database is at version " + std::to_string(plan.newest) +
           ", newer than the newest migration, " + version_and_file(wanted.back());
  }
  for (const auto& row : plan.rows) {
    if (row.state != State::kOutOfOrder) continue;
    return row.migration().place() + " is out of order: " + newest_applied(plan) +
           " is already applied; give it a higher version, or " +
           call_for("migrate_baseline", row.migration()) + " counts it as applied";
  }
  return "";
}

}  // namespace larder
