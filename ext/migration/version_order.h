// In which order the versions of a source run.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace larder {

class FlywayVersion;

// Which of two versions comes first.
class VersionOrder {
 public:
  // By number.
  VersionOrder() = default;

  // By what stands for a version: in the order of some tools "10" comes before "2", and
  // "20240306170000" before "20240313". A version that is not among them comes right behind the
  // next lower number that is.
  static VersionOrder by_text(std::map<std::int64_t, std::string> texts);

  // Part by part, as Flyway, of those versions that add() names. Any other has the parts of its
  // number. Where no version has parts, that is the order of numbers.
  static VersionOrder by_parts();
  void add(const FlywayVersion& version);

  bool is_by_parts() const { return kind_ == Kind::kParts; }

  bool operator()(std::int64_t a, std::int64_t b) const {
    return is_by_number() ? a < b : place_of(a) < place_of(b);
  }

 private:
  enum class Kind { kNumber, kText, kParts };
  using Place = std::pair<std::string, std::int64_t>;

  bool is_by_number() const {
    return kind_ == Kind::kNumber || (kind_ == Kind::kParts && !has_parts_);
  }

  // The text, and the version itself where the text is not its own.
  Place place_of(std::int64_t version) const;

  Kind kind_ = Kind::kNumber;
  bool has_parts_ = false;                     // at least one of Flyway's versions has
  std::map<std::int64_t, std::string> texts_;  // of Flyway's versions, what sorts as they do
};

}  // namespace larder
