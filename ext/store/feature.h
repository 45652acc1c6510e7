// What a feature brings: the rows from which it is registered, shown in kv_help, configured, swept,
// counted and checked. Adding a function is one C++ function of the SQL function's name and one
// row.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "sqlite/function.h"
#include "sqlite/signature.h"
#include "sqlite/virtual_table.h"

namespace larder {

class Connection;
struct Setting;

struct TableEntry {
  const char* name;
  void (*register_table)(sqlite3* db, const std::shared_ptr<Connection>& connection);
  const char* signature;
  const char* summary;
};

// A row for `Table`. One whose signature does not name its columns does not compile.
template <class Table>
consteval TableEntry table_entry(const char* signature, const char* summary) {
  check_table_signature(signature, Table::kName, Table::kColumns);
  return {Table::kName, register_table<Table, Connection>, signature, summary};
}

// A row of kv_stats.
struct Stat {
  std::string name;
  std::variant<std::int64_t, double> value;
};

// A row of kv_check.
struct Finding {
  enum class Status {
    kOk,
    kWarning,  // works, at a risk or a price
    kError,    // broken
  };
  std::string name;
  Status status;
  std::string message;
};

using Findings = std::vector<Finding>;

// What a step of a sweep has done, and whether it is worth another.
struct Swept {
  std::int64_t removed;
  std::int64_t handled;  // removed, or found to be alive and seen to
  bool more;
};

// A sweep: each call is a step, which handles up to `rows` rows in the caller's transaction and
// removes up to `most` dead ones.
using Sweeper = std::function<Swept(std::int64_t rows, std::int64_t most)>;

struct Feature {
  const char* name;  // what kv_check calls it
  std::span<const Function<Connection>> functions = {};
  std::span<const TableEntry* const> tables = {};

  // Begins a sweep. nullptr: nothing of this feature dies.
  Sweeper (*sweep)(Connection& connection) = nullptr;

  // How many rows a sweep has to handle by now. nullptr: it comes to an end by itself, also when a
  // trigger of the user's puts back what goes, or makes due again what was not.
  std::int64_t (*count_due)(Connection& connection) = nullptr;

  // The first moment behind `since` at which something can be done that could not be before, though
  // nobody has committed: a lease ends, for example. kv_wait() sleeps no longer.
  std::optional<double> (*next_chance)(Connection& connection, double since) = nullptr;

  // Adds this feature's rows to kv_stats.
  void (*stats)(Connection& connection, std::vector<Stat>& stats) = nullptr;

  // Adds this feature's rows to kv_check. Called only when all its tables are there and Larder's;
  // an Error becomes a row as well.
  void (*check)(Connection& connection, Findings& findings) = nullptr;

  std::span<const Setting* const> settings = {};
};

}  // namespace larder
