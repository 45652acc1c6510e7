// By which tables other migration tools are known.
#include "migration/tool_tables.h"

#include <algorithm>
#include <string_view>

#include "sqlite/ascii.h"

namespace larder {

namespace {

constexpr char kSelectTextVersions[] = R"(SELECT version, 1 FROM main."%w")";

// goose appends a row each time a version is applied or undone, and begins with version 0.
constexpr char kSelectGooseVersions[] = R"(
SELECT version_id, 1
FROM (SELECT version_id, is_applied, max(id) FROM main."%w" GROUP BY version_id)
WHERE is_applied AND version_id <> 0)";

// A table of the user's may have the same columns; its names are hardly those of files.
constexpr char kSelectD1Names[] = R"(
SELECT name, 1
FROM main."%w"
WHERE name GLOB '*.sql')";

// Flyway appends a row for an undo and for the repair of a file that is gone, too. What has no
// version is a repeatable migration.
constexpr char kSelectFlywayVersions[] = R"(
SELECT version, success, type = 'BASELINE'
FROM (
  SELECT version, success, type, max(installed_rank)
  FROM main."%w"
  WHERE version IS NOT NULL
  GROUP BY version)
WHERE type NOT GLOB 'UNDO*' AND type <> 'DELETE')";

constexpr char kSelectPrismaNames[] = R"(
SELECT migration_name, finished_at IS NOT NULL
FROM main."%w"
WHERE rolled_back_at IS NULL)";

// Atlas counts the statements of a version, and keeps an id of its own among the versions. Type 1
// is a baseline.
constexpr char kSelectAtlasVersions[] = R"(
SELECT version, applied = total, type = 1
FROM main."%w"
WHERE version NOT GLOB '.*')";

// The first that fits a table is taken: golang-migrate, Rails, Ecto, dbmate and many a program of
// its own use the same name, and a column `version` in it.
constexpr MigrationTool kMigrationTools[] = {
    {.name = "golang-migrate",
     .table = "schema_migrations",
     .column = "dirty",
     .columns = "version,dirty",
     .types = "uint64,bool",
     .select = R"(SELECT version, NOT dirty FROM main."%w")",
     .is_one_number = true},
    {.name = "Rails",
     .table = "schema_migrations",
     .column = "version",
     .columns = "version",
     .types = "varchar",
     .key = "version",
     .beside = "ar_internal_metadata"},
    {.name = "Ecto",
     .table = "schema_migrations",
     .column = "inserted_at",
     .columns = "version,inserted_at",
     .types = "integer,text",
     .key = "version"},
    {.name = "dbmate",
     .table = "schema_migrations",
     .column = nullptr,
     .columns = "version",
     .types = "varchar(128)",
     .key = "version",
     .select = kSelectTextVersions},
    {.name = "another tool",
     .table = "schema_migrations",
     .column = "version",
     .columns = "",  // under another name it would be any table
     .select = kSelectTextVersions},
    {.name = "diesel",
     .table = "__diesel_schema_migrations",
     .column = "version",
     .columns = "version,run_on",
     .types = "varchar(50),timestamp",
     .key = "version",
     .select = kSelectTextVersions},
    {.name = "goose",
     .table = "goose_db_version",
     .column = "is_applied",
     .columns = "id,version_id,is_applied,tstamp",
     .select = kSelectGooseVersions},
    {.name = "sqlx",
     .table = "_sqlx_migrations",
     .column = "success",
     .columns = "version,description,installed_on,success,checksum,execution_time",
     .select = R"(SELECT version, success FROM main."%w")"},
    {.name = "D1",
     .table = "d1_migrations",
     .column = "name",
     .columns = "id,name,applied_at",
     .types = "integer,text,timestamp",
     .select = kSelectD1Names,
     .versions = VersionsAre::kFileNames},
    {.name = "Flyway",
     .table = "flyway_schema_history",
     .column = "installed_rank",
     .columns = "installed_rank,version,description,type,script,checksum,installed_by,installed_on,"
                "execution_time,success",
     .select = kSelectFlywayVersions,
     .versions = VersionsAre::kParts},
    {.name = "refinery",
     .table = "refinery_schema_history",
     .column = "applied_on",
     .columns = "version,name,applied_on,checksum",
     .types = "int[48],varchar(255),varchar(255),varchar(255)",
     .key = "version",
     .select = kSelectTextVersions},
    {.name = "prisma",
     .table = "_prisma_migrations",
     .column = "migration_name",
     .columns = "id,checksum,finished_at,migration_name,logs,rolled_back_at,started_at,"
                "applied_steps_count",
     .select = kSelectPrismaNames,
     .versions = VersionsAre::kFileNames},
    {.name = "drizzle",
     .table = "__drizzle_migrations",
     .column = "hash",
     .columns = "id,hash,created_at",
     .types = "serial,text,numeric",
     .select = R"(SELECT created_at, 1 FROM main."%w")",
     .versions = VersionsAre::kTimes},
    {.name = "yoyo",
     .table = "_yoyo_migration",
     .column = "migration_hash",
     .columns = "migration_hash,migration_id,applied_at_utc"},
    {.name = "knex",
     .table = "knex_migrations",
     .column = "batch",
     .columns = "id,name,batch,migration_time"},
    {.name = "Atlas",
     .table = "atlas_schema_revisions",
     .column = "executed_at",
     .columns = "version,description,type,applied,total,executed_at,execution_time,error,"
                "error_stmt,hash,partial_hashes,operator_version",
     .select = kSelectAtlasVersions},
    {.name = "Django",
     .table = "django_migrations",
     .column = "app",
     .columns = "id,app,name,applied",
     .types = "integer,varchar(255),varchar(255),datetime"},
    {.name = "Alembic",
     .table = "alembic_version",
     .column = "version_num",
     .columns = "version_num",
     .types = "varchar(32)",
     .key = "version_num"},
    {.name = "Liquibase",
     .table = "databasechangelog",
     .column = "orderexecuted",
     .columns = "id,author,filename,dateexecuted,orderexecuted,exectype,md5sum,description,"
                "comments,tag,liquibase,contexts,labels,deployment_id"},
};

struct TableShape {
  std::string name;
  std::string columns;  // separated by commas and in lower case, as the next one
  std::string types;
  std::string key;  // the column that is the primary key, or "" when it is not one column
};

// The ordinary tables, which are neither views nor virtual.
std::vector<TableShape> read_table_shapes(Connection& connection) {
  static constexpr char kSelectShapes[] = R"(
SELECT tables.name, group_concat(lower(columns.name)), group_concat(lower(columns.type)),
  CASE max(columns.pk) WHEN 1 THEN max(lower(columns.name)) FILTER (WHERE columns.pk = 1) END
FROM main.sqlite_schema AS tables, temp.pragma_table_xinfo(tables.name, 'main') AS columns
WHERE tables.type = 'table' AND sql GLOB 'CREATE TABLE*'
GROUP BY tables.rowid)";
  std::vector<TableShape> shapes;
  Query rows = connection.query_once(kSelectShapes);
  while (rows.step()) shapes.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3)});
  return shapes;
}

bool is_named(const TableShape& shape, std::string_view name) {
  return lower_case(shape.name) == name;
}

bool has_column(const TableShape& shape, const std::string& column) {
  return ("," + shape.columns + ",").find("," + column + ",") != std::string::npos;
}

bool has_types(const TableShape& shape, const char* pattern) {
  return pattern == nullptr || sqlite3_strglob(pattern, shape.types.c_str()) == 0;
}

bool fits(const TableShape& shape, const MigrationTool& tool) {
  if (tool.column != nullptr && is_named(shape, tool.table)) return has_column(shape, tool.column);
  return shape.columns == tool.columns && has_types(shape, tool.types) &&
         (tool.key == nullptr || shape.key == tool.key);
}

}  // namespace

std::vector<ToolTable> find_tool_tables(Connection& connection) {
  const auto shapes = read_table_shapes(connection);
  const auto is_there = [&](const char* name) {
    return std::any_of(shapes.begin(), shapes.end(),
                       [&](const auto& shape) { return is_named(shape, name); });
  };
  std::vector<ToolTable> found;
  for (const auto& shape : shapes) {
    for (const auto& tool : kMigrationTools) {
      if (!fits(shape, tool) || (tool.beside != nullptr && !is_there(tool.beside))) continue;
      found.push_back({&tool, shape.name, is_named(shape, tool.table)});
      break;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.tool < b.tool; });
  return found;
}

}  // namespace larder
