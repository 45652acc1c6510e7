// A migration: one step of a schema, as its author wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace larder {

struct Migration {
  std::int64_t version = 0;  // 1 or more
  std::string name;
  std::string up;
  std::optional<std::string> down;
  std::string
      source;  // where it was written, as an error shows it; empty for one that was declared

  // "2 (add state)"
  std::string title() const {
    return std::to_string(version) + (name.empty() ? "" : " (" + name + ")");
  }

  // What an error puts in front of a line number: the file, or the migration.
  std::string place() const { return source.empty() ? "migration " + title() : source; }
};

// Sorted by version, each version once.
using Migrations = std::vector<Migration>;

}  // namespace larder
