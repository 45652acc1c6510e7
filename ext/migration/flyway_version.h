// Flyway's versions, which may have parts: 1.2, or 1_2.
//
// They are compared part by part, and what is missing is 0: 1 and 1.0 are one version, and 1.2
// comes before 1.10. Larder's versions are whole numbers. So a version with parts becomes one: a 1,
// and behind it three digits for each part, or more if it has more. 1.2 is 1001002, and 0.1.10 is
// 1000001010. (Without the 1 in front, 0.1 would have the number of 1.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace larder {

class FlywayVersion {
 public:
  // `text` is digits, with a '.' or '_' between parts. Throws Error when a part is too large.
  explicit FlywayVersion(std::string_view text);

  // Where such a text ends at the beginning of `text`; 0 when there is none.
  static std::size_t end_in(std::string_view text);

  // The one that has this number. Nothing when several may have it: 12024001001 is 2024.1.1, and it
  // could be one part as well. A number that looks like parts of one or two digits each, but for
  // the last, is always taken for these.
  static std::optional<FlywayVersion> of_number(std::int64_t number);

  // Throws Error when it is too large.
  std::int64_t number() const;

  // "1.2"
  std::string text() const;

  // At least one, and the last of several is not 0. They sort as the versions do.
  const std::vector<std::int64_t>& parts() const { return parts_; }

 private:
  std::vector<std::int64_t> parts_;
};

}  // namespace larder
