// Who holds a lease or a claim when the caller gives no name.
#include "store/owner.h"

#ifdef _WIN32
#include <process.h>
#else
#include <unistd.h>
#endif

#include <array>
#include <cstdlib>

namespace larder {

namespace {

#ifdef _WIN32
std::string host_name() {
  const char* name = std::getenv("COMPUTERNAME");
  return name != nullptr ? name : "localhost";
}
int process_id() { return _getpid(); }
#else
std::string host_name() {
  // POSIX promises no NUL after a name that was cut.
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}
int process_id() { return getpid(); }
#endif

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
