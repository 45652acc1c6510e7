// Every call of calls.h, in every situation, disturbed at its n-th moment.
#include "faults/every_moment.h"

#include "faults/failing_memory.h"
#include "faults/file_shim.h"
#include "support/scenario.h"
#include "support/stride.h"

namespace support {

namespace {

bool cannot_be_undone(const CallUnderTest& call, const Disturbance& disturbance) {
  return disturbance.explains(SQLITE_NOMEM) && !can_undo_without_memory(call.sql);
}

// Whether the call was told to have succeeded: it came to its end, or gave a row. (What happens to
// a SELECT afterwards is no failure of the function that it calls. But an INSERT with RETURNING
// gives its rows before it commits.)
bool succeeds(Database& db, const char* sql, int* code) {
  sqlite3_stmt* statement = nullptr;
  *code = sqlite3_prepare_v2(db.get(), sql, -1, &statement, nullptr);
  bool told = false;
  while (*code == SQLITE_OK || *code == SQLITE_ROW) {
    *code = sqlite3_step(statement);
    const bool is_row = *code == SQLITE_ROW && sqlite3_stmt_readonly(statement) != 0;
    told = told || is_row || *code == SQLITE_DONE;
  }
  // While it compiles, SQLite makes a plain error of what keeps it from connecting a table of ours.
  const std::string_view message(sqlite3_errmsg(db.get()));
  if (*code == SQLITE_ERROR && message.starts_with("kv_") && message.ends_with(": interrupted"))
    *code = SQLITE_INTERRUPT;
  sqlite3_finalize(statement);
  return told;
}

std::int64_t hot_hits(Database& db) {
  return std::stoll(db.value("SELECT value FROM kv_stats WHERE name = 'hot_hits'"));
}

// What the hot cache may answer, and what the file says.
constexpr char kAnswers[] =
    "SELECT quote(cache_get('k')) || quote(cache_get('n')) || quote(cache_get('tagged')) || "
    "quote(cache_get('new')) || cache_has('dead') || ledger_seen('l', 'marked') || "
    "ledger_seen('l', 'new')";
constexpr char kTruth[] =
    "WITH live AS (SELECT key, value FROM larder_cache WHERE coalesce(expires_at, 9e9) > 1010) "
    "SELECT quote((SELECT value FROM live WHERE key = 'k')) || "
    "quote((SELECT value FROM live WHERE key = 'n')) || "
    "quote((SELECT value FROM live WHERE key = 'tagged')) || "
    "quote((SELECT value FROM live WHERE key = 'new')) || "
    "(SELECT count(*) FROM live WHERE key = 'dead') || "
    "(SELECT count(*) FROM larder_ledger WHERE ledger = 'l' AND id = 'marked') || "
    "(SELECT count(*) FROM larder_ledger WHERE ledger = 'l' AND id = 'new')";

}  // namespace

struct EveryMoment::Run {
  const Situation& situation;
  const CallUnderTest& call;
  long n;
  Database db;
  std::string before = {};
  std::string after = {};
  std::string foreign_keys = {};
  int code = SQLITE_OK;
  bool told = false;     // it has succeeded
  bool stopped = false;  // the statement was, and that by no function's error
  bool met = false;      // the n-th moment
};

EveryMoment::EveryMoment() {
  fill(filled_.db, false);
  fill(limited_.db, true);
  for (Start* start : {&empty_, &filled_, &limited_}) start->contents = contents(start->db);
  for (const bool limited : {false, true}) {
    Database& from = (limited ? limited_ : filled_).db;
    const std::string path = scratch_.path(limited ? "limited" : "filled");
    for (const std::string mode : {"delete", "wal"}) {
      EXPECT_TRUE(from.run("VACUUM INTO '" + path + "-" + mode + "'").ok());
      EXPECT_EQ(Database(path + "-" + mode).value("PRAGMA journal_mode = " + mode), mode);
    }
  }
}

void EveryMoment::each_call(const Disturbance& disturbance, std::span<const Situation> situations,
                            const std::vector<CallUnderTest>& calls) {
  const long before = count_;
  long begin = 0;  // where the moments of a call begin: not all with the first
  for (const Situation& situation : situations) {
    const long next = next_moment(situation, disturbance);
    for (const CallUnderTest& call : calls) {
      if (cannot_be_undone(call, disturbance)) continue;
      ++begin;
      if (!is_thorough() && begin % stride(disturbance.sample) != 0) continue;
      SCOPED_TRACE(std::string(situation.name) + ", " + disturbance.name + ": " + call.sql);
      try_moment(situation, call, disturbance, -1);
      for (long n = begin % next; try_moment(situation, call, disturbance, n); n += next) ++count_;
      if (testing::Test::HasFailure()) return;
    }
  }
  std::cout << disturbance.name << ": " << count_ - before << " moments\n";
  EXPECT_TRUE(count_ > before || is_slow()) << disturbance.name << " disturbs nothing";
}

long EveryMoment::next_moment(const Situation& situation, const Disturbance& disturbance) const {
  return is_thorough() ? 1 : stride(disturbance.stride * situation.stride);
}

EveryMoment::Start& EveryMoment::start_of(const Situation& situation) {
  if (!situation.is_filled) return empty_;
  return situation.is_limited ? limited_ : filled_;
}

// Returns whether there was an n-th moment.
bool EveryMoment::try_moment(const Situation& situation, const CallUnderTest& call,
                             const Disturbance& disturbance, long n) {
  SCOPED_TRACE("at " + std::to_string(n));
  const sqlite3_int64 used = sqlite3_memory_used();
  bool met = false;
  {
    const bool is_file = situation.place != Place::kMemory;
    if (is_file) put_file(situation);
    Run run{situation, call, n,
            Database(is_file ? scratch_.path("db") : ":memory:",
                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, is_file ? file_shim() : nullptr)};
    make_ready(run);
    make_call(run, disturbance);
    expect_done_or_not(run, disturbance);
    if (run.db.in_transaction()) {
      EXPECT_TRUE(run.db.run("COMMIT").ok());
    }
    EXPECT_EQ(run.db.value("PRAGMA foreign_keys"), run.foreign_keys);
    expect_as_before(run);
    if (is_file) expect_in_file(run);
    EXPECT_EQ(run.db.close(), SQLITE_OK);
    met = run.met;
  }
  EXPECT_EQ(sqlite3_memory_used(), used);
  return met && !testing::Test::HasFailure();
}

void EveryMoment::put_file(const Situation& situation) {
  namespace fs = std::filesystem;
  const std::string path = scratch_.path("db");
  for (const char* end : {"", "-wal", "-shm", "-journal"}) fs::remove(path + end);
  if (!situation.is_filled) return;
  fs::copy_file(scratch_.path(std::string(situation.is_limited ? "limited" : "filled") +
                              (situation.place == Place::kWal ? "-wal" : "-delete")),
                path);
}

void EveryMoment::make_ready(Run& run) {
  const Situation& situation = run.situation;
  without_lookaside(run.db);
  if (situation.place == Place::kMemory) copy(start_of(situation).db, run.db);
  EXPECT_TRUE(load_larder(run.db, situation.place == Place::kDelete).ok());
  prepare(run.db);
  EXPECT_TRUE(run.db.run("PRAGMA busy_timeout = 0").ok());
  if (situation.is_warm) {
    run.db.run(std::string("BEGIN; ") + run.call.sql);
    if (run.db.in_transaction()) run.db.run("ROLLBACK");
    if (situation.place != Place::kMemory) {
      // With the first commit of a log, rows in memory go; the call's is to be another. (What
      // changes no byte is no commit.)
      EXPECT_TRUE(run.db.run("INSERT INTO m VALUES (7); DELETE FROM m WHERE x = 7").ok());
      for (int i = 0; i < 3; ++i) run.db.run(kAnswers);
    }
  }
  // In a cold file nothing is looked at before the call.
  const bool is_cold = situation.place != Place::kMemory && !situation.is_warm;
  run.before = is_cold ? start_of(situation).contents : contents(run.db);
  run.foreign_keys = run.db.value("PRAGMA foreign_keys");
  if (situation.is_inside) run.db.run("BEGIN");
}

void EveryMoment::make_call(Run& run, const Disturbance& disturbance) {
  run.met =
      disturbance.run(run.db, run.n, [&] { run.told = succeeds(run.db, run.call.sql, &run.code); });
  run.stopped = std::string_view(sqlite3_errmsg(run.db.get())) == "interrupted";
  EXPECT_TRUE(run.situation.is_inside || !run.db.in_transaction()) << run.code;
  // (SQLite itself ends the caller's after some errors; then the call has failed.)
  EXPECT_TRUE(!run.situation.is_inside || run.db.in_transaction() || !run.told) << run.n;
  run.after = contents(run.db);
  if (run.n >= 0) return;
  own_code_ = run.code;
  own_result_ = comparable(run.after);
}

void EveryMoment::expect_done_or_not(Run& run, const Disturbance& disturbance) {
  if (!run.met) return;
  // A progress handler may stop the statement when the call is done and its row not given yet.
  if (run.stopped && comparable(run.after) == own_result_) run.told = true;
  if (run.told) {
    EXPECT_TRUE(comparable(run.after) == own_result_)
        << difference(own_result_, comparable(run.after));
    return;
  }
  const bool is_undone =
      run.after == run.before || (!run.situation.is_filled && has_only_tables(run.after));
  EXPECT_TRUE(is_undone) << run.code << "\n" << difference(run.before, run.after);
  EXPECT_TRUE(disturbance.explains(run.code & 0xff) || run.code == own_code_) << run.code;
}

// Larder's tables are made by the first call that writes, and stay where that fails afterwards.
bool EveryMoment::has_only_tables(const std::string& contents_found) {
  if (tables_.empty()) {
    Database db;
    EXPECT_TRUE(load_larder(db).ok());
    EXPECT_TRUE(db.run("SELECT cache_del('nothing')").ok());
    tables_ = comparable(contents(db));
  }
  return comparable(contents_found) == tables_;
}

// What the connection remembers is what the file says.
void EveryMoment::expect_as_before(Run& run) {
  if (run.told || !run.met) return;
  if (std::string(run.call.probe) == "SELECT 1" || run.situation.place != Place::kMemory) return;
  auto& want = probes_[std::string(run.situation.name) + run.call.sql];
  if (want.empty()) {
    Database other;
    copy(start_of(run.situation).db, other);
    ASSERT_TRUE(load_larder(other).ok());
    prepare(other);
    want = other.value(run.call.probe);
  }
  EXPECT_EQ(run.db.value(run.call.probe), want);
}

// Another program finds the file whole, and as the connection that was disturbed says it is.
void EveryMoment::expect_in_file(Run& run) {
  const std::int64_t hits = hot_hits(run.db);
  const std::string told = run.db.value(kAnswers);
  if (run.told && run.call.writes && hot_hits(run.db) > hits) ++rows_kept_;
  EXPECT_EQ(contents(run.db), run.after);
  expect_well(run.db);
  EXPECT_EQ(run.db.close(), SQLITE_OK);
  Database other(scratch_.path("db"), SQLITE_OPEN_READWRITE, file_shim());
  EXPECT_EQ(contents(other), run.after);
  expect_sound(other);
  if (run.after != empty_.contents) {
    EXPECT_EQ(other.value(kTruth), told);
  }
}

}  // namespace support
