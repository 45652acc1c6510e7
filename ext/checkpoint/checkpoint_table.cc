// The kv_checkpoint table: all checkpoints.
#include "checkpoint/checkpoint.h"
#include "store/row_table.h"

namespace larder {

namespace {

constexpr char kAllCheckpoints[] = R"(
SELECT name, value, updated_at FROM main.larder_checkpoint ORDER BY name)";

constexpr char kOneCheckpoint[] = R"(
SELECT name, value, updated_at FROM main.larder_checkpoint WHERE name = ?1)";

constexpr Lookup kCheckpointLookups[] = {
    {.column = 0, .by = Lookup::By::kKey, .scan = {kOneCheckpoint, "name=?", 3, 1}}};

constexpr TableRows kCheckpointRows{
    .name = "kv_checkpoint",
    .columns =
        "CREATE TABLE x(name TEXT, value, updated_at REAL, PRIMARY KEY (name)) WITHOUT ROWID",
    .source = "larder_checkpoint",
    .now_parameter = 0,
    .all = {kAllCheckpoints, "all", 200, 100},
    .lookups = kCheckpointLookups};

}  // namespace

constinit const TableEntry kCheckpointTable = table_entry<RowTable<kCheckpointRows>>(
    "kv_checkpoint(name, value, updated_at)", "All checkpoints.");

}  // namespace larder
