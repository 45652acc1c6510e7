// Values as JSON (RFC 8259).
#include "ledger/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "sqlite/utf8.h"

namespace larder {

namespace {

constexpr char kHexDigits[] = "0123456789ABCDEF";

void append_hex(std::string& json, unsigned char byte) {
  json += kHexDigits[byte >> 4];
  json += kHexDigits[byte & 15];
}

// How many bytes from `i` on may stand in a string as they are; 0 when the next one may not.
std::size_t plain_length(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return 0;
  return utf8_length(text, i);
}

// What is plain is appended in runs: payloads can be large.
void append_string(std::string& json, std::string_view text) {
  json += '"';
  std::size_t appended = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t length = plain_length(text, i)) {
      i += length;
      continue;
    }
    json += text.substr(appended, i - appended);
    const char c = text[i];
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += "\\u00";
      append_hex(json, static_cast<unsigned char>(c));
    } else {
      json += kReplacementCharacter;
    }
    appended = ++i;
  }
  json += text.substr(appended);
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
