// Running one script.
#pragma once

#include <string>

#include "migration/work.h"
#include "store/undo.h"

namespace larder {

// Runs the script of `step`, statement by statement, and returns how many seconds that took. `undo`
// watches over the transaction: the one around the script, or one that a script without a
// transaction begins itself. Throws Failure with the place of the statement that failed;
// `remains` tells the user what is there then.
double run_script(Connection& connection, const Step& step, Undo& undo, const std::string& remains);

}  // namespace larder
