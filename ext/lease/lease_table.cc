// The kv_lease table: the leases that are held.
#include "lease/lease.h"
#include "store/row_table.h"

namespace larder {

namespace {

constexpr auto kHeldLeases = sql(R"(
SELECT name, owner, token, acquired_at, expires_at
FROM main.larder_lease
WHERE {})",
                                 kLeaseLive);

constexpr auto kAllHeldLeases = sql("{} ORDER BY name", kHeldLeases);
constexpr auto kOneHeldLease = sql("{} AND name = ?1", kHeldLeases);

constexpr Lookup kLeaseLookups[] = {
    {.column = 0, .by = Lookup::By::kKey, .scan = {kOneHeldLease, "name=?", 3, 1}}};

constexpr TableRows kLeaseRows{
    .name = "kv_lease",
    .columns =
        "CREATE TABLE x(name TEXT, owner TEXT, token INTEGER, acquired_at REAL, expires_at REAL, "
        "PRIMARY KEY (name)) WITHOUT ROWID",
    .source = "larder_lease",
    .now_parameter = 2,
    .all = {kAllHeldLeases, "all", 200, 100},
    .lookups = kLeaseLookups};

}  // namespace

constinit const TableEntry kLeaseTable = table_entry<RowTable<kLeaseRows>>(
    "kv_lease(name, owner, token, acquired_at, expires_at)", "The leases that are held.");

}  // namespace larder
