// A call that fails has done nothing: with an interrupt at every step, and with every allocation
// failing in turn; alone and in a transaction of the caller's, in a new file and in one that is
// filled, compiled already or not. No transaction is left open but the caller's.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "faults/calls.h"
#include "faults/failing_memory.h"
#include "support/stride.h"

namespace {

using support::CallUnderTest;
using support::Database;
using support::Failure;

// Interrupts the connection once, after a number of steps of SQLite's machine. (A handler that
// returns 1 would stop one statement, and not those that undo it.)
class InterruptAfter {
 public:
  InterruptAfter(Database& db, long steps) : db_(db), left_(steps) {
    sqlite3_progress_handler(db.get(), 1, count, this);
  }
  InterruptAfter(const InterruptAfter&) = delete;
  InterruptAfter& operator=(const InterruptAfter&) = delete;
  ~InterruptAfter() { sqlite3_progress_handler(db_.get(), 0, nullptr, nullptr); }

  bool met() const { return met_; }

 private:
  static int count(void* context) {
    auto* self = static_cast<InterruptAfter*>(context);
    if (self->left_ < 0 || self->left_-- > 0) return 0;
    self->met_ = true;
    sqlite3_interrupt(self->db_.get());
    return 0;
  }

  Database& db_;
  long left_;
  bool met_ = false;
};

// Whether the call was told to have succeeded: it gave a row, or came to its end. What happens to
// its statement afterwards is no failure of the call.
bool succeeds(Database& db, const char* sql, int* code) {
  sqlite3_stmt* statement = nullptr;
  *code = sqlite3_prepare_v2(db.get(), sql, -1, &statement, nullptr);
  bool told = false;
  while (*code == SQLITE_OK || *code == SQLITE_ROW) {
    *code = sqlite3_step(statement);
    told = told || *code == SQLITE_ROW || *code == SQLITE_DONE;
  }
  sqlite3_finalize(statement);
  return told;
}

struct Situation {
  const char* name;
  bool is_filled;
  bool is_limited;
  bool is_inside;  // a transaction of the caller's
  bool is_warm;    // everything has been compiled
  long stride;     // how far from one disturbed moment to the next
};

constexpr Situation kSituations[] = {
    {"new file", false, false, false, false, 31},
    {"new file, in a transaction", false, false, true, false, 31},
    {"cold", true, false, false, false, 13},
    {"cold, in a transaction", true, false, true, false, 13},
    {"warm", true, false, false, true, 1},
    {"warm, in a transaction", true, false, true, true, 1},
    {"limited, warm", true, true, false, true, 1},
    {"limited, warm, in a transaction", true, true, true, true, 1},
};

// Before 3.39 SQLite starts no statement at all without memory, and so not the one that would undo
// a DROP, beside which none may run (store/undo.h).
bool cannot_be_undone(const CallUnderTest& call, int code) {
  return code == SQLITE_NOMEM && sqlite3_libversion_number() < 3039000 &&
         std::string(call.sql).starts_with("SELECT migrate");
}

// Every moment: takes an hour.
bool is_thorough() { return std::getenv("LARDER_THOROUGH") != nullptr; }

void copy(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  ASSERT_NE(backup, nullptr);
  ASSERT_EQ(sqlite3_backup_step(backup, -1), SQLITE_DONE);
  ASSERT_EQ(sqlite3_backup_finish(backup), SQLITE_OK);
}

class HalfDone : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(support::fill(filled_, false));
    ASSERT_NO_FATAL_FAILURE(support::fill(limited_, true));
  }

  // `disturbed` runs its second argument with the n-th step or allocation disturbed, and returns
  // whether it came to that.
  using Disturb = std::function<bool(Database&, long, const std::function<void()>&)>;

  void each_call(const Disturb& disturbed, int code, long stride) {
    for (const Situation& situation : kSituations) {
      const long next = is_thorough() ? 1 : support::stride(stride * situation.stride);
      for (const CallUnderTest& call : support::all_calls()) {
        if (cannot_be_undone(call, code)) continue;
        SCOPED_TRACE(std::string(situation.name) + ": " + call.sql);
        own_code_ = SQLITE_OK;
        trial(situation, call, disturbed, code, -1);
        long n = 0;
        while (trial(situation, call, disturbed, code, n)) n += next;
        if (HasFailure()) return;
      }
    }
  }

 private:
  // Returns whether there was an n-th moment.
  bool trial(const Situation& situation, const CallUnderTest& call, const Disturb& disturbed,
             int code, long n) {
    Database db;
    support::without_lookaside(db);
    if (situation.is_filled) copy(situation.is_limited ? limited_ : filled_, db);
    EXPECT_TRUE(db.load().ok());
    support::prepare(db);
    if (situation.is_warm) db.run(std::string("BEGIN; ") + call.sql);
    if (db.in_transaction()) db.run("ROLLBACK");
    const std::string before = support::contents(db);
    if (situation.is_inside) db.run("BEGIN");
    int rc = SQLITE_OK;
    bool told = false;
    const bool met = disturbed(db, n, [&] { told = succeeds(db, call.sql, &rc); });
    if (n < 0) own_code_ = rc;
    EXPECT_TRUE(situation.is_inside || !db.in_transaction()) << "at " << n;
    const std::string after = support::contents(db);
    if (!told && met) {
      EXPECT_TRUE(after == before || (!situation.is_filled && after == with_tables()))
          << "at " << n << ": " << rc << "\n"
          << difference(before, after);
      EXPECT_TRUE((rc & 0xff) == code || rc == own_code_) << "at " << n << ": " << rc;
    }
    if (db.in_transaction()) {
      EXPECT_TRUE(db.run("COMMIT").ok()) << "at " << n;
    }
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
    if (!told && met) expect_as_before(db, situation, call, n);
    EXPECT_EQ(db.close(), SQLITE_OK) << "at " << n;
    return met && !HasFailure();
  }

  // Larder's tables are made by the first call that writes, and stay where that fails afterwards.
  const std::string& with_tables() {
    if (with_tables_.empty()) {
      Database db;
      EXPECT_TRUE(db.load().ok());
      EXPECT_TRUE(db.run("SELECT cache_del('nothing')").ok());
      with_tables_ = support::contents(db);
    }
    return with_tables_;
  }

  // From the first byte on that is another one.
  static std::string difference(const std::string& want, const std::string& got) {
    const auto at = std::mismatch(want.begin(), want.end(), got.begin(), got.end()).first;
    const auto from = static_cast<std::size_t>(at - want.begin());
    constexpr std::size_t kShown = 300;
    return "want ..." + want.substr(from, kShown) + "\ngot ..." + got.substr(from, kShown);
  }

  // What the connection remembers is what the file says.
  void expect_as_before(Database& db, const Situation& situation, const CallUnderTest& call,
                        long n) {
    if (std::string(call.probe) == "SELECT 1") return;
    auto& want = probes_[std::string(situation.name) + call.sql];
    if (want.empty()) {
      Database other;
      if (situation.is_filled) copy(situation.is_limited ? limited_ : filled_, other);
      ASSERT_TRUE(other.load().ok());
      support::prepare(other);
      want = other.value(call.probe);
    }
    EXPECT_EQ(db.value(call.probe), want) << "at " << n;
  }

  Database filled_;
  Database limited_;
  int own_code_ = SQLITE_OK;  // of the call when nothing disturbs it
  std::string with_tables_;
  std::map<std::string, std::string> probes_;
};

TEST_F(HalfDone, an_interrupt_at_every_step) {
  each_call(
      [](Database& db, long n, const std::function<void()>& call) {
        const InterruptAfter interrupt(db, n);
        call();
        return interrupt.met();
      },
      SQLITE_INTERRUPT, 5);
}

TEST_F(HalfDone, no_memory_at_every_allocation) {
  each_call(
      [](Database&, long n, const std::function<void()>& call) {
        const Failure failure(n);
        call();
        return failure.met();
      },
      SQLITE_NOMEM, 3);
}

}  // namespace
