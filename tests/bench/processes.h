// Several processes that begin at the same moment, and the memory that they share.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <functional>
#include <new>

namespace bench {

// An array of T that children see. T must need no destructor; all is zero at first.
template <class T>
class Shared {
 public:
  explicit Shared(std::size_t count) : count_(count) {
    void* memory =
        mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    items_ = static_cast<T*>(memory);
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { munmap(items_, count_ * sizeof(T)); }

  T& operator[](std::size_t i) { return items_[i]; }
  T* begin() { return items_; }
  T* end() { return items_ + count_; }

 private:
  std::size_t count_;
  T* items_;
};

// For a child that is ready: returns when all are.
void wait_for_the_others();

// Forks `processes` children that call work(number), each of which must call wait_for_the_others()
// once, and waits for them all. No connection may be open in the parent that they would use.
// Returns the seconds from the start to the last one's end. Throws std::runtime_error when one
// failed; what it said is on standard error, and none is left.
double run_processes(std::size_t processes, const std::function<void(std::size_t)>& work);

}  // namespace bench
