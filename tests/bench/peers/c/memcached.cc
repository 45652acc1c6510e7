// memcached through libmemcached.
#include <libmemcached/memcached.h>

#include <cstdlib>
#include <stdexcept>

#include "bench/peers/c/peer.h"

namespace {

constexpr time_t kTtl = 3600;  // seconds

class Memcached final : public peers::Store {
 public:
  explicit Memcached(const std::string& socket) : client_(memcached_create(nullptr)) {
    if (client_ == nullptr) throw std::bad_alloc();
    check(memcached_server_add_unix_socket(client_.get(), socket.c_str()));
  }

  bool get(std::string_view key) override {
    std::size_t size = 0;
    std::uint32_t flags = 0;
    memcached_return_t rc = MEMCACHED_SUCCESS;
    char* value = memcached_get(client_.get(), key.data(), key.size(), &size, &flags, &rc);
    std::free(value);
    if (rc == MEMCACHED_NOTFOUND) return false;
    check(rc);
    return true;
  }

  void set(std::string_view key, std::string_view value) override {
    check(
        memcached_set(client_.get(), key.data(), key.size(), value.data(), value.size(), kTtl, 0));
  }

 private:
  void check(memcached_return_t rc) const {
    if (memcached_failed(rc)) throw std::runtime_error(memcached_strerror(client_.get(), rc));
  }

  struct Free {
    void operator()(memcached_st* client) const { memcached_free(client); }
  };
  std::unique_ptr<memcached_st, Free> client_;
};

std::unique_ptr<peers::Store> open(const peers::Options& options, const std::string&) {
  return std::make_unique<Memcached>(options.place);
}

}  // namespace

int main(int argc, char** argv) { return peers::run(argc, argv, {{"memcached", open}}); }
