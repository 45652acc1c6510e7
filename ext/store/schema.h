// Larder's tables: whether they are there, whether they are ours, and their creation. Their DDL
// lives in sql/schema and is embedded at build time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/statement.h"

namespace larder {

class Connection;
struct FoundTable;

class Schema {
 public:
  explicit Schema(Connection& connection) : connection_(connection) {}
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  // True when `table` is in the main database. Throws Error when something there bears a name of
  // Larder's and is not Larder's.
  bool has(std::string_view table) { return (is_certain_ && known_.is_complete) || find(table); }

  // Creates the tables that are not there, gives those of an earlier version their new columns, and
  // makes the switch to WAL that the file still owes (store/wal_switch.h). Call it before you begin
  // a transaction. Throws Error; also when a newer Larder has written the file, and in Mode::kJoin
  // when the caller is not writing.
  void ensure();

  // Takes the write lock in a transaction or statement of the caller's that has not read the file
  // yet: to be called by what writes before anything that reads, such as has(). Reading first would
  // take a snapshot, and then the write that follows would fail where it should wait for its turn.
  void lock();

  // True when the tables that has() has found have every column that this code knows. In a file of
  // an earlier version, which nobody has written to since, those of sql/schema/added are missing.
  bool is_current();

  // True when an engine replicates the file by its statements (store/replication.h).
  bool is_replicated() {
    if (!is_certain_ || known_.ours.empty()) look();
    return known_.is_replicated;
  }

  // The same as of the latest look; false when nobody has looked.
  bool was_replicated() const { return known_.is_replicated; }

  // True when the file is known to store texts as UTF-8, which no file with tables changes.
  bool is_utf8() const { return known_.is_utf8; }

  // What a look at the file finds, without throwing at what is not Larder's.
  struct Survey {
    std::vector<std::string_view> ours;
    std::vector<std::string_view> outdated;  // of ours: lack columns
    std::vector<std::string> foreign;        // bear a name of Larder's
    std::int64_t version = 0;
    bool is_complete = false;
    bool is_utf8 = false;
    bool is_newer = false;  // written by a Larder that this one does not know
    bool owes_wal = false;  // see store/wal_switch.h
    bool is_replicated = false;
    bool is_whole = true;  // no authorizer hides any of it
  };
  Survey survey();

  // A number that is another one after each change of the schema that this connection has noticed.
  // Whoever remembers something of the file remembers this number with it, and reads again when it
  // has changed.
  std::uint64_t generation() {
    if (!is_certain_) look();
    return generation_;
  }

  // To be called when a statement was compiled: somebody may have changed the schema, and that may
  // have been a Larder of a later version. (One that is compiled for the first time sees the new
  // schema at once, and nothing else would tell.) Whoever asks next finds out.
  void doubt() {
    is_certain_ = false;
    is_writable_ = false;
  }

  // Doubts if somebody has changed the schema. Costs less than to look. Needs larder_meta.
  void notice();

  // To be thrown by a call that finds, before it has changed anything, that what it knows of the
  // file is out of date. Connection::around() then begins the call anew.
  static Error stale() { return {SQLITE_SCHEMA, "the schema has changed"}; }

  // True when `error` is that, or says that one of the tables or columns is gone, and the call may
  // be made again.
  bool is_stale(const Error& error) const;
  void forget() {
    doubt();
    ++generation_;
    version_read_.reset();
  }

 private:
  // Whether `condition` is true of the file. Only a yes is taken from memory: another process may
  // create the tables, or add their columns, at any time.
  template <class Condition>
  bool finds(Condition condition);
  void check_joins() const;
  bool make_writable();  // returns whether it has created or upgraded tables
  bool find(std::string_view table);
  void check_ours() const;
  void look();
  std::optional<std::int64_t> read_version(std::optional<Query>& reading);
  void remember(Survey found);
  std::vector<FoundTable> read_tables(Survey& survey);
  void read_meta(Survey& survey);
  void create();
  void run(const char* script);

  Connection& connection_;
  std::uint64_t generation_ = 0;
  Survey known_;             // of the latest look
  bool is_certain_ = false;  // and nothing has told of another schema since
  // The version of the schema at which it was
  // (https://sqlite.org/pragma.html#pragma_schema_version). Nothing while it is not to be compared.
  std::optional<std::int64_t> version_read_;
  bool is_writable_ = false;  // every table is present, ours, and of the version this code knows
};

}  // namespace larder
