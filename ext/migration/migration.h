// A migration: one step of a schema, as its author wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/script.h"

namespace larder {

struct Migration {
  std::int64_t version = 0;    // 0 or more
  bool is_repeatable = false;  // then it has no version, and only a name (repeatable.h)
  std::string name;
  Script up;
  std::optional<Script> down;

  // "2 (add state)"
  std::string title() const {
    return std::to_string(version) + (name.empty() ? "" : " (" + name + ")");
  }

  // How an error names it: the file, or "migration 2 (add state)".
  std::string place() const { return place_of(up); }

  // How an error names `script`, one of the two, in front of a line number.
  std::string place_of(const Script& script) const {
    return script.file.empty() ? "migration " + title() : script.file;
  }
};

// In the order in which they run, each version once.
using Migrations = std::vector<Migration>;

}  // namespace larder
