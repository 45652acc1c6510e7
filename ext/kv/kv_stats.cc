// The kv_stats table: numbers about this connection and its file.
#include "kv/kv.h"
#include "os/file.h"
#include "sqlite/cursors.h"

namespace larder {

namespace {

// The size of the write-ahead log; 0 outside WAL mode. The file is looked up by its name, because
// asking SQLite for the open file crashes libSQL, whose log is not SQLite's.
std::int64_t wal_bytes(Connection& connection) {
  Query mode = connection.query("PRAGMA main.journal_mode");
  if (!mode.step() || mode.text(0) != "wal") return 0;
  const char* log = sqlite3_filename_wal(sqlite3_db_filename(connection.db(), "main"));
  return size_of_file(log).value_or(0);
}

void file_stats(Connection& connection, std::vector<Stat>& stats) {
  const std::int64_t page = pragma_number(connection, "PRAGMA main.page_size");
  stats.push_back({"database_bytes", page * pragma_number(connection, "PRAGMA main.page_count")});
  stats.push_back({"free_bytes", page * pragma_number(connection, "PRAGMA main.freelist_count")});
  stats.push_back({"wal_bytes", wal_bytes(connection)});
}

class StatsTable {
 public:
  static constexpr const char* kName = "kv_stats";
  static constexpr const char* kColumns = "CREATE TABLE x(name TEXT, value)";

  explicit StatsTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { index.choose(0, "all", 1e6, 20); }

  class Cursor : public ListCursor<Stat> {
   public:
    explicit Cursor(StatsTable& table) : connection_(table.state()) {}

    void filter(int, Values) {
      std::vector<Stat> stats;
      for (const Feature* feature : connection_.features()) {
        if (feature->stats != nullptr) feature->stats(connection_, stats);
      }
      file_stats(connection_, stats);
      start(std::move(stats));
    }

    void column(sqlite3_context* context, int column) {
      Call result(context, {});
      if (column == 0) {
        result.result(std::string_view(row().name));
      } else {
        std::visit([&](auto value) { result.result(value); }, row().value);
      }
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kStatsTable =
    table_entry<StatsTable>("kv_stats(name, value)", "Numbers about this connection and its file.");

}  // namespace larder
