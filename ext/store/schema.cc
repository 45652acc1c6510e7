// Larder's tables: whether they are there, whether they are ours, and their creation.
#include "store/schema.h"

#include <algorithm>

#include "sqlite/ascii.h"
#include "store/connection.h"
#include "store/meta.h"
#include "store/table_form.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// sqlite_schema shows what any program may have put into the file, under any case of the name.
constexpr char kSelectTables[] = "SELECT name, type, sql FROM main.sqlite_schema";

bool has_nul(const std::string& text) { return text.find('\0') != std::string::npos; }

}  // namespace

// SQLite reads what is in the file up to the first NUL, and does not ask for the type of what it is
// to create. So a row that a stranger has written is seen as SQLite sees it, and in a type of its
// own, or with a NUL, it is no table of ours.
std::vector<FoundTable> Schema::read_tables(Survey& survey) {
  std::vector<FoundTable> found;
  Query rows = connection_.query(kSelectTables);
  survey.is_whole = rows.is_whole();
  while (rows.step()) {
    std::string type = rows.text(1);
    if (type == "index" || type == "trigger") continue;
    std::string name = rows.text(0), sql = rows.text(2);
    if (has_nul(name) || has_nul(sql)) type = "other";
    name = lower_case(name.c_str());
    if (name.starts_with("larder_"))
      found.push_back({std::move(name), std::move(type), std::move(sql)});
  }
  return found;
}

void Schema::read_meta(Survey& survey) {
  static constexpr auto kSelectAboutFile = sql(R"(
SELECT name = 'schema', value, {}, name = 'replicated' AND value IS 1
FROM main.larder_meta
WHERE name IN ('schema', 'wal', 'replicated'))",
                                               kWalIsRecorded);
  bool is_complete = false, is_recorded = false, is_replicated = false;
  Query query = connection_.query(kSelectAboutFile);
  survey.is_whole = survey.is_whole && query.is_whole();
  while (query.step()) {
    if (query.integer(0) != 0) survey.version = query.integer(1);
    is_complete = is_complete || query.integer(0) != 0;
    is_recorded = is_recorded || query.integer(2) != 0;
    is_replicated = is_replicated || query.integer(3) != 0;
  }
  survey.is_replicated = is_complete && is_replicated;
  survey.owes_wal = is_complete && !is_recorded && !is_replicated;
}

Schema::Survey Schema::survey() {
  Survey survey;
  const auto found = read_tables(survey);
  if (!found.empty()) {
    Query encoding = connection_.query("PRAGMA main.encoding");
    survey.is_utf8 = encoding.step() && encoding.text(0) == "UTF-8";
  }
  for (const auto& table : found) {
    const bool is_meta = table.name == "larder_meta";
    if (is_meta && form_of(table, *find_table(table.name), 0) == TableForm::kCurrent)
      read_meta(survey);
  }
  for (const auto& table : found) {
    const EmbeddedTable* expected = find_table(table.name);
    if (expected == nullptr)
      continue;  // of a later version, or the user's: none of this code's business
    const bool is_meta = table.name == "larder_meta";
    const TableForm form = form_of(table, *expected, is_meta ? 0 : survey.version);
    if (form == TableForm::kForeign) {
      survey.foreign.push_back(table.name);
      continue;
    }
    survey.ours.push_back(expected->name);
    if (form == TableForm::kOutdated) survey.outdated.push_back(expected->name);
  }
  survey.is_complete = survey.ours.size() == std::size(kEmbeddedTables);
  survey.is_newer = survey.version > kSchemaVersion;
  return survey;
}

// Finds out whether the tables may still be as they are known, and looks at them when not.
void Schema::look() {
  std::optional<Query> reading;
  const auto version = read_version(reading);
  if (version && version == version_read_) {
    is_certain_ = true;
    return;
  }
  forget();
  Survey found = survey();
  // What is not committed may be undone, and its number used again; what an authorizer hides may be
  // shown later.
  if (found.is_whole && sqlite3_txn_state(connection_.db(), "main") != SQLITE_TXN_WRITE)
    version_read_ = version;
  reading.reset();
  remember(std::move(found));
}

void Schema::notice() {
  static constexpr char kNothing[] = "SELECT 1 FROM main.larder_meta WHERE name IS NULL";
  Query query = connection_.query(kNothing);
  query.step();
  if (query.was_recompiled()) doubt();
}

// Until `reading` is over, all that is read is of the same commit. Nothing when an authorizer keeps
// it to itself.
std::optional<std::int64_t> Schema::read_version(std::optional<Query>& reading) {
  try {
    reading.emplace(connection_.query("PRAGMA main.schema_version"));
    if (reading->step()) return reading->integer(0);
  } catch (const Error& error) {
    if (error.code() != SQLITE_AUTH) throw;
  }
  return std::nullopt;
}

void Schema::remember(Survey found) {
  if (found.is_replicated != known_.is_replicated)
    connection_.clock().start_call();  // another clock
  known_ = std::move(found);
  is_certain_ = true;
  connection_.wal().found(known_.owes_wal);
  connection_.relax();
}

template <class Condition>
bool Schema::finds(Condition condition) {
  if (is_certain_ && condition(known_)) return true;
  look();
  return condition(known_);
}

bool Schema::find(std::string_view table) {
  const bool is_there = finds([&](const Survey& file) {
    return file.foreign.empty() &&
           std::find(file.ours.begin(), file.ours.end(), table) != file.ours.end();
  });
  check_ours();
  return is_there;
}

// What is not Larder's is an error only for whoever wants to use the tables.
void Schema::check_ours() const {
  if (!known_.foreign.empty())
    throw Error(known_.foreign.front() + " in this database is not Larder's");
}

bool Schema::is_current() {
  return finds([](const Survey& file) { return file.outdated.empty(); });
}

void Schema::ensure() {
  check_joins();
  connection_.heed_new_schema();
  const bool was_created = !is_writable_ && make_writable();
  if (known_.is_replicated) connection_.clock().check_is_told();
  connection_.relax();
  if (!was_created) connection_.wal().before_write();
}

bool Schema::make_writable() {
  lock();
  look();
  check_ours();
  if (known_.is_newer) {
    throw Error("the larder_ tables in this database have version " +
                std::to_string(known_.version) + ", this Larder knows version " +
                std::to_string(kSchemaVersion) + " and will not write to them");
  }
  const bool creates =
      known_.version < kSchemaVersion || !known_.is_complete || !known_.outdated.empty();
  if (creates) create();
  is_writable_ = true;
  return creates;
}

// Where there are no tables of Larder's yet, a pragma takes the lock; in a file with auto_vacuum it
// returns one free page. (To compile the other statement first, in vain, would read the file.) That
// there is no such table after all, or nothing can be written, is left to the look at the tables,
// which explains it better. In Mode::kJoin a call takes no lock that the caller has not.
void Schema::lock() {
  static constexpr char kTakeFirstWriteLock[] = "PRAGMA main.incremental_vacuum(1)";
  sqlite3* db = connection_.db();
  if (connection_.is_idle() || connection_.is_joining() ||
      sqlite3_txn_state(db, "main") != SQLITE_TXN_NONE)
    return;
  const bool is_there =
      sqlite3_table_column_metadata(db, "main", "larder_meta", nullptr, nullptr, nullptr, nullptr,
                                    nullptr, nullptr) == SQLITE_OK;
  try {
    connection_.query_once(is_there ? kTakeWriteLock : kTakeFirstWriteLock).run();
  } catch (const Error& error) {
    const int code = error.code() & 0xff;
    if (code != SQLITE_ERROR && code != SQLITE_READONLY && code != SQLITE_AUTH) throw;
  }
}

// An engine that replicates the transactions which it runs itself does not see one that a function
// begins.
void Schema::check_joins() const {
  if (!connection_.lacks_transaction()) return;
  const std::string name = connection_.callee();
  throw Error("outside a writing statement; write INSERT INTO kv_answer SELECT " + name +
              "(...) or BEGIN IMMEDIATE (LARDER_JOIN)");
}

// A column that is added rewrites no row: https://sqlite.org/lang_altertable.html
void Schema::create() {
  if (known_.version == 0) connection_.wal().before_creation();
  {
    Transaction transaction(connection_);
    look();  // another process may have been faster
    check_ours();
    for (const std::string_view table : std::vector(known_.outdated)) run(find_table(table)->added);
    for (const auto& table : kEmbeddedTables) run(table.ddl);
    store_meta(connection_, "schema", kSchemaVersion);
    connection_.wal().at_creation();
    transaction.commit();
  }
  forget();
  look();
}

void Schema::run(const char* script) {
  while (*script != '\0') {
    Statement statement(connection_.db(), script, 0, &script);
    if (statement) Query(std::move(statement), nullptr, false, true).run();
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
