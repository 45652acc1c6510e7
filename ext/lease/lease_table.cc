// The kv_lease table: the leases that are held.
#include "lease/lease.h"
#include "sqlite/cursors.h"

namespace larder {

namespace {

#define SELECT_HELD                                                            \
  "SELECT name, owner, token, acquired_at, expires_at FROM main.larder_lease " \
  "WHERE " LARDER_LEASE_LIVE

class LeaseTable {
 public:
  static constexpr const char* kName = "kv_lease";
  static constexpr const char* kColumns =
      "CREATE TABLE x(name TEXT, owner TEXT, token INTEGER, acquired_at REAL, expires_at REAL, "
      "PRIMARY KEY (name)) WITHOUT ROWID";

  explicit LeaseTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }

  void best_index(Index& index) {
    const auto name = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
    if (name) index.hand_over(*name);
    index.choose(name ? 1 : 0, name ? "name=?" : "all", name ? 3 : 200, name ? 1 : 100);
  }

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(LeaseTable& table) : connection_(table.state()) {}

    void filter(int plan, Values arguments) {
      static constexpr char kAll[] = SELECT_HELD " ORDER BY name";
      static constexpr char kOne[] = SELECT_HELD " AND name = ?1";
      clear();
      if (!connection_.schema().has("larder_lease")) return;
      Query query = connection_.query(plan == 1 ? Sql(kOne) : Sql(kAll));
      query.bind(2, connection_.clock().now());
      if (plan == 1) query.bind_key(1, keep(arguments[0]));
      start(std::move(query));
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kLeaseTable = table_entry<LeaseTable>(
    "kv_lease(name, owner, token, acquired_at, expires_at)", "The leases that are held.");

}  // namespace larder
