// A program that has Larder, and runs any statement: within limits, and with no file but those in
// memory.
#pragma once

#include <memory>
#include <string>

#include "support/database.h"

namespace fuzz {

class Host {
 public:
  // Opens `path` of the memory VFS with Larder.
  explicit Host(const std::string& path = "/memory/db");
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host() = default;

  // Of a damaged file SQLite may say anything, also that there is no memory; Larder fails to load
  // then.
  const support::Outcome& loaded() const { return loaded_; }

  // Of a host that has loaded Larder.
  support::Database& db();

  // From now on a statement that takes long is interrupted, and what could reach beyond the
  // connection's own files, or would make any failure look like Larder's, is not authorized.
  void restrict();

  // False when the statements together have taken longer than a sensible input needs.
  bool is_in_time() const { return rounds_ < kMostRounds; }

 private:
  static int count(void* host);
  static int authorize(void*, int action, const char* first, const char* second, const char*,
                       const char*);

  static constexpr int kMostRounds = 3;

  support::Database db_;
  support::Outcome loaded_;
  int rounds_ = 0;  // each ends with an interrupt
};

}  // namespace fuzz
