// A migration: one step of a schema, as its author wrote it.
#pragma once

#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "migration/script.h"

namespace larder {

struct Migration {
  std::int64_t version = 0;  // 0 or more
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

// Which of two versions comes first.
class VersionOrder {
 public:
  // By number.
  VersionOrder() = default;

  // By what stands for a version: in the order of some tools "10" comes before "2", and
  // "20240306170000" before "20240313". A version that is not among them comes right behind the
  // next lower number that is.
  explicit VersionOrder(std::map<std::int64_t, std::string> texts) : texts_(std::move(texts)) {}

  bool operator()(std::int64_t a, std::int64_t b) const {
    return texts_.empty() ? a < b : place_of(a) < place_of(b);
  }

 private:
  // The text, and the version itself where the text is that of a lower one.
  std::pair<std::string, std::int64_t> place_of(std::int64_t version) const {
    auto next = texts_.upper_bound(version);
    if (next == texts_.begin()) return {"", version};
    const auto& [known, text] = *std::prev(next);
    return {text, known == version ? std::numeric_limits<std::int64_t>::min() : version};
  }

  std::map<std::int64_t, std::string> texts_;
};

}  // namespace larder
