// What is declared, wherever that is kept: on the connection (declarations.h), or in a replicated
// file in larder_declaration, where every copy of the file has it and a restart keeps it.
#pragma once

#include <cstdint>
#include <optional>

#include "migration/migration.h"
#include "store/connection.h"

namespace larder {

class Declared {
 public:
  explicit Declared(Connection& connection)
      : connection_(connection), is_in_file_(connection.schema().is_replicated()) {}

  // Declares `migration`, in place of an earlier one of its version.
  void add(Migration migration);

  // Takes the declaration of `version` back.
  void remove(std::int64_t version);

  std::optional<Migration> find(std::int64_t version) const;

  // Everything declared, by version.
  Migrations all() const;

 private:
  Connection& connection_;
  bool is_in_file_;
};

}  // namespace larder
