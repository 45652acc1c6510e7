// A script: the text of one direction of a migration, and how its author wants it run.
#pragma once

#include <string>

namespace larder {

struct Script {
  std::string text;    // without a byte order mark
  std::string file;    // as an error shows it; empty for a text that was declared
  int first_line = 1;  // where `text` begins in `file`
  bool alone = false;  // its author wants no transaction around it
};

// The one way to make a script. It removes a byte order mark from `text` and decides whether the
// script runs without a transaction: when `alone` says so (a mark above a section, or a file
// beside the script), when the text begins with `-- migrate:no-transaction`, or when a whole file
// begins with sqlx's `-- no-transaction`.
Script make_script(std::string text, std::string file = "", int first_line = 1, bool alone = false);

// A hash of the text that does not change with CR or blank lines at the end: 32 hexadecimal digits
// (XXH3, 128 bits).
std::string checksum(const Script& script);

}  // namespace larder
