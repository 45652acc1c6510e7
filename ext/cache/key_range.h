// All keys with one prefix, as a range of the key index.
#pragma once

#include <optional>
#include <string>

#include "store/connection.h"

namespace larder {

struct KeyRange {
  bool is_blob = false;
  std::string low;                  // the prefix itself, the first key that can have it
  std::optional<std::string> high;  // the first bytes after all that have it; nothing when there
                                    // are none, or none that work

  void bind_low(Query& query, int index) const { bind(query, index, low); }
  void bind_high(Query& query, int index) const { bind(query, index, *high); }

 private:
  void bind(Query& query, int index, const std::string& bytes) const {
    if (is_blob) {
      query.bind_blob(index, bytes);
    } else {
      query.bind(index, std::string_view(bytes));
    }
  }
};

// The range of `prefix`, text or BLOB. Without an upper end the range holds more than the prefix
// asks for: check the rows. Needs larder_cache to be there.
KeyRange keys_with_prefix(Connection& connection, std::string prefix, bool is_blob);

}  // namespace larder
