// Several processes that begin at the same moment: each stops itself when it is ready.
#include "bench/processes.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <vector>

#include "bench/times.h"

namespace bench {

namespace {

[[noreturn]] void live(std::size_t number, const std::function<void(std::size_t)>& work) {
  try {
    work(number);
    std::_Exit(0);  // and no destructor of the parent's
  } catch (const std::exception& error) {
    std::fprintf(stderr, "process %zu: %s\n", number, error.what());
    std::_Exit(1);
  }
}

void wait_for(pid_t child, bool (*as_expected)(int status)) {
  int status = 0;
  if (waitpid(child, &status, WUNTRACED) != child || !as_expected(status))
    throw std::runtime_error("a process failed");
}

// Those that still live at the end are ended: none may be left stopped.
class Children {
 public:
  Children() = default;
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() {
    for (const pid_t child : children_) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
  }

  // Starts a child and returns when it has stopped itself.
  void start(std::size_t number, const std::function<void(std::size_t)>& work) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) live(number, work);
    children_.push_back(child);
    wait_for(child, [](int status) { return WIFSTOPPED(status); });
  }

  void run_to_the_end() {
    for (const pid_t child : children_) kill(child, SIGCONT);
    while (!children_.empty()) {
      const pid_t child = children_.back();
      children_.pop_back();
      wait_for(child, [](int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; });
    }
  }

 private:
  std::vector<pid_t> children_;
};

}  // namespace

void wait_for_the_others() { std::raise(SIGSTOP); }

double run_processes(std::size_t processes, const std::function<void(std::size_t)>& work) {
  Children children;
  for (std::size_t number = 0; number < processes; ++number) children.start(number, work);
  const auto began = Clock::now();
  children.run_to_the_end();
  return seconds_since(began);
}

}  // namespace bench
