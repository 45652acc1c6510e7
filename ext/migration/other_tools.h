// What other migration tools have applied in this database, by their own tables.
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
  bool is_one_number = false;  // the tool keeps the newest version only: all up to it are applied
  std::string problem;         // why it cannot be taken over as it is, or ""

  bool has_applied(std::int64_t version) const;
};

// The histories that are there: of golang-migrate, dbmate, diesel, goose and sqlx.
std::vector<OtherHistory> read_other_histories(Connection& connection);

}  // namespace larder
