// The other caches a user might pick: what each is asked to do. One program a library; the loop
// that asks and measures is in measure.cc and mix.cc.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace peers {

// All functions throw std::runtime_error with the library's own message.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  // Whether the key is there. Its value is within reach then, and copied only where the library
  // does that.
  virtual bool get(std::string_view key) = 0;

  // Commits by itself.
  virtual void set(std::string_view key, std::string_view value) = 0;
};

struct Options {
  std::string place;   // a folder for the files, or the server's socket
  std::string larder;  // the path of the extension
  int keys = 20000;
  int rounds = 5;
};

// Of all peers' programs; ends the program when something is missing.
Options parse(int argc, char** argv);

struct Peer {
  enum class Clients { kProcesses, kThreads };  // kThreads: one process alone can have it open

  const char* name;
  std::function<std::unique_ptr<Store>(const Options& options, const std::string& path)> open;
  Clients clients = Clients::kProcesses;
};

// The whole main(): measures these peers, one line of JSON a round and operation. Each value size
// has a path of its own under options.place, or for servers the socket itself.
// Returns the exit code.
int run(int argc, char** argv, const std::vector<Peer>& peers);

// 90 % get and 10 % set over 2,000 keys by eight clients at once.
void measure_mix(const Peer& peer, const Options& options, const std::string& path);

}  // namespace peers
