// The kv_answer table: it keeps nothing. INSERT INTO kv_answer SELECT f() RETURNING value calls f()
// inside a statement that writes the main database, and gives its answer back.
#include "kv/kv.h"
#include "sqlite/cursors.h"

namespace larder {

namespace {

class AnswerTable {
 public:
  static constexpr const char* kName = "kv_answer";
  static constexpr const char* kColumns = "CREATE TABLE x(value)";

  explicit AnswerTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { index.choose(0, "none", 1, 1); }

  // Only inserts come here, as there are no rows to delete or to update. SQLite makes what is
  // returned the caller's last_insert_rowid(), which stays as it was.
  std::int64_t update(Values) { return sqlite3_last_insert_rowid(connection_->db()); }

  using Cursor = NoRows;

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kAnswerTable = table_entry<AnswerTable>(
    "kv_answer(value)",
    "Keeps nothing: INSERT INTO kv_answer SELECT f() RETURNING value writes, and answers.");

}  // namespace larder
