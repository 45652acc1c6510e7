// Larder's tables: whether they are there, whether they are ours, and their creation.
#include "store/schema.h"

#include <algorithm>

#include "schema_sql.h"
#include "sqlite/ascii.h"
#include "store/connection.h"
#include "store/meta.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// The version of the tables below. A new table is created where it is missing. One that gets
// further columns needs them at its end, and a script in sql/schema/added.
constexpr std::int64_t kSchemaVersion = 2;

// sqlite_schema shows what any program may have put into the file, under any case of the name.
constexpr char kSelectTables[] = R"(
SELECT lower(name), type, sql
FROM main.sqlite_schema
WHERE lower(name) GLOB 'larder_*' AND type IN ('table', 'view'))";

// DDL without what tools that carry a schema from file to file change: comments, space, quotes and
// case.
std::string normalized(std::string_view ddl) {
  std::string result;
  for (std::size_t i = 0; i < ddl.size(); ++i) {
    if (ddl.substr(i, 2) == "--") {
      i = std::min(ddl.find('\n', i), ddl.size() - 1);
      continue;
    }
    if (is_space(ddl[i]) || ddl[i] == '"') continue;
    result.push_back(to_lower(ddl[i]));
  }
  return result;
}

// From the first parenthesis on: what comes before differs between our script and sqlite_schema.
std::string body_of(std::string_view ddl) {
  const std::string text = normalized(ddl);
  const auto from = text.find('(');
  if (from == std::string::npos) return {};
  return text.substr(from, text.find(';') - from);
}

// The same of the table as it was before `added` gave it its latest columns.
std::string body_before(std::string body, std::string_view added) {
  constexpr std::string_view kAdd = "addcolumn";
  const std::string script = normalized(added);
  for (auto at = script.find(kAdd); at != std::string::npos; at = script.find(kAdd, at)) {
    at += kAdd.size();
    const std::string column = "," + script.substr(at, script.find(';', at) - at);
    if (const auto found = body.find(column); found != std::string::npos)
      body.erase(found, column.size());
  }
  return body;
}

const EmbeddedTable* find_table(std::string_view name) {
  for (const auto& table : kEmbeddedTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

}  // namespace

std::vector<Schema::Found> Schema::read_tables() {
  std::vector<Found> found;
  Query rows = connection_.query(kSelectTables);
  while (rows.step()) {
    Found& table = found.emplace_back();
    table.name = rows.text(0);
    table.type = rows.text(1);
    table.sql = rows.text(2);
  }
  return found;
}

// A later version may have changed any table but larder_meta; what is then still a table is safe to
// read.
Schema::Form Schema::form_of(const Found& table, const EmbeddedTable& expected,
                             std::int64_t version) {
  // (A virtual table is of type table, too.)
  const bool ordinary = table.type == "table" && normalized(table.sql).starts_with("createtable");
  if (!ordinary) return Form::kForeign;
  if (version > kSchemaVersion) return Form::kCurrent;
  const std::string found = body_of(table.sql);
  const std::string body = body_of(expected.ddl);
  if (found == body) return Form::kCurrent;
  return found == body_before(body, expected.added) ? Form::kOutdated : Form::kForeign;
}

void Schema::read_meta(Survey& survey) {
  static constexpr auto kSelectVersion = sql(R"(
SELECT value, EXISTS (SELECT 1 FROM main.larder_meta WHERE {}), {} IS 1
FROM main.larder_meta
WHERE name = 'schema')",
                                             kWalIsRecorded, meta_value("replicated"));
  Query query = connection_.query(kSelectVersion);
  if (!query.step()) return;
  survey.version = query.integer(0);
  survey.is_replicated = query.integer(2) != 0;
  survey.owes_wal = query.integer(1) == 0 && !survey.is_replicated;
}

Schema::Survey Schema::survey() {
  Survey survey;
  const auto found = read_tables();
  if (!found.empty()) {
    Query encoding = connection_.query("PRAGMA main.encoding");
    survey.is_utf8 = encoding.step() && encoding.text(0) == "UTF-8";
  }
  for (const auto& table : found) {
    const bool is_meta = table.name == "larder_meta";
    if (is_meta && form_of(table, *find_table(table.name), 0) == Form::kCurrent) read_meta(survey);
  }
  for (const auto& table : found) {
    const EmbeddedTable* expected = find_table(table.name);
    if (expected == nullptr)
      continue;  // of a later version, or the user's: none of this code's business
    const bool is_meta = table.name == "larder_meta";
    const Form form = form_of(table, *expected, is_meta ? 0 : survey.version);
    if (form == Form::kForeign) {
      survey.foreign.push_back(table.name);
      continue;
    }
    survey.ours.push_back(expected->name);
    if (form == Form::kOutdated) survey.outdated.push_back(expected->name);
  }
  survey.is_complete = survey.ours.size() == std::size(kEmbeddedTables);
  survey.is_newer = survey.version > kSchemaVersion;
  return survey;
}

// What is not Larder's is an error only for whoever wants to use the tables.
void Schema::know() {
  Survey found = survey();
  is_replicated_ = found.is_replicated;
  if (found.foreign.empty()) remember(std::move(found));
}

void Schema::inspect() {
  forget();
  version_ = 0;
  Survey found = survey();
  if (!found.foreign.empty())
    throw Error(found.foreign.front() + " in this database is not Larder's");
  remember(std::move(found));
}

void Schema::remember(Survey found) {
  if (found.is_replicated != is_replicated_) connection_.clock().start_call();  // another clock
  is_known_ = !found.ours.empty();
  is_replicated_ = found.is_replicated;
  version_ = found.version;
  present_ = std::move(found.ours);
  outdated_ = std::move(found.outdated);
  has_all_ = found.is_complete;
  is_utf8_ = found.is_utf8;
  connection_.wal().found(found.owes_wal);
  connection_.relax();
}

bool Schema::find(std::string_view table) {
  const auto found = [&] {
    return std::find(present_.begin(), present_.end(), table) != present_.end();
  };
  if (found()) return true;
  inspect();  // absence is never remembered: another process may create the tables at any time
  return found();
}

bool Schema::is_current() {
  if (!outdated_.empty()) inspect();  // another process may have added the columns since
  return outdated_.empty();
}

void Schema::ensure() {
  if (connection_.is_joining()) check_joins();
  connection_.heed_new_schema();
  const bool was_created = !is_writable_ && make_writable();
  if (is_replicated_) connection_.clock().check_is_told();
  connection_.relax();
  if (!was_created) connection_.wal().before_write();
}

bool Schema::make_writable() {
  lock();
  inspect();
  if (version_ > kSchemaVersion) {
    throw Error("the larder_ tables in this database have version " + std::to_string(version_) +
                ", this Larder knows version " + std::to_string(kSchemaVersion) +
                " and will not write to them");
  }
  const bool creates = version_ < kSchemaVersion || !has_all_ || !is_current();
  if (creates) create();
  is_writable_ = true;
  return creates;
}

void Schema::look() {
  static constexpr char kNothing[] = "SELECT 1 FROM main.larder_meta WHERE name IS NULL";
  Query query = connection_.query(kNothing);
  query.step();
  if (query.was_recompiled()) forget();
}

// Takes the write lock in a transaction or statement of the caller's that has not read the file
// yet. Looking at the tables first would take a snapshot, and then the write that follows would
// fail where it should wait for its turn. Other failures (there are no tables yet, say) are left to
// the look at the tables, which explains them better.
void Schema::lock() {
  sqlite3* db = connection_.db();
  if (connection_.is_idle() || sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE) return;
  try {
    connection_.query_once(kTakeWriteLock).run();
  } catch (const Error& error) {
    const int code = error.code() & 0xff;
    if (code == SQLITE_BUSY || code == SQLITE_NOMEM || code == SQLITE_INTERRUPT) throw;
  }
}

// An engine that replicates the transactions which it runs itself does not see one that a function
// begins.
void Schema::check_joins() const {
  if (sqlite3_txn_state(connection_.db(), "main") == SQLITE_TXN_WRITE) return;
  const std::string name = connection_.callee();
  throw Error("outside a writing statement; write INSERT INTO kv_answer SELECT " + name +
              "(...) or BEGIN IMMEDIATE (LARDER_JOIN)");
}

// A column that is added rewrites no row: https://sqlite.org/lang_altertable.html
void Schema::create() {
  if (version_ == 0) connection_.wal().before_creation();
  {
    Transaction transaction(connection_);
    inspect();  // another process may have been faster
    for (const std::string_view table : std::vector(outdated_)) run(find_table(table)->added);
    for (const auto& table : kEmbeddedTables) run(table.ddl);
    store_meta(connection_, "schema", kSchemaVersion);
    connection_.wal().at_creation();
    transaction.commit();
  }
  inspect();
}

void Schema::run(const char* script) {
  while (*script != '\0') {
    Statement statement(connection_.db(), script, 0, &script);
    if (statement) Query(std::move(statement)).run();
  }
}

bool Schema::is_stale(const Error& error) const {
  if (error.is_final()) return false;
  if (error.code() == SQLITE_SCHEMA) return true;
  if (error.code() != SQLITE_ERROR) return false;
  // The columns go when an upgrade is rolled back, or an older copy is put in place.
  const std::string& message = error.message();
  return message.starts_with("no such table: main.larder_") ||
         message.starts_with("no such column: ") ||
         message.find(" has no column named ") != std::string::npos;
}

}  // namespace larder
