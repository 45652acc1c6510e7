// Workload 10: half of the rows are dead and go, while somebody else writes.
#pragma once

#include "bench/scale.h"
#include "bench/scratch.h"

namespace bench {

// Prints a line for each round and side: how long the sweep took with nobody else there, and how
// long a writer waited for the write lock at most.
void measure_sweep(Scratch& scratch, Rows& rows, const Scale& scale);

}  // namespace bench
