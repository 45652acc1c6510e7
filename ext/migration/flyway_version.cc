// Flyway's versions, which may have parts.
#include "migration/flyway_version.h"

#include <algorithm>
#include <charconv>

#include "sqlite/ascii.h"
#include "sqlite/error.h"

namespace larder {

namespace {

constexpr std::size_t kDigitsOfPart = 3;

std::string without_zeros_in_front(std::string_view digits) {
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  return std::string(digits.substr(first));
}

std::string at_least_three_digits(const std::string& part) {
  return std::string(kDigitsOfPart - std::min(part.size(), kDigitsOfPart), '0') + part;
}

}  // namespace

FlywayVersion::FlywayVersion(std::string_view text) {
  for (;;) {
    const std::size_t end = std::min(text.find_first_of("._"), text.size());
    parts_.push_back(without_zeros_in_front(text.substr(0, end)));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  while (parts_.size() > 1 && parts_.back().empty()) parts_.pop_back();
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

FlywayVersion FlywayVersion::of_number(std::int64_t number) {
  std::string digits = std::to_string(number);
  const bool has_parts =
      digits.size() > 2 * kDigitsOfPart && digits.size() % kDigitsOfPart == 1 && digits[0] == '1';
  if (!has_parts) return FlywayVersion(digits);
  digits.erase(0, 1);
  for (std::size_t at = kDigitsOfPart; at < digits.size(); at += kDigitsOfPart + 1)
    digits.insert(at, ".");
  return FlywayVersion(digits);
}

std::int64_t FlywayVersion::number() const {
  std::string digits = "1";
  for (const auto& part : parts_) digits += at_least_three_digits(part);
  if (!has_parts()) digits = "0" + parts_[0];
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc()) throw Error("the version " + text() + " is too large");
  return number;
}

std::string FlywayVersion::text() const {
  std::string text;
  for (const auto& part : parts_) {
    if (&part != &parts_[0]) text += '.';
    text += part.empty() ? "0" : part;
  }
  return text;
}

std::string FlywayVersion::sort_key() const {
  std::string key;
  for (const auto& part : parts_) {
    key += static_cast<char>(part.size());  // a number of more digits is larger
    key += part;
  }
  return key;
}

}  // namespace larder
