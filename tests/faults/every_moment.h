// Every call of calls.h, in every situation, disturbed at its n-th moment for every n: it fails and
// has done nothing, or it succeeds and has done everything.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "faults/calls.h"

namespace support {

enum class Place { kMemory, kWal, kDelete };  // in memory, or in a file of that journal mode

struct Situation {
  const char* name;
  Place place;
  bool is_filled;
  bool is_limited;
  bool is_inside;  // a transaction of the caller's
  bool is_warm;    // everything has been compiled, and rows are in memory
  long stride;     // how far from one disturbed moment to the next
};

extern const std::span<const Situation> kInMemory;
extern const std::span<const Situation> kInFiles;

// What happens to a call.
struct Disturbance {
  const char* name;
  // Runs the call with its n-th moment disturbed, and returns whether it came to that. A negative
  // n disturbs nothing.
  std::function<bool(Database&, long n, const std::function<void()>& call)> run;
  // Whether a call that was disturbed may fail with this result code.
  std::function<bool(int code)> explains;
  long stride = 1;  // times that of the situation
  long sample = 1;  // of how many calls one is tried in a situation
};

class EveryMoment {
 public:
  EveryMoment();
  // For each call in each of the situations, for each moment; says how many those were. At least
  // one call must come to be disturbed.
  void each_call(const Disturbance& disturbance, std::span<const Situation> situations,
                 const std::vector<CallUnderTest>& calls = all_calls());
  // How often a call that had written left rows in memory, of which one was asked for.
  long rows_kept() const { return rows_kept_; }

 private:
  struct Run;  // one call, once
  struct Start {
    Database db;
    std::string contents;
  };
  long next_moment(const Situation& situation, const Disturbance& disturbance) const;
  bool try_moment(const Situation& situation, const CallUnderTest& call,
                  const Disturbance& disturbance, long n);
  Start& start_of(const Situation& situation);
  void make_ready(Run& run);
  void make_call(Run& run, const Disturbance& disturbance);
  void expect_done_or_not(Run& run, const Disturbance& disturbance);
  void expect_as_before(Run& run);
  void expect_in_file(Run& run);
  void put_file(const Situation& situation);
  bool has_only_tables(const std::string& contents_found);

  Scratch scratch_;
  Start empty_;
  Start filled_;
  Start limited_;
  long count_ = 0;
  long rows_kept_ = 0;
  int own_code_ = SQLITE_OK;  // of the call when nothing disturbs it
  std::string own_result_;    // what it leaves then
  std::string tables_;        // of Larder's, with nothing in them
  std::map<std::string, std::string> probes_;
};

}  // namespace support
