// Running one script.
#pragma once

#include <string>

#include "migration/work.h"
#include "store/undo.h"

namespace larder {

// Runs the script of `step`, statement by statement, and returns how many seconds that took. `undo`
// watches over the transaction around the script, or over one that a script which runs alone begins
// itself. Throws Failure with the place of the statement that failed and what `remains`.
double run_script(Connection& connection, const Step& step, Undo& undo, const std::string& remains);

}  // namespace larder
