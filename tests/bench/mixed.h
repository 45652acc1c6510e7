// Workloads 8 and 14: processes that read and now and then write the same few keys.
#pragma once

#include "bench/scale.h"
#include "bench/scratch.h"

namespace bench {

// Prints a line for each round, side and number of processes.
void measure_mixed(Scratch& scratch, Rows& rows, const Scale& scale, std::string_view wanted);

}  // namespace bench
