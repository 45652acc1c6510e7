// Power is lost at any moment of a day's work: what is found then is the database as some call has
// left it. Rows and marks are together, a migration is whole or not there at all, and where SQLite
// promises it everything that was told to be done is done.
#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "faults/disk.h"
#include "faults/every_moment.h"
#include "support/scenario.h"
#include "support/stride.h"

namespace {

using support::Database;

// What may be lost of what was told to be done: SQLite itself promises no more. With a journal and
// FULL the folder is not synced when the journal is deleted, which is the commit.
enum class Lost { kNothing, kLastCommit, kAllSinceCheckpoint };

struct Mode {
  const char* name;
  const char* journal;
  const char* synchronous;
  Lost lost;
};

// (With a journal and NORMAL, SQLite does not promise that the file is whole.)
constexpr Mode kModes[] = {{"WAL, NORMAL", "wal", "NORMAL", Lost::kAllSinceCheckpoint},
                           {"WAL, FULL", "wal", "FULL", Lost::kNothing},
                           {"journal, FULL", "delete", "FULL", Lost::kLastCommit},
                           {"journal, EXTRA", "delete", "EXTRA", Lost::kNothing}};

void PrintTo(const Mode& mode, std::ostream* out) { *out << mode.name; }

constexpr const char* kReopen = "reopen";
constexpr const char* kCheckpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
constexpr std::string_view kOther = "other: ";  // another connection does it

// Each is one transaction, as a sweep is of one row. `?` is the number of the round.
constexpr const char* kRound[] = {
    "BEGIN; INSERT INTO own SELECT ?, hex(randomblob(900)) WHERE ledger_mark('own', ?); SELECT "
    "checkpoint_advance('own', ?), cache_incr('rounds'); COMMIT",
    "INSERT INTO own SELECT -?, hex(randomblob(90)) WHERE ledger_mark('own', -?)",
    "SELECT cache_set('large', zeroblob(3000 * ?), 60)",
    "SELECT cache_set('k' || (? % 3), randomblob(500), 60)",
    "SELECT lease_acquire('nightly', 15)",
    "SELECT ledger_add('q', ?, hex(randomblob(300)))",
    "SELECT migrate()",
    kCheckpoint,
    "SELECT run_start('job ?', 60)",
    "SELECT run_tick(?, 2)",
    "SELECT ledger_next('q', 60)",
    "BEGIN; DELETE FROM own WHERE id = 1 - ?; SELECT ledger_forget('own', 1 - ?); COMMIT",
    "SELECT run_finish(?)",
    "SELECT lease_release('nightly', ?)",
    kReopen,
    "INSERT OR REPLACE INTO kv_cache(key, value) SELECT 'bulk' || value, randomblob(200 * value) "
    "FROM json_each('[1,2,3,4,5,6,7,8,9]')",
    "other: BEGIN; SELECT cache_incr('rounds'), cache_set('large', zeroblob(2000), 1); COMMIT",
    "SELECT kv_clock(1010 + ?), kv_sweep(1)",
    "other: INSERT INTO own SELECT 100 + ?, hex(randomblob(9)) WHERE ledger_mark('own', 100 + ?)",
    "SELECT migrate_down(? % 3)",
    "SELECT cache_clear('bulk')",
};

// The work, done once and written down.
class Work {
 public:
  explicit Work(const Mode& mode) : mode_(mode) {
    const support::Observed observed(record_);
    Database empty;
    states_.push_back(support::contents(empty));
    step(kReopen);
    step("CREATE TABLE own(id INTEGER PRIMARY KEY, value)");
    for (int round = 1; round <= 6; ++round) {
      for (const char* sql : kRound) {
        std::string text = sql;
        for (auto at = text.find('?'); at != std::string::npos; at = text.find('?'))
          text.replace(at, 1, std::to_string(round));
        step(text);
      }
    }
  }

  // After a loss of power at a random moment.
  void lose_power(long seed) const {
    std::minstd_rand random(static_cast<unsigned>(seed * 7919 + 1));
    const std::size_t moment = random() % (record_.events().size() + 1);
    support::Disk disk;
    for (std::size_t i = 0; i < moment; ++i) disk.apply(record_.events()[i]);
    const support::Scratch scratch;
    const std::string path = scratch.path("db");
    for (const auto& [name, content] : disk.after_loss(random))
      std::ofstream(path + name.substr(path_.size()), std::ios::binary) << content;
    expect_state_at(moment, path);
  }

 private:
  bool is_bare() const { return mode_.journal == std::string("delete"); }

  void open() {
    db_.reset();
    other_.reset();
    for (auto* each : {&db_, &other_}) {
      each->emplace(path_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, support::file_shim());
      EXPECT_TRUE(support::load_larder(**each, is_bare()).ok());
      support::prepare(**each);
      EXPECT_EQ((*each)->value(std::string("PRAGMA journal_mode = ") + mode_.journal),
                mode_.journal);
      // The first write makes the tables and sets FULL to NORMAL; what is set then, stays.
      const std::string synchronous = std::string("PRAGMA synchronous = ") + mode_.synchronous;
      must(**each, synchronous + "; SELECT cache_del('nothing'); " + synchronous);
      must(**each, "PRAGMA wal_autocheckpoint = 10; PRAGMA cache_size = 5");
    }
    must(*db_, kCheckpoint);
  }

  static void must(Database& db, const std::string& sql) {
    const auto outcome = db.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }

  void step(const std::string& sql) {
    if (sql == kReopen)
      open();
    else if (sql.starts_with(kOther))
      must(*other_, sql.substr(kOther.size()));
    else
      must(*db_, sql);
    synced_.push_back(sql == kCheckpoint || sql == kReopen ? states_.size() : synced_.back());
    states_.push_back(support::contents(*db_));
    ended_.push_back(record_.events().size());
  }

  // The oldest state that may be found when the state `told` was reached.
  std::size_t first_after_loss(std::size_t told) const {
    if (mode_.lost == Lost::kNothing) return told;
    if (mode_.lost == Lost::kAllSinceCheckpoint) return synced_[told];
    std::size_t first = told;
    while (first > 0 && states_[first] == states_[told]) --first;
    return first;
  }

  void expect_state_at(std::size_t moment, const std::string& path) const {
    const auto told = static_cast<std::size_t>(
        std::upper_bound(ended_.begin(), ended_.end(), moment) - ended_.begin() - 1);
    const std::size_t least = first_after_loss(told);
    Database db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, support::file_shim());
    ASSERT_TRUE(support::load_larder(db, is_bare()).ok());
    const std::string found = support::contents(db);
    std::size_t state = std::min(told + 1, states_.size() - 1);
    while (state > least && states_[state] != found) --state;
    EXPECT_EQ(states_[state], found) << "at " << moment << ", when step " << told << " was done";
    support::expect_sound(db);
    support::expect_well(db);
    EXPECT_TRUE(db.run("SELECT cache_set('after', 1), ledger_mark('after', 1)").ok());
    EXPECT_EQ(db.close(), SQLITE_OK);
  }

  const Mode& mode_;
  support::Scratch scratch_;
  const std::string path_ = scratch_.path("db");
  support::DiskRecord record_;
  std::optional<Database> db_;
  std::optional<Database> other_;
  std::vector<std::string> states_;     // as each step has left it
  std::vector<std::size_t> ended_{0};   // how many events there were then
  std::vector<std::size_t> synced_{0};  // up to which state all was on the disk then
};

class PowerLoss : public testing::TestWithParam<Mode> {};

TEST_P(PowerLoss, at_random_moments) {
  const Work work(GetParam());
  const long losses = support::is_thorough() ? 5000 : 60;
  for (long seed = 0; seed < losses && !HasFailure(); seed += support::stride(1)) {
    SCOPED_TRACE(seed);
    work.lose_power(seed);
  }
}

INSTANTIATE_TEST_SUITE_P(mode, PowerLoss, testing::ValuesIn(kModes));

}  // namespace
