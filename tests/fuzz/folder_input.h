// An input that is a folder of migrations.
#pragma once

#include "fuzz/system.h"
#include "fuzz/target.h"

namespace fuzz {

// The files that the rest of `input` is: of each its path and a line feed, its text and a NUL. What
// no file system has is left out.
Files take_files(Input& input);

}  // namespace fuzz
