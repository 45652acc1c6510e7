// Flyway's versions, which may have parts.
#include "migration/flyway_version.h"

#include <algorithm>
#include <charconv>

#include "sqlite/error.h"

namespace larder {

namespace {

constexpr std::size_t kDigitsOfPart = 3;

std::string without_zeros_in_front(std::string_view digits) {
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  return std::string(digits.substr(first));
}

}  // namespace

FlywayVersion::FlywayVersion(std::string_view text) {
  for (;;) {
    const std::size_t end = std::min(text.find_first_of("._"), text.size());
    parts_.push_back(without_zeros_in_front(text.substr(0, end)));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  drop_what_is_0();
}

FlywayVersion FlywayVersion::of_number(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = (digits.size() - 1) % kDigitsOfPart + 1;
  for (std::size_t at = first; at < digits.size(); at += kDigitsOfPart + 1) digits.insert(at, ".");
  return FlywayVersion(digits);
}

void FlywayVersion::drop_what_is_0() {
  while (parts_.size() > 1 && parts_.back().empty()) parts_.pop_back();
}

std::int64_t FlywayVersion::number() const {
  std::string digits = "0" + parts_[0];
  for (std::size_t i = 1; i < parts_.size(); ++i) {
    const std::size_t zeros = kDigitsOfPart - std::min(parts_[i].size(), kDigitsOfPart);
    digits += std::string(zeros, '0') + parts_[i];
  }
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
