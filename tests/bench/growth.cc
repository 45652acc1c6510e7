// Workload 12: what a call costs as the rows grow.
#include "bench/growth.h"

#include <unistd.h>

#include <functional>

#include "bench/line.h"
#include "bench/times.h"

namespace bench {

namespace {

constexpr int kCalls = 4000;     // of each kind
constexpr int kSweepStep = 500;  // rows
constexpr int kSweeps = 8;       // what is dead among 10^4 rows is enough for

// µs, over `count` calls.
double median_time(int count, const std::function<void()>& call) {
  std::vector<double> times;
  times.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const auto began = Clock::now();
    call();
    times.push_back(microseconds_since(began));
  }
  return median_of(std::move(times));
}

class Growth {
 public:
  Growth(Scratch& scratch, Kind kind, int count, Rows& rows)
      : kind_(kind),
        count_(count),
        rows_(rows),
        side_(make_side(kind, scratch.new_file("growth", kind), scratch.extension())) {
    side_->fill(count, rows.value(), {kHour, 24 * kHour});
    side_->database().disturb();
    sync();
  }

  void measure() {
    for (int i = 0; i < 2 * kFew; ++i) get(i % kFew);
    print("12a", "hot get", median_time(kCalls, [&] { get(any(kFew)); }));
    side_->database().disturb();
    print("12b", "get", median_time(kCalls, [&] { get(any(count_)); }));
    print("12c", "overwrite", median_time(kCalls, [&] {
            const int long_lived = any(count_) / 2 * 2;
            side_->set({key_of(long_lived), rows_.value(), 24 * kHour});
          }));
    print("12d", "sweep of 500 rows", median_time(kSweeps, [&] {
            if (side_->sweep(kSweepStep, 2 * kHour) == 0) throw std::runtime_error("none swept");
          }));
  }

 private:
  int any(int count) { return static_cast<int>(rows_.random()() % static_cast<unsigned>(count)); }

  void get(int number) {
    if (!side_->get({key_of(number), {}})) throw std::runtime_error("a key is missing");
  }

  void print(const char* id, const char* name, double microseconds) {
    Line(id, name, name_of(kind_), 0)
        .with("value_bytes", static_cast<std::int64_t>(rows_.value_size()))
        .with("rows", std::int64_t{count_})
        .with("median_us", microseconds)
        .print();
  }

  Kind kind_;
  int count_;
  Rows& rows_;
  std::unique_ptr<Side> side_;
};

}  // namespace

void measure_growth(Scratch& scratch, const Scale& scale) {
  Rows rows(1, kSmall);
  for (int count = 10000; count <= scale.most_rows; count *= 10) {
    for (const Kind kind : kKinds) Growth(scratch, kind, count, rows).measure();
  }
}

}  // namespace bench
