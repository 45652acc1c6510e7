// Larder and the hand-written SQL that it is measured against, asked in the same way as their
// peers.
#include "bench/peers/c/peer.h"
#include "bench/side.h"

namespace {

class Sqlite final : public peers::Store {
 public:
  explicit Sqlite(std::unique_ptr<bench::Side> side) : side_(std::move(side)) {}

  bool get(std::string_view key) override { return side_->get({key, {}}); }
  void set(std::string_view key, std::string_view value) override { side_->set({key, value}); }

 private:
  std::unique_ptr<bench::Side> side_;
};

std::unique_ptr<peers::Store> larder(const peers::Options& options, const std::string& path) {
  auto side = bench::make_larder(path, options.larder);
  side->database().run("SELECT kv_busy_timeout(5000)");
  return std::make_unique<Sqlite>(std::move(side));
}

std::unique_ptr<peers::Store> hand(const peers::Options&, const std::string& path) {
  return std::make_unique<Sqlite>(bench::make_hand(path));
}

}  // namespace

int main(int argc, char** argv) {
  return peers::run(argc, argv, {{"Larder", larder}, {"hand-written SQL", hand}});
}
