// The yardstick: what a good engineer writes by hand instead of using Larder.
//
// REPLACE instead of ON CONFLICT DO UPDATE is no faster: it gives each overwritten row a new rowid,
// and so writes more pages.
#include <ctime>

#include "bench/side.h"

namespace bench {

namespace {

constexpr char kSchema[] = R"(
CREATE TABLE IF NOT EXISTS cache(
  key TEXT PRIMARY KEY,
  value,
  created_at INTEGER,
  expires_at INTEGER
);
CREATE INDEX IF NOT EXISTS cache_expires_at ON cache(expires_at);
CREATE TABLE IF NOT EXISTS processed(
  ledger TEXT,
  id TEXT,
  result,
  done_at INTEGER,
  PRIMARY KEY (ledger, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queue(
  ledger TEXT,
  id TEXT,
  status TEXT,
  payload,
  attempts INTEGER,
  claimable_at INTEGER,
  PRIMARY KEY (ledger, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS queue_line ON queue(ledger, claimable_at) WHERE status = 'pending';)";

#define OVERWRITE                \
  " ON CONFLICT(key) DO UPDATE " \
  "SET value = excluded.value, created_at = excluded.created_at, expires_at = excluded.expires_at"

constexpr char kSet[] =
    "INSERT INTO cache(key, value, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)" OVERWRITE;

constexpr char kCopy[] =
    "INSERT INTO cache(key, value, created_at, expires_at) SELECT url, body, ?1, ?2 FROM fetched";

// WHERE true: https://sqlite.org/lang_upsert.html#parsing_ambiguity
constexpr char kReplace[] =
    "INSERT INTO cache(key, value, created_at, expires_at) "
    "SELECT url, body, ?1, ?2 FROM fetched WHERE true" OVERWRITE;

constexpr char kMark[] = R"(
INSERT OR IGNORE INTO processed(ledger, id, result, done_at) VALUES ('import', ?1, NULL, ?2))";

constexpr char kSeen[] = R"(
SELECT 1 FROM processed WHERE ledger = 'import' AND id = ?1)";

constexpr char kAdd[] = R"(
INSERT INTO queue(ledger, id, status, payload, attempts, claimable_at)
VALUES ('import', ?1, 'pending', ?2, 0, ?3))";

constexpr char kFillLedger[] = R"(
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
INSERT INTO queue(ledger, id, status, payload, attempts, claimable_at)
SELECT 'import', printf('user:%08d', i), iif(i % 4, 'done', 'pending'), NULL, 0, ?2 FROM n)";

constexpr char kFill[] = R"(
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
INSERT INTO cache(key, value, created_at, expires_at)
SELECT printf('user:%08d', i), ?2, ?3, ?3 + iif(i % 2, ?4, ?5) FROM n)";

constexpr char kSweep[] = "DELETE FROM cache WHERE expires_at <= ?1";

constexpr char kSweepSome[] = R"(
DELETE FROM cache WHERE rowid IN (SELECT rowid FROM cache WHERE expires_at <= ?1 LIMIT ?2))";

class Hand final : public Side {
 public:
  using Side::Side;

  bool get(const Row& row) override {
    get_.bind(1, row.key);
    get_.bind(2, now());
    const bool hit = get_.step() && !get_.bytes(0).empty();
    get_.reset();
    return hit;
  }

  bool set(const Row& row) override {
    const std::int64_t time = now();
    set_.bind(1, row.key);
    set_.bind(2, row.value);
    set_.bind(3, time);
    set_.bind(4, time + row.ttl);
    set_.run();
    return true;
  }

  bool mark(const Row& row) override {
    mark_.bind(1, row.key);
    mark_.bind(2, now());
    mark_.run();
    return sqlite3_changes(database().handle()) > 0;
  }

  bool seen(const Row& row) override {
    seen_.bind(1, row.key);
    const bool known = seen_.step();
    seen_.reset();
    return known;
  }

  void copy() override {
    for_all("SELECT url, body FROM fetched", [&](std::string_view url, std::string_view body) {
      set({url, body});
    });
  }
  void replace() override { copy(); }
  void copy_in_sql() override { run_for_all(kCopy); }
  void replace_in_sql() override { run_for_all(kReplace); }

  void add_ids() override {
    Statement add(database(), kAdd);
    for_all("SELECT id, body FROM feed", [&](std::string_view id, std::string_view body) {
      add.bind(1, id);
      add.bind(2, body);
      add.bind(3, now());
      add.run();
    });
  }

  void mark_ids() override {
    Statement insert(database(), "INSERT INTO item(id, body) VALUES (?1, ?2)");
    for_all("SELECT id, body FROM feed", [&](std::string_view id, std::string_view body) {
      if (!mark({id, {}})) return;
      insert.bind(1, id);
      insert.bind(2, body);
      insert.run();
    });
  }

  void fill_ledger(std::int64_t rows) override {
    Statement fill(database(), kFillLedger);
    fill.bind(1, rows);
    fill.bind(2, now());
    fill.run();
  }

  void delete_done() override {
    database().run("DELETE FROM queue WHERE ledger = 'import' AND status = 'done'");
  }

  std::int64_t count_ids() override {
    Statement counts(database(),
                     "SELECT count(*), ledger, status FROM queue GROUP BY ledger, status");
    std::int64_t sum = 0;
    while (counts.step()) sum += counts.integer(0);
    return sum;
  }

  std::int64_t forget_ids() override {
    database().run("DELETE FROM queue WHERE ledger = 'import'");
    return sqlite3_changes(database().handle());
  }

  void fill(std::int64_t rows, std::string_view value, Lives lives) override {
    Statement fill(database(), kFill);
    fill.bind(1, rows);
    fill.bind(2, value);
    fill.bind(3, now());
    fill.bind(4, lives.short_lived);
    fill.bind(5, lives.long_lived);
    fill.run();
  }

  std::int64_t sweep(std::int64_t most, std::int64_t ahead) override {
    Statement& sweep = most == kAll ? sweep_ : sweep_some_;
    sweep.bind(1, now() + ahead);
    if (most != kAll) sweep.bind(2, most);
    sweep.run();
    return sqlite3_changes(database().handle());
  }

 private:
  static std::int64_t now() { return std::time(nullptr); }

  // Calls use(key, body) for each row of a query, in one transaction.
  template <class Use>
  void for_all(const char* query, Use&& use) {
    database().run("BEGIN");
    for (Statement rows(database(), query); rows.step();) use(rows.bytes(0), rows.bytes(1));
    database().run("COMMIT");
  }

  void run_for_all(const char* sql) {
    Statement statement(database(), sql);
    const std::int64_t time = now();
    statement.bind(1, time);
    statement.bind(2, time + Row{}.ttl);
    statement.run();
  }

  bool schema_ = (database().run(kSchema), database().run("PRAGMA busy_timeout = 5000"),
                  true);  // before the statements that need it
  Statement get_{database(), kGetByHand};
  Statement set_{database(), kSet};
  Statement mark_{database(), kMark};
  Statement seen_{database(), kSeen};
  Statement sweep_{database(), kSweep};
  Statement sweep_some_{database(), kSweepSome};
};

}  // namespace

std::unique_ptr<Side> make_hand(const std::string& path) { return std::make_unique<Hand>(path); }

}  // namespace bench
