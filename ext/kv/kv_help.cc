// The kv_help table: every function and table, from the rows that register them.
#include "kv/kv.h"
#include "sqlite/cursors.h"

namespace larder {

namespace {

struct HelpRow {
  const char* text[3];  // name, signature, summary
};

class HelpTable {
 public:
  static constexpr const char* kName = "kv_help";
  static constexpr const char* kColumns = "CREATE TABLE x(name TEXT, signature TEXT, summary TEXT)";

  explicit HelpTable(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { index.choose(0, "all", 100, 100); }

  class Cursor : public ListCursor<HelpRow> {
   public:
    explicit Cursor(HelpTable& table) : connection_(table.state()) {}

    void filter(int, Values) {
      std::vector<HelpRow> rows;
      for (const Feature* feature : connection_.features()) {
        for (const auto& row : feature->functions)
          rows.push_back({{row.name, row.signature, row.summary}});
        for (const TableEntry* row : feature->tables)
          rows.push_back({{row->name, row->signature, row->summary}});
      }
      start(std::move(rows));
    }

    void column(sqlite3_context* context, int column) {
      Call(context, {}).result(std::string_view(row().text[column]));
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kHelpTable = table_entry<HelpTable>(
    "kv_help(name, signature, summary)", "Every function and table of Larder, with its arguments.");

}  // namespace larder
