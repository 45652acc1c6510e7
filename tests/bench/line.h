// What a program of the benchmark says: one JSON object a line for each round, which driver/ reads.
// What ratios are made of them, and which are good enough, is decided there.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace bench {

class Line {
 public:
  // `side` is "larder" or "hand"; rounds of the same number ran next to each other.
  Line(std::string_view workload, std::string_view name, std::string_view side, int round) {
    text_ = R"({"workload": ")" + std::string(workload) + R"(", "name": ")" + std::string(name) +
            R"(", "side": ")" + std::string(side) + '"';
    with("round", std::int64_t{round});
  }

  Line& with(const char* metric, std::int64_t number) {
    return append(metric, std::to_string(number));
  }
  Line& with(const char* metric, double number) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.6g", number);
    return append(metric, digits);
  }

  void print() const {
    std::printf("%s}\n", text_.c_str());
    std::fflush(stdout);
  }

 private:
  Line& append(const char* metric, const std::string& number) {
    text_ += std::string(", \"") + metric + "\": " + number;
    return *this;
  }

  std::string text_;
};

}  // namespace bench
