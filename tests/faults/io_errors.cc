// Every call that SQLite and Larder make of the operating system's files fails, once and from then
// on: the disk is broken or full, or somebody else has the lock.
#include <gtest/gtest.h>

#include "faults/every_moment.h"
#include "faults/file_shim.h"
#include "support/stride.h"

namespace {

using support::Database;
using support::Io;
using support::IoCall;

// The code with which a call fails; SQLITE_OK where this trouble does not meet it.
using Trouble = int (*)(Io);

int broken(Io io) {
  switch (io) {
    case Io::kOpen:
      return SQLITE_CANTOPEN;
    case Io::kRead:
      return SQLITE_IOERR_READ;
    case Io::kWrite:
      return SQLITE_IOERR_WRITE;
    case Io::kTruncate:
      return SQLITE_IOERR_TRUNCATE;
    case Io::kSync:
      return SQLITE_IOERR_FSYNC;
    case Io::kSize:
      return SQLITE_IOERR_FSTAT;
    case Io::kLock:
      return SQLITE_IOERR_LOCK;
    case Io::kIsReserved:
      return SQLITE_IOERR_CHECKRESERVEDLOCK;
    case Io::kMapShared:
      return SQLITE_IOERR_SHMMAP;
    case Io::kLockShared:
      return SQLITE_IOERR_SHMLOCK;
    case Io::kDelete:
      return SQLITE_IOERR_DELETE;
    case Io::kAccess:
      return SQLITE_IOERR_ACCESS;
  }
  return SQLITE_IOERR;
}

int full(Io io) { return io == Io::kWrite ? SQLITE_FULL : SQLITE_OK; }

int locked(Io io) { return io == Io::kLock || io == Io::kLockShared ? SQLITE_BUSY : SQLITE_OK; }

// Fails the n-th call that the trouble meets, and for good those that follow.
class Failing : public support::IoObserver {
 public:
  Failing(Trouble trouble, long n, bool for_good)
      : trouble_(trouble), left_(n), for_good_(for_good) {}

  bool met() const { return met_; }

  int before(const IoCall& call) override {
    const int code = trouble_(call.io);
    if (code == SQLITE_OK || left_ < 0) return SQLITE_OK;
    if (left_ > 0) {
      --left_;
      return SQLITE_OK;
    }
    met_ = true;
    if (!for_good_) left_ = -1;
    return code;
  }

 private:
  Trouble trouble_;
  long left_;
  bool for_good_;
  bool met_ = false;
};

struct Kind {
  const char* name;
  Trouble trouble;
  bool for_good;
  std::set<int> codes;  // that may be told
  long stride;
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class IoErrors : public testing::TestWithParam<Kind> {};

TEST_P(IoErrors, at_every_call) {
  const Kind& kind = GetParam();
  support::EveryMoment every_moment;
  every_moment.each_call({kind.name,
                          [&](Database&, long n, const std::function<void()>& call) {
                            Failing failing(kind.trouble, n, kind.for_good);
                            const support::Observed observed(failing);
                            call();
                            return failing.met();
                          },
                          [&](int code) { return kind.codes.count(code) > 0; }, kind.stride, 29},
                         support::kInFiles);
}

INSTANTIATE_TEST_SUITE_P(
    kind, IoErrors,
    testing::Values(Kind{"broken once", broken, false, {SQLITE_IOERR, SQLITE_CANTOPEN}, 5},
                    Kind{"broken for good", broken, true, {SQLITE_IOERR, SQLITE_CANTOPEN}, 5},
                    Kind{"full once", full, false, {SQLITE_FULL}, 3},
                    Kind{"full for good", full, true, {SQLITE_FULL}, 3},
                    Kind{"locked once", locked, false, {SQLITE_BUSY, SQLITE_PROTOCOL}, 5},
                    Kind{"locked for good", locked, true, {SQLITE_BUSY, SQLITE_PROTOCOL}, 5}));

int unlockable(Io io) {
  if (io == Io::kLock) return SQLITE_IOERR_LOCK;
  return io == Io::kLockShared ? SQLITE_IOERR_SHMLOCK : SQLITE_OK;
}

// After such an error SQLite itself ends the transaction. A call that went on would begin and
// commit one of its own, and say that all is well.
TEST(io_errors, a_transaction_that_is_lost_is_told) {
  for (const std::string mode : {"wal", "delete"}) {
    for (const std::string before : {"SELECT 1", "SELECT cache_set('k', 1)"}) {
      bool met = true;
      for (long n = 0; met; ++n) {
        const support::Scratch scratch;
        Database db(scratch.path("db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                    support::file_shim());
        ASSERT_TRUE(db.run("PRAGMA journal_mode = " + mode + "; CREATE TABLE t(x)").ok());
        Database other(scratch.path("db"));
        ASSERT_TRUE(other.load("sqlite3_larder_bare_init").ok());
        ASSERT_TRUE(other.run(before).ok());
        ASSERT_TRUE(support::load_larder(db).ok());
        ASSERT_TRUE(db.run("BEGIN").ok());
        Failing failing(unlockable, n, false);
        const support::Observed observed(failing);
        const auto outcome = db.run("SELECT ledger_mark('l', 1)");
        EXPECT_TRUE(!outcome.ok() || db.in_transaction()) << mode << n << before;
        met = failing.met();
      }
    }
  }
}

// The same where an error is passed over, because what it was for can wait, or is a finding.
TEST(io_errors, a_transaction_that_is_lost_on_the_side_is_told) {
  for (const Trouble trouble : {full, broken}) {
    for (const char* sql : {"SELECT cache_set('new', 7)", "SELECT cache_touch('a', 60)",
                            "SELECT * FROM kv_check", "SELECT kv_sweep()"}) {
      bool met = true;
      for (long n = 0; met; ++n) {
        const support::Scratch scratch;
        Database db(scratch.path("db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                    support::file_shim());
        ASSERT_TRUE(support::load_larder(db).ok());
        ASSERT_TRUE(db.run("CREATE TABLE t(x); SELECT cache_set('a', 1); SELECT cache_set('a', 2);"
                           "SELECT cache_set('b', 1); SELECT cache_touch('b', 60)")
                        .ok());
        Database other(scratch.path("db"));
        ASSERT_TRUE(other.run("CREATE TABLE others(x)").ok());  // and so all is compiled anew
        ASSERT_TRUE(
            db.run("PRAGMA cache_size = 8; BEGIN; INSERT INTO t VALUES (zeroblob(60000))").ok());
        Failing failing(trouble, n, true);
        bool is_told = false;
        {
          const support::Observed observed(failing);
          is_told = !db.run(sql).ok();
        }
        EXPECT_TRUE(is_told || db.in_transaction()) << sql << n;
        met = failing.met();
      }
    }
  }
}

// What is looked at behind this VFS: an answer comes from memory, as it does without it.
TEST(io_errors, the_hot_cache_watches) {
  const support::Scratch scratch;
  Database db(scratch.path("db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, support::file_shim());
  ASSERT_TRUE(support::load_larder(db).ok());
  ASSERT_TRUE(db.run("SELECT cache_set('k', 1)").ok());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(db.value("SELECT cache_get('k')"), "1");
  EXPECT_NE(db.value("SELECT value FROM kv_stats WHERE name = 'hot_hits'"), "0");
}

// What a call that has written leaves in memory is compared with the file, too. (It is listed so
// often that each situation tries it, whatever the stride.)
TEST(io_errors, rows_are_kept_by_a_call_that_writes) {
  support::EveryMoment every_moment;
  every_moment.each_call(
      {"not disturbed",
       [](Database&, long n, const std::function<void()>& call) {
         call();
         return n == 0;
       },
       [](int) { return false; }},
      support::kInFiles,
      std::vector<support::CallUnderTest>(static_cast<std::size_t>(support::stride(1)),
                                          {"SELECT cache_set('k', 'other', 90)", true}));
  EXPECT_GT(every_moment.rows_kept(), 0);
}

}  // namespace
