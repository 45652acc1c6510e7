// Values as JSON (RFC 8259).
#include "ledger/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace larder {

namespace {

unsigned char byte_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0;
}

// The length of the UTF-8 character that begins at `index`; 0 when there is none: a stray or
// missing continuation, more bytes than needed, a surrogate, or beyond U+10FFFF.
std::size_t character_at(std::string_view text, std::size_t index) {
  const unsigned char first = byte_at(text, index);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, index + i) & 0xc0) != 0x80) return 0;
  }
  const unsigned char second = byte_at(text, index + 1);
  const bool is_wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
  return is_wrong ? 0 : length;
}

constexpr char kDigits[] = "0123456789ABCDEF";

void append_hex(std::string& json, unsigned char byte) {
  json += kDigits[byte >> 4];
  json += kDigits[byte & 15];
}

void append_string(std::string& json, std::string_view text) {
  json += '"';
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char c = byte_at(text, i);
    const std::size_t length = character_at(text, i);
    if (length == 0) {
      json += "\xef\xbf\xbd";
    } else if (c == '"' || c == '\\') {
      json += '\\';
      json += text[i];
    } else if (c < 0x20) {
      json += "\\u00";
      append_hex(json, c);
    } else {
      json += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  json += '"';
}

void append_real(std::string& json, double number) {
  if (std::isnan(number)) {
    json += "null";
  } else if (std::isinf(number)) {
    json += number > 0 ? "9e999" : "-9e999";
  } else {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view written(digits.data(), static_cast<std::size_t>(end - digits.data()));
    json += written;
    if (written.find_first_of(".e") == std::string_view::npos) json += ".0";
  }
}

}  // namespace

void append_json(std::string& json, sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      json += std::to_string(sqlite3_value_int64(value));
      break;
    case SQLITE_FLOAT:
      append_real(json, sqlite3_value_double(value));
      break;
    case SQLITE_TEXT:
      append_string(json, text_of(value));
      break;
    case SQLITE_BLOB:
      json += '"';
      for (const char byte : bytes_of(value)) append_hex(json, static_cast<unsigned char>(byte));
      json += '"';
      break;
    default:
      json += "null";
  }
}

}  // namespace larder
