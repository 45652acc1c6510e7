// What is declared, wherever that is kept.
#include "migration/declared.h"

#include "migration/declarations.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kKeepDeclaration[] = R"(
INSERT OR REPLACE INTO main.larder_declaration(version, name, up, down)
VALUES (?1, ?2, ?3, ?4))";

constexpr char kRemoveDeclaration[] = "DELETE FROM main.larder_declaration WHERE version = ?1";

constexpr char kAllDeclarations[] = R"(
SELECT version, name, up, down
FROM main.larder_declaration
ORDER BY version)";

constexpr char kOneDeclaration[] = R"(
SELECT version, name, up, down
FROM main.larder_declaration
WHERE version = ?1)";

Migration read_declaration(const Query& row) {
  Migration migration;
  migration.version = row.integer(0);
  migration.name = row.text(1);
  migration.up = make_script(row.text(2));
  if (!row.is_null(3)) migration.down = make_script(row.text(3));
  return migration;
}

}  // namespace

void Declared::add(Migration migration) {
  if (!is_in_file_) return connection_.state<Declarations>().add(std::move(migration));
  StatementScope scope(connection_);
  Query keep = connection_.query(kKeepDeclaration);
  keep.bind(1, migration.version).bind(2, std::string_view(migration.name));
  keep.bind(3, std::string_view(migration.up.text));
  if (migration.down) {
    keep.bind(4, std::string_view(migration.down->text));
  } else {
    keep.bind_null(4);
  }
  keep.run();
}

void Declared::remove(std::int64_t version) {
  if (!is_in_file_) return connection_.state<Declarations>().remove(version);
  StatementScope scope(connection_);
  connection_.query(kRemoveDeclaration).bind(1, version).run();
}

std::optional<Migration> Declared::find(std::int64_t version) const {
  if (!is_in_file_) {
    const Migration* found = connection_.state<Declarations>().find(version);
    return found != nullptr ? std::optional(*found) : std::nullopt;
  }
  Query row = connection_.query(kOneDeclaration);
  if (!row.bind(1, version).step()) return std::nullopt;
  return read_declaration(row);
}

Migrations Declared::all() const {
  if (!is_in_file_) return connection_.state<Declarations>().all();
  Migrations result;
  Query rows = connection_.query(kAllDeclarations);
  while (rows.step()) result.push_back(read_declaration(rows));
  return result;
}

}  // namespace larder
