// In which order the versions of a source run.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "migration/flyway_version.h"

namespace larder {

// Which of two versions comes first.
class VersionOrder {
 public:
  // By number.
  VersionOrder() = default;

  // As they stand in `versions`: in the order of some tools 10 comes before 2. A version that is
  // not among them comes right behind the next lower number that is.
  static VersionOrder by_list(const std::vector<std::int64_t>& versions);

  // Part by part, as Flyway, of those versions that add() names. Any other has the parts of its
  // number. Where no version has parts, that is the order of numbers.
  static VersionOrder by_parts();

  // Names a version. Another order than Flyway's takes no notice of it.
  void add(const FlywayVersion& version);

  // True when it is certain where `version` stands. In Flyway's order a number that add() has not
  // named may be that of several versions.
  bool is_certain_of(std::int64_t version) const;

  bool operator()(std::int64_t a, std::int64_t b) const {
    return is_by_number() ? a < b : place_of(a) < place_of(b);
  }

 private:
  enum class Kind { kNumber, kList, kParts };
  using Key = std::vector<std::int64_t>;
  using Place = std::pair<Key, std::int64_t>;

  bool is_by_number() const {
    return kind_ == Kind::kNumber || (kind_ == Kind::kParts && !has_parts_);
  }

  // The key, and the version itself where the key is not its own.
  Place place_of(std::int64_t version) const;

  Kind kind_ = Kind::kNumber;
  bool has_parts_ = false;            // at least one of Flyway's versions has
  std::map<std::int64_t, Key> keys_;  // of each version its place in the list, or its parts
};

}  // namespace larder
