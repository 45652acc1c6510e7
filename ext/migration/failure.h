// A failure that says what it leaves behind.
#pragma once

#include <string>

#include "sqlite/error.h"

namespace larder {

// An Error whose message says already what remains of the work: nothing is to be added. That is a
// type, as the text may be anything: a trigger of the user's can say the same words.
class Failure : public Error {
 public:
  using Error::Error;
};

}  // namespace larder
