// Several processes that begin at the same moment, and what each leaves in memory that they share.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <new>

namespace bench {

// An array of T that children see. T must need no destructor; all is zero at first.
template <class T>
class Shared {
 public:
  explicit Shared(std::size_t count) : bytes_(count * sizeof(T)) {
    void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    items_ = static_cast<T*>(memory);
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { munmap(items_, bytes_); }

  T& operator[](std::size_t i) { return items_[i]; }

 private:
  std::size_t bytes_;
  T* items_;
};

// Where processes wait for each other.
class StartLine {
 public:
  // From a child: waits until go().
  void ready_and_wait();
  // From the parent: waits for `processes` to be ready and lets them go.
  void go(int processes);

 private:
  Shared<std::atomic<int>> counts_{2};  // who is ready, and whether to go
};

// Forks `processes` children that call work(number, line), which must call line.ready_and_wait(),
// and waits for them all. Returns the seconds from the start to the last one's end. Throws
// std::runtime_error when one failed; what() it said is on standard error.
double run_processes(int processes, const std::function<void(int, StartLine&)>& work);

}  // namespace bench
