// Several processes that begin at the same moment.
#include "bench/processes.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

enum Count { kReady = 0, kGo = 1 };

[[noreturn]] void live(int number, StartLine& line,
                       const std::function<void(int, StartLine&)>& work) {
  try {
    work(number, line);
    _exit(0);  // and no destructor of the parent's
  } catch (const std::exception& error) {
    std::fprintf(stderr, "larder_bench: process %d: %s\n", number, error.what());
    _exit(1);
  }
}

}  // namespace

void StartLine::ready_and_wait() {
  ++counts_[kReady];
  while (counts_[kGo] == 0) usleep(50);
}

void StartLine::go(int processes) {
  while (counts_[kReady] < processes) {
    usleep(50);
    int status = 0;
    if (waitpid(-1, &status, WNOHANG) > 0) throw std::runtime_error("a process failed to start");
  }
  counts_[kGo] = 1;
}

double run_processes(int processes, const std::function<void(int, StartLine&)>& work) {
  StartLine line;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) live(i, line, work);
  }
  line.go(processes);
  const auto began = std::chrono::steady_clock::now();
  bool failed = false;
  for (int i = 0; i < processes; ++i) {
    int status = 0;
    wait(&status);
    failed = failed || status != 0;
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began;
  if (failed) throw std::runtime_error("a process failed");
  return passed.count();
}

}  // namespace bench
