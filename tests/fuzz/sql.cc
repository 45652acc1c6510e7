// Statements in odd contexts, one a line, on two connections to one file:
//
//   SELECT cache_set('a', 1)
//   2 BEGIN                      on the second connection
//   > SELECT * FROM kv_cache     is left open, at its first row
//   close                        sqlite3_close_v2(), also with statements open; and opens again
//   new                          in the first line: the file has none of Larder's tables yet
//
// (sql_lines.cc has libFuzzer make such lines.)
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/host.h"
#include "fuzz/memory_vfs.h"
#include "fuzz/system.h"
#include "fuzz/target.h"

namespace {

using fuzz::Host;

bool has_any(std::string line, std::initializer_list<const char*> words) {
  std::transform(line.begin(), line.end(), line.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return line.find(word) != std::string::npos; });
}

// A connection, and the statements that are open on it.
class Session {
 public:
  Session() { open(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() = default;

  support::Database& db() { return host_->db(); }
  bool is_in_time() const { return host_->is_in_time(); }

  void run(const std::string& line, bool stays_open) {
    const bool was_outside = !db().in_transaction();
    sqlite3_stmt* statement = nullptr;
    int rc = sqlite3_prepare_v2(db().get(), line.c_str(), -1, &statement, nullptr);
    constexpr int kMostRows = 100;
    for (int row = 0; rc == SQLITE_OK || (rc == SQLITE_ROW && row < kMostRows); ++row) {
      rc = sqlite3_step(statement);
      if (stays_open) break;
    }
    if (rc == SQLITE_ROW && stays_open) {
      statements_.push_back(statement);
    } else {
      rc = sqlite3_finalize(statement);
    }
    expect_transaction(line, was_outside, rc);
  }

  // All that is open is ended; what was written is kept.
  void finish() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    statements_.clear();
    if (db().in_transaction() && !db().run("COMMIT").ok()) db().run("ROLLBACK");
  }

  void close_with_statements() {
    db().close_v2();
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    statements_.clear();
    open();
  }

 private:
  void open() {
    host_ = std::make_unique<Host>();
    host_->restrict();
    db().run("SELECT kv_clock(1000)");
  }

  // No call begins a transaction that stays, or ends the host's.
  void expect_transaction(const std::string& line, bool was_outside, int rc) {
    if (was_outside) {
      EXPECT_TRUE(!db().in_transaction() || has_any(line, {"begin", "savepoint"})) << line;
    } else if (rc == SQLITE_OK || rc == SQLITE_ROW) {
      EXPECT_TRUE(db().in_transaction() || has_any(line, {"commit", "end", "rollback", "release"}))
          << line;
    }
  }

  std::unique_ptr<Host> host_;
  std::vector<sqlite3_stmt*> statements_;
};

// What a connection answers, the second time from memory if it can.
std::string answers(support::Database& db) {
  constexpr char kAsk[] =
      "SELECT group_concat(quote(cache_get(k)) || cache_has(k) || ledger_seen('q', k)) FROM "
      "(SELECT 'a' AS k UNION ALL SELECT 'b' UNION ALL SELECT 1 UNION ALL SELECT x'00')";
  if (!db.run("SELECT kv_clock(1005)").ok()) return "";
  db.run(kAsk);
  const auto outcome = db.run(kAsk);
  return outcome.ok() ? outcome.value : "";
}

// A connection that has answered before says the same as one that only reads the file.
void expect_same_answers(Session& session) {
  Session fresh;
  const std::string want = answers(fresh.db());
  const std::string got = answers(session.db());
  EXPECT_TRUE(got == want || got.empty() || want.empty()) << got << " is not " << want;
}

void expect_whole(support::Database& db, bool is_touched) {
  const auto whole = db.run("PRAGMA integrity_check");
  EXPECT_TRUE(!whole.ok() || whole.value == "ok") << whole;
  if (is_touched) return;
  const auto check = db.run(
      "SELECT group_concat(name || ': ' || message, '; ') FROM kv_check "
      "WHERE status = 'error' AND name NOT IN ('expiry', 'journal_mode', 'migrations', "
      "'replicated')");  // of these the input itself may be at fault
  EXPECT_TRUE(!check.ok() || check.value == "NULL") << check;
}

// The connections of an input; the second is opened for the first line that names it.
std::unique_ptr<Session> sessions[2];

void interrupt_sleeper() {
  for (const auto& session : sessions) {
    if (session != nullptr) sqlite3_interrupt(session->db().get());
  }
}

// A file that has been used before: there is something to be read of each kind.
std::string used_file() {
  constexpr char kUse[] =
      "CREATE TABLE t(x PRIMARY KEY, y); CREATE TABLE u(x UNIQUE, y); "
      "CREATE VIEW v AS SELECT x, y FROM t;"
      "INSERT INTO t VALUES ('a', 1), ('b', 2000), (3, NULL); INSERT INTO u VALUES ('a', 'b');"
      "SELECT cache_set('a', 1, 60, 't'), cache_set('b', 'two'), cache_set(1, 3, 6), "
      "ledger_add('q', 'a'), ledger_add('q', 'b', 1, 5), ledger_claim('q', 1, 60), "
      "ledger_mark('q', x'00'), lease_acquire('a', 60), checkpoint_set('a', 1), "
      "rate_take('a', 2, 60), run_start('a', 60)";
  {
    Session session;
    EXPECT_TRUE(session.db().run(kUse).ok());
  }
  EXPECT_FALSE(fuzz::file("/memory/db").empty());
  return fuzz::file("/memory/db");
}

void run_lines(fuzz::Input input, bool& is_touched) {
  while (!input.is_empty()) {
    std::string line(input.until('\n'));
    auto& session = sessions[line.starts_with("2 ") ? 1 : 0];
    if (line.starts_with("2 ")) line.erase(0, 2);
    if (session == nullptr) session = std::make_unique<Session>();
    const bool stays_open = line.starts_with("> ");
    if (stays_open) line.erase(0, 2);
    is_touched = is_touched || has_any(line, {"larder_"});
    if (line == "close") {
      session->close_with_statements();
    } else {
      session->run(line, stays_open);
    }
    if (!session->is_in_time()) return;
  }
}

void run(fuzz::Input input) {
  fuzz::watch_sleep(interrupt_sleeper);
  bool is_touched = false;
  run_lines(input, is_touched);
  for (auto& session : sessions) {
    if (session != nullptr) session->finish();
  }
  for (auto& session : sessions) {
    if (session == nullptr) continue;
    expect_same_answers(*session);
    if (session == sessions[0]) expect_whole(session->db(), is_touched);
    EXPECT_EQ(session->db().close(), SQLITE_OK);
    session.reset();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::string used = used_file();
  setenv("LARDER_NO_FILES", "1", 1);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr);
  fuzz::remove_files();
  const bool is_new = fuzz::text_of(bytes, size).starts_with("new\n");
  fuzz::file("/memory/db") = is_new ? "" : used;
  run(fuzz::Input(bytes, size));
  return 0;
}
