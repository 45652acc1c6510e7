// Workload 15: one process reads, while another one writes a key that is not read.
#pragma once

#include "bench/scale.h"
#include "bench/scratch.h"

namespace bench {

// Prints a line for each round and side.
void measure_disturbed(Scratch& scratch, Rows& rows, const Scale& scale);

}  // namespace bench
