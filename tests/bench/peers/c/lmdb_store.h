// LMDB as a store: https://www.lmdb.tech/doc/group__mdb.html
#pragma once

#include <lmdb.h>

#include <stdexcept>

#include "bench/peers/c/peer.h"

namespace peers {

inline void check(int rc) {
  if (rc != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(rc));
}

inline MDB_val value_of(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};
}

class Lmdb final : public Store {
 public:
  Lmdb(const std::string& path, unsigned flags) {
    check(mdb_env_create(&env_));
    check(mdb_env_set_mapsize(env_, std::size_t{1} << 30));
    check(mdb_env_open(env_, path.c_str(), flags | MDB_NOSUBDIR, 0600));
    MDB_txn* txn = nullptr;
    check(mdb_txn_begin(env_, nullptr, 0, &txn));
    check(mdb_dbi_open(txn, nullptr, 0, &dbi_));
    check(mdb_txn_commit(txn));
    check(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &reader_));
    mdb_txn_reset(reader_);
  }
  ~Lmdb() override {
    mdb_txn_abort(reader_);
    mdb_env_close(env_);
  }

  bool get(std::string_view key) override {
    return get(key, [](std::string_view) {});
  }

  // Calls use(value) while the value may be looked at.
  template <class Use>
  bool get(std::string_view key, Use&& use) {
    MDB_val wanted = value_of(key);
    MDB_val found{};
    check(mdb_txn_renew(reader_));
    const int rc = mdb_get(reader_, dbi_, &wanted, &found);
    if (rc == MDB_SUCCESS) use({static_cast<const char*>(found.mv_data), found.mv_size});
    mdb_txn_reset(reader_);
    if (rc == MDB_NOTFOUND) return false;
    check(rc);
    return true;
  }

  void set(std::string_view key, std::string_view value) override {
    MDB_val name = value_of(key);
    MDB_val data = value_of(value);
    MDB_txn* txn = nullptr;
    check(mdb_txn_begin(env_, nullptr, 0, &txn));
    check(mdb_put(txn, dbi_, &name, &data, 0));
    check(mdb_txn_commit(txn));
  }

 private:
  MDB_env* env_ = nullptr;
  MDB_dbi dbi_ = 0;
  MDB_txn* reader_ = nullptr;
};

}  // namespace peers
