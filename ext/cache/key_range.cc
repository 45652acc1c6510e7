// All keys with one prefix, as a range of the key index.
#include "cache/key_range.h"

#include <utility>

namespace larder {

namespace {

// The first byte string after all those that begin with `prefix`.
std::optional<std::string> successor(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
  if (prefix.empty()) return std::nullopt;
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

}  // namespace

KeyRange keys_with_prefix(Connection& connection, std::string prefix, bool is_blob) {
  KeyRange range;
  range.is_blob = is_blob;
  range.low = std::move(prefix);
  // Keys are compared as stored. In a UTF-16 file that is not the order of our bytes, and such an
  // end has no UTF-16 form; keys with one prefix stand together there too, but only their beginning
  // is known.
  if (is_blob || connection.schema().is_utf8()) range.high = successor(range.low);
  return range;
}

}  // namespace larder
