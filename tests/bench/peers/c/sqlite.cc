// Larder and the hand-written SQL that it is measured against, asked in the same way as their
// peers.
#include "bench/peers/c/peer.h"
#include "bench/side.h"

namespace {

class Sqlite final : public peers::Store {
 public:
  Sqlite(std::unique_ptr<bench::Side> side, const char* wait) : side_(std::move(side)) {
    side_->database().run(wait);
  }

  bool get(std::string_view key) override { return side_->get({key, {}}); }
  void set(std::string_view key, std::string_view value) override { side_->set({key, value}); }

 private:
  std::unique_ptr<bench::Side> side_;
};

std::unique_ptr<peers::Store> larder(const peers::Options& options, const std::string& path) {
  return std::make_unique<Sqlite>(bench::make_larder(path, options.larder),
                                  "SELECT kv_busy_timeout(5000)");
}

std::unique_ptr<peers::Store> hand(const peers::Options&, const std::string& path) {
  return std::make_unique<Sqlite>(bench::make_hand(path), "PRAGMA busy_timeout = 5000");
}

}  // namespace

int main(int argc, char** argv) {
  return peers::run(argc, argv, {{"Larder", larder}, {"hand-written SQL", hand}});
}
