// Flyway's versions, which may have parts.
#include "migration/flyway_version.h"

#include <algorithm>

#include "migration/version_number.h"
#include "sqlite/ascii.h"

namespace larder {

namespace {

constexpr std::size_t kDigitsOfPart = 3;

std::string at_least_three_digits(std::int64_t part) {
  const std::string digits = std::to_string(part);
  return std::string(kDigitsOfPart - std::min(digits.size(), kDigitsOfPart), '0') + digits;
}

}  // namespace

FlywayVersion::FlywayVersion(std::string_view text) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("._", begin), text.size());
    parts_.push_back(version_number(text.substr(begin, end - begin), text));
    begin = end + 1;
  }
  while (parts_.size() > 1 && parts_.back() == 0) parts_.pop_back();
}

std::size_t FlywayVersion::end_in(std::string_view text) {
  const auto is_digit_at = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
  std::size_t end = 0;
  while (is_digit_at(end)) {
    ++end;
    const bool is_separator = end < text.size() && (text[end] == '.' || text[end] == '_');
    if (is_separator && is_digit_at(end + 1)) ++end;
  }
  return end;
}

std::optional<FlywayVersion> FlywayVersion::of_number(std::int64_t number) {
  const std::string digits = std::to_string(number);
  const bool may_have_parts = digits[0] == '1' && digits.size() > 2 * kDigitsOfPart;
  if (!may_have_parts) return FlywayVersion(digits);
  if (digits.size() % kDigitsOfPart != 1) return std::nullopt;
  std::string text = digits.substr(1, kDigitsOfPart);
  for (std::size_t at = 1 + kDigitsOfPart; at < digits.size(); at += kDigitsOfPart) {
    // Only a longer part begins with another digit than 0, and it may end in what follows.
    if (digits[at - kDigitsOfPart] != '0') return std::nullopt;
    text += '.' + digits.substr(at, kDigitsOfPart);
  }
  const FlywayVersion of_parts(text);
  // The last of several parts is never 0: 1001000 is the version 1001000, not 1.0.
  return of_parts.number() == number ? of_parts : FlywayVersion(digits);
}

std::int64_t FlywayVersion::number() const {
  if (parts_.size() == 1) return parts_[0];
  std::string digits = "1";
  for (const std::int64_t part : parts_) digits += at_least_three_digits(part);
  return version_number(digits, text());
}

std::string FlywayVersion::text() const {
  std::string text = std::to_string(parts_[0]);
  for (std::size_t i = 1; i < parts_.size(); ++i) text += '.' + std::to_string(parts_[i]);
  return text;
}

}  // namespace larder
