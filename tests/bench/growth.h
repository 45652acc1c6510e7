// Workload 12: what a call costs as the rows grow.
#pragma once

#include "bench/scale.h"
#include "bench/scratch.h"

namespace bench {

// Prints a line for each side, number of rows from 10^4 to scale.most_rows, and kind of call: 12a a
// hot get, 12b a get that is not, 12c an overwrite, 12d a sweep of 500 rows.
void measure_growth(Scratch& scratch, const Scale& scale);

}  // namespace bench
