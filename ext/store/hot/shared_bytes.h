// Bytes that the hot cache and the results it gave out share.
#pragma once

#include <string_view>
#include <utility>

namespace larder {

class SharedBytes {
 public:
  SharedBytes() = default;
  explicit SharedBytes(std::string_view bytes);  // throws std::bad_alloc
  SharedBytes(const SharedBytes& other) noexcept;
  SharedBytes(SharedBytes&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
  SharedBytes& operator=(SharedBytes other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~SharedBytes() { release(data_); }

  // The bytes, with a NUL behind them.
  char* data() const { return data_; }

  // Gives away a share, which release() takes back.
  char* share() const;
  static void release(void* data);

 private:
  char* data_ = nullptr;
};

}  // namespace larder
