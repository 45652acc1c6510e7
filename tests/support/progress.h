// A host's progress handler: what SQLite asks while it works.
#pragma once

#include <functional>
#include <utility>

#include "support/database.h"

namespace support {

// While it lives, SQLite asks `stops` after every so many `steps` of its machine, with the number
// of the question, from 0: true stops the statement that runs, and no other.
// https://sqlite.org/c3ref/progress_handler.html
class Progress {
 public:
  using Stops = std::function<bool(long question)>;

  Progress(Database& db, int steps, Stops stops) : db_(db), stops_(std::move(stops)) {
    sqlite3_progress_handler(db.get(), steps, ask, this);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { sqlite3_progress_handler(db_.get(), 0, nullptr, nullptr); }

  long asked() const { return asked_; }

  // Whether it has come to the question `n`; to one below 0 it never comes.
  bool has_come_to(long n) const { return n >= 0 && asked_ > n; }

 private:
  static int ask(void* context) {
    auto& self = *static_cast<Progress*>(context);
    return self.stops_(self.asked_++);
  }

  Database& db_;
  Stops stops_;
  long asked_ = 0;
};

// What stops at the question `n`, once.
inline Progress::Stops stop_at(long n) {
  return [n](long question) { return question == n; };
}

// What stops all from the question `n` on: a time limit.
inline Progress::Stops stop_from(long n) {
  return [n](long question) { return n >= 0 && question >= n; };
}

// What interrupts all that runs on the connection, at the question `n`.
inline Progress::Stops interrupt_at(Database& db, long n) {
  return [&db, n](long question) {
    if (question == n) sqlite3_interrupt(db.get());
    return false;
  };
}

}  // namespace support
