// Bytes with a count of who shares them, which stands in front of them. A result may be released on
// another thread than that of the cache: the count is atomic.
#include "store/hot/shared_bytes.h"

#include <atomic>
#include <cstring>
#include <new>

#include "sqlite/api.h"

namespace larder {

namespace {

struct Shares {
  std::atomic<std::size_t> count;
};

Shares& shares_of(void* data) { return *(static_cast<Shares*>(data) - 1); }

}  // namespace

SharedBytes::SharedBytes(std::string_view bytes) {
  void* block = sqlite3_malloc64(sizeof(Shares) + bytes.size() + 1);
  if (block == nullptr) throw std::bad_alloc();
  data_ = reinterpret_cast<char*>(new (block) Shares{1} + 1);
  if (!bytes.empty()) std::memcpy(data_, bytes.data(), bytes.size());
  data_[bytes.size()] = '\0';
}

SharedBytes::SharedBytes(const SharedBytes& other) noexcept : data_(other.share()) {}

char* SharedBytes::share() const {
  if (data_ != nullptr) shares_of(data_).count.fetch_add(1, std::memory_order_relaxed);
  return data_;
}

void SharedBytes::release(void* data) {
  if (data == nullptr) return;
  if (shares_of(data).count.fetch_sub(1, std::memory_order_acq_rel) == 1)
    sqlite3_free(&shares_of(data));
}

}  // namespace larder
