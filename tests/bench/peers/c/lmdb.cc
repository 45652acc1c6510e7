// LMDB, which syncs each commit, and without that.
#include "bench/peers/c/lmdb_store.h"

namespace {

// How LMDB is opened with these flags.
auto with(unsigned flags) {
  return [flags](const peers::Options&, const std::string& path) {
    return std::make_unique<peers::Lmdb>(path, flags);
  };
}

}  // namespace

int main(int argc, char** argv) {
  return peers::run(argc, argv, {{"LMDB", with(0)}, {"LMDB, no sync", with(MDB_NOSYNC)}});
}
