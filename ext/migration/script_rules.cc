// What must not be in a migration script.
#include "migration/script_rules.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "migration/foreign_keys.h"
#include "migration/script_file.h"
#include "migration/statement_heads.h"
#include "sqlite/ascii.h"

namespace larder {

namespace {

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The name in PRAGMA name or PRAGMA schema.name, or "" for any other statement.
std::string pragma_of(const StatementHead& head) {
  if (head.words[0] != "PRAGMA" || head.words.size() < 2) return "";
  const bool has_schema = head.words.size() > 3 && head.words[2] == ".";
  return head.words[has_schema ? 3 : 1];
}

// VACUUM INTO names a file as well, but SQLite runs no VACUUM inside a function. DETACH opens
// nothing.
bool names_file(const StatementHead& head) {
  return head.words[0] == "ATTACH" ||
         is_any_of(pragma_of(head),
                   {"TEMP_STORE_DIRECTORY", "DATA_STORE_DIRECTORY", "LOCK_PROXY_FILE"});
}

bool drops_table(const StatementHead& head) {
  return head.words.size() > 1 && head.words[0] == "DROP" && head.words[1] == "TABLE";
}

// Why `head` must not stand in a script that runs inside a transaction, or "" when it may.
std::string why_not_in_transaction(const StatementHead& head) {
  const std::string& verb = head.words[0];
  if (is_any_of(verb, {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM",
                       "ATTACH", "DETACH"})) {
    return verb + " is not allowed in a migration, which is one transaction";
  }
  const std::string pragma = pragma_of(head);
  if (is_any_of(pragma, {"USER_VERSION", "JOURNAL_MODE"})) {
    return "PRAGMA " + lower_case(pragma) +
           " is not allowed in a migration, which sets it itself or runs inside a transaction";
  }
  return "";
}

bool sets_foreign_keys(const StatementHead& head) { return pragma_of(head) == "FOREIGN_KEYS"; }

// Why `head` must not stand in `script`, or "" when it may. `drops_would_cascade`: foreign keys are
// on and stay on while the script runs.
std::string why_not(const StatementHead& head, const Script& script, bool drops_would_cascade) {
  if (names_file(head) && files_are_switched_off())
    return "opening files is switched off here (LARDER_NO_FILES)";
  if (script.alone) {
    return head.words[0] == "VACUUM" ? "VACUUM cannot run inside a function, and migrate() is one"
                                     : "";
  }
  if (std::string why = why_not_in_transaction(head); !why.empty()) return why;
  if (drops_would_cascade && sets_foreign_keys(head)) {
    return "foreign_keys cannot be switched inside your transaction, and what the script does "
           "without them could delete rows; call it outside a transaction";
  }
  if (drops_would_cascade && drops_table(head)) {
    return "DROP TABLE inside your transaction with foreign_keys on could delete rows that refer "
           "to the table; "
           "call it outside a transaction (some bindings open one at INSERT: commit first)";
  }
  return "";
}

// Checks the statements of one script, which come in their order.
//
// A BEGIN that is the first statement and a COMMIT that is the last are read over (script_run.cc):
// the transaction around the script does their work. PRAGMA foreign_keys, which does nothing there,
// may stand before and behind them.
class ScriptCheck {
 public:
  ScriptCheck(const Step& step, bool drops_would_cascade)
      : step_(step), drops_would_cascade_(drops_would_cascade) {}

  void take(const StatementHead& head) {
    const bool is_pragma = sets_foreign_keys(head);
    if (commit_ && !is_pragma) refuse(*commit_);
    if (encloses(head)) return;
    check(head);
    may_begin_ = may_begin_ && is_pragma;
  }

  void finish() const {
    if (begin_ && !commit_) refuse(*begin_);
  }

 private:
  bool encloses(const StatementHead& head) {
    if (step_.script().alone) return false;
    const std::string& verb = head.words[0];
    if (may_begin_ && verb == "BEGIN") {
      begin_ = head;
      may_begin_ = false;
      return true;
    }
    if (begin_ && (verb == "COMMIT" || verb == "END")) {
      commit_ = head;
      return true;
    }
    return false;
  }

  void check(const StatementHead& head) const {
    const std::string why = why_not(head, step_.script(), drops_would_cascade_);
    if (!why.empty()) refuse(head, why);
  }

  [[noreturn]] void refuse(const StatementHead& head) const {
    refuse(head, why_not(head, step_.script(), drops_would_cascade_));
  }

  [[noreturn]] void refuse(const StatementHead& head, const std::string& why) const {
    throw Error(step_.place(head.line) + ": " + why + " (statement " + std::to_string(head.number) +
                ", " + step_.nothing() + ")");
  }

  const Step& step_;
  bool drops_would_cascade_;
  bool may_begin_ = true;
  std::optional<StatementHead> begin_;
  std::optional<StatementHead> commit_;
};

void check_script(const Step& step, bool outside, bool drops_would_cascade) {
  if (step.script().alone && !outside) {
    throw Error(step.place(1) + ": it asks for no transaction, and one is open (" + step.nothing() +
                ")");
  }
  ScriptCheck check(step, drops_would_cascade);
  for_each_statement(step.script().text, [&](const StatementHead& head) { check.take(head); });
  check.finish();
}

}  // namespace

void check_scripts(Connection& connection, const std::vector<Step>& steps, bool outside) {
  const bool drops_would_cascade = !outside && foreign_keys_are_on(connection.db());
  for (const auto& step : steps) check_script(step, outside, drops_would_cascade);
}

}  // namespace larder
