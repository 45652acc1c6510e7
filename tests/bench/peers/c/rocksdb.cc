// RocksDB with its defaults: a write-ahead log that is not synced, as Larder's is not.
#include <rocksdb/c.h>

#include <stdexcept>

#include "bench/peers/c/peer.h"

namespace {

class RocksDb final : public peers::Store {
 public:
  explicit RocksDb(const std::string& path) {
    rocksdb_options_set_create_if_missing(options_, 1);
    char* error = nullptr;
    db_ = rocksdb_open(options_, path.c_str(), &error);
    check(error);
  }
  ~RocksDb() override {
    rocksdb_close(db_);
    rocksdb_writeoptions_destroy(write_);
    rocksdb_readoptions_destroy(read_);
    rocksdb_options_destroy(options_);
  }

  bool get(std::string_view key) override {
    char* error = nullptr;
    rocksdb_pinnableslice_t* found = rocksdb_get_pinned(db_, read_, key.data(), key.size(), &error);
    check(error);
    if (found == nullptr) return false;
    rocksdb_pinnableslice_destroy(found);
    return true;
  }

  void set(std::string_view key, std::string_view value) override {
    char* error = nullptr;
    rocksdb_put(db_, write_, key.data(), key.size(), value.data(), value.size(), &error);
    check(error);
  }

 private:
  static void check(char* error) {
    if (error == nullptr) return;
    const std::string message = error;
    rocksdb_free(error);
    throw std::runtime_error(message);
  }

  rocksdb_options_t* options_ = rocksdb_options_create();
  rocksdb_readoptions_t* read_ = rocksdb_readoptions_create();
  rocksdb_writeoptions_t* write_ = rocksdb_writeoptions_create();
  rocksdb_t* db_ = nullptr;
};

std::unique_ptr<peers::Store> open(const peers::Options&, const std::string& path) {
  return std::make_unique<RocksDb>(path);
}

}  // namespace

int main(int argc, char** argv) {
  return peers::run(argc, argv, {{"RocksDB", open, peers::Peer::Clients::kThreads}});
}
