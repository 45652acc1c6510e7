// How migrations fail: with the place of the failure, and with what it leaves behind.
#pragma once

#include <string>

#include "sqlite/error.h"

namespace larder {

// An Error whose message already says what remains of the work, so that nothing is added to it. It
// is a type of its own because the message cannot tell: a trigger of the user's may use the same
// words.
class Failure : public Error {
 public:
  using Error::Error;
  bool is_final() const override { return true; }
};

// What to do about a call that SQLite could not run inside another statement.
inline constexpr const char* kCallByItself =
    "call it by itself, as SELECT ...; and not inside another statement that reads or writes";

// Runs `body`, and says at which `place` it failed.
template <class Body>
auto naming(const std::string& place, Body&& body) {
  try {
    return body();
  } catch (const Error& error) {
    throw Error(error.code(), place + ": " + error.message());
  }
}

}  // namespace larder
