// Who holds a lease or a claim when the caller gives no name.
#include "store/owner.h"

#include <array>

#include "os/process.h"

namespace larder {

namespace {

// Made once for each connection.
struct ConnectionName {
  ConnectionName() {
    std::array<unsigned char, 6> bytes{};
    sqlite3_randomness(static_cast<int>(bytes.size()), bytes.data());
    constexpr char kDigits[] = "0123456789abcdef";
    for (const unsigned char byte : bytes) {
      text += kDigits[byte >> 4];
      text += kDigits[byte & 15];
    }
  }
  std::string text;
};

}  // namespace

// The process is asked for each time: after a fork() it is another one.
std::string default_owner(Connection& connection) {
  if (connection.schema().is_replicated())
    throw Error("owner must be given: this file is replicated, and each machine has another name");
  return host_name() + ':' + std::to_string(process_id()) + ':' +
         connection.state<ConnectionName>().text;
}

void Owner::bind(Query& query, int index) {
  if (given_ != nullptr) {
    query.bind_key(index, given_);
    return;
  }
  if (default_.empty()) default_ = default_owner(connection_);
  query.bind(index, std::string_view(default_));
}

}  // namespace larder
