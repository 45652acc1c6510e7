// Flyway's versions, which may have parts: 1.2, or 1_2.
//
// They are compared part by part, and what is missing is 0: 1 and 1.0 are one version, and 1.2
// comes before 1.10. Larder's versions are whole numbers. So each part behind the first takes three
// digits of a number, or more if it has more: 1.2 is 1002, and 1.2.10 is 1002010.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace larder {

class FlywayVersion {
 public:
  // `text` is digits, with a '.' or '_' between parts.
  explicit FlywayVersion(std::string_view text);

  // One that has this number. (Others may have it, too.)
  static FlywayVersion of_number(std::int64_t number);

  // Throws Error when it is too large.
  std::int64_t number() const;

  bool has_parts() const { return parts_.size() > 1; }

  // "1.2"
  std::string text() const;

  // What sorts as text as the versions do.
  std::string sort_key() const;

 private:
  void drop_what_is_0();

  std::vector<std::string> parts_;  // digits without zeros in front
};

}  // namespace larder
