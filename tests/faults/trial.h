// A call that something disturbs, compared with the same call on the same file that nothing does.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "faults/calls.h"

namespace support {

// All tries, or an even sample of them: `usual` is how far from one to the next, where
// LARDER_THOROUGH is not set.
class Sample {
 public:
  explicit Sample(long usual);
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;
  ~Sample();  // says how many were tried
  bool takes_next() { return met_++ % stride_ == 0; }

 private:
  long stride_;
  long met_ = 0;
};

class Trial : public testing::Test {
 protected:
  using Action = std::function<void(Database&)>;

  // What a call has come to.
  struct Result {
    Outcome outcome;
    bool is_unchanged = false;  // the file is as it was
    bool is_right = false;      // file and answer are those of the undisturbed call
    std::string differs;        // where the file does from that
  };

  void SetUp() override;

  // A database in memory in which there is something for each call.
  void open(Database& db);

  // Makes the call, alone or in a transaction of the caller's, between `disturb` and `relieve`.
  // Afterwards no transaction is open but the caller's. A call that has done nothing is made once
  // more, and then is right: nothing is remembered of what disturbed it.
  Result try_call(const CallUnderTest& call, bool is_inside, const Action& disturb,
                  const Action& relieve);

  // The same on a database that is open()ed already, or as good as.
  Result try_on(Database& db, const CallUnderTest& call, bool is_inside, const Action& disturb,
                const Action& relieve);

  // Either right, or an error that has changed nothing.
  static void expect_right_or_nothing(const Result& result);

 private:
  struct Undisturbed {
    std::string value;
    std::string after;
  };
  const Undisturbed& undisturbed(const CallUnderTest& call);

  Database filled_;
  std::string before_;
  std::map<std::string, Undisturbed> undisturbed_;
};

}  // namespace support
