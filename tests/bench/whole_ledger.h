// Workload 17: a large ledger is counted, and forgotten while somebody else writes.
#pragma once

#include "bench/scale.h"
#include "bench/scratch.h"

namespace bench {

// Prints two lines for each round and side.
void measure_whole_ledger(Scratch& scratch, const Scale& scale);

}  // namespace bench
