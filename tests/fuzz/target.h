// A fuzz target: what libFuzzer, or replay.cc, calls with each input. A target is one .cc file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments);

namespace fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// Takes an input apart from its beginning; behind its end all is 0 and empty.
class Input {
 public:
  Input(const std::uint8_t* bytes, std::size_t size) : rest_(text_of(bytes, size)) {}

  bool is_empty() const { return rest_.empty(); }

  std::size_t byte() { return static_cast<std::uint8_t>(take(1).empty() ? '\0' : taken_[0]); }
  std::size_t word() {
    const std::size_t high = byte();
    return high << 8 | byte();
  }

  // The next bytes, at most `size`.
  std::string_view take(std::size_t size) {
    taken_ = rest_.substr(0, size);
    rest_.remove_prefix(taken_.size());
    return taken_;
  }

  // Up to the next `end`, which is passed over.
  std::string_view until(char end) {
    const std::string_view part = take(rest_.find(end));
    take(1);
    return part;
  }

 private:
  std::string_view rest_;
  std::string_view taken_;
};

}  // namespace fuzz
