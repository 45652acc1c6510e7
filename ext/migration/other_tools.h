// What other migration tools have applied in this database, as their own tables tell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/connection.h"

namespace larder {

struct OtherHistory {
  std::string tool;
  std::string table;
  std::vector<std::int64_t> versions;  // applied, ascending
  bool is_one_number = false;  // the tool keeps only the newest version: all up to it are applied
  std::string problem;         // why this history cannot be taken over as it is, or ""

  bool has_applied(std::int64_t version) const;
};

// The histories of golang-migrate, dbmate, diesel, goose and sqlx that are in the main database.
std::vector<OtherHistory> read_other_histories(Connection& connection);

}  // namespace larder
