// The kv_check table, the doctor:
//
//   SELECT name, message FROM kv_check WHERE status <> 'ok';
//
// It reads all of Larder's tables, and reports a strange file instead of failing at it.
#include "kv/check.h"

#include "kv/kv.h"
#include "sqlite/cursors.h"

namespace larder {

namespace {

struct Check {
  const char* name;
  void (*run)(Connection& connection, Findings& findings);
};

constexpr Check kChecks[] = {
    {"journal_mode", check_journal_mode},
    {"synchronous", check_synchronous},
    {"busy_timeout", check_busy_timeout},
    {"foreign_keys", check_foreign_keys},
    {"names", check_names},
    {"file_system", check_file_system},
    {"free_pages", check_free_pages},
    {"tables", check_tables},
    {"replicated", check_replication},
    {"integrity", check_integrity},
};

// The checks of the features read the tables, which must be complete and of a known version.
void examine_contents(Connection& connection, Findings& findings) {
  const Schema::Survey survey = connection.schema().survey();
  if (!survey.foreign.empty() || survey.is_newer || !survey.is_complete) return;
  guarded({"settings", Finding::Status::kError, ""}, findings,
          [&] { check_settings(connection, findings); });
  for (const Feature* feature : connection.features()) {
    if (feature->check == nullptr) continue;
    guarded({feature->name, Finding::Status::kError, ""}, findings,
            [&] { feature->check(connection, findings); });
  }
}

Findings examine(Connection& connection) {
  // Tables are looked for anew: one that was dropped since the last look is no error.
  connection.schema().forget();
  Findings findings;
  for (const Check& check : kChecks)
    guarded({check.name, Finding::Status::kError, ""}, findings,
            [&] { check.run(connection, findings); });
  guarded({"tables", Finding::Status::kError, ""}, findings,
          [&] { examine_contents(connection, findings); });
  return findings;
}

class CheckTable {
 public:
  static constexpr const char* kName = "kv_check";
  static constexpr const char* kColumns = "CREATE TABLE x(name TEXT, status TEXT, message TEXT)";

  explicit CheckTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { index.choose(0, "all", 1e7, 20); }

  class Cursor : public ListCursor<Finding> {
   public:
    explicit Cursor(CheckTable& table) : connection_(table.state()) {}

    void filter(int, Values) { start(examine(connection_)); }

    void column(sqlite3_context* context, int column) {
      static constexpr std::string_view kStatuses[] = {"ok", "warning", "error"};
      const std::string_view cells[] = {row().name, kStatuses[static_cast<int>(row().status)],
                                        row().message};
      Call(context, {}).result(cells[column]);
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kCheckTable = table_entry<CheckTable>(
    "kv_check(name, status, message)",
    "The doctor: what is right and wrong with the connection and the file.");

}  // namespace larder
