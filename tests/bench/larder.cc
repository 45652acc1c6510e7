// Larder as its users call it: through SQL, with prepared statements.
#include "bench/side.h"

namespace bench {

namespace {

constexpr char kFill[] = R"(
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
INSERT INTO kv_cache(key, value, ttl)
SELECT printf('user:%08d', i), ?2, iif(i % 2, ?3, ?4) FROM n)";

constexpr char kFillLedger[] = R"(
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
INSERT INTO kv_ledger(ledger, id, status)
SELECT 'import', printf('user:%08d', i), iif(i % 4, 'done', 'pending') FROM n)";

class Larder final : public Side {
 public:
  Larder(const std::string& path, const std::string& extension)
      : Side(path), loaded_((database().load_extension(extension), true)) {
    // The first write creates the tables, which is not what is measured.
    database().run("SELECT cache_set('', ''), cache_del('')");
  }

  bool get(const Row& row) override {
    get_.bind(1, row.key);
    const bool hit = get_.step() && !get_.bytes(0).empty();
    get_.reset();
    return hit;
  }

  bool set(const Row& row) override {
    set_.bind(1, row.key);
    set_.bind(2, row.value);
    set_.bind(3, row.ttl);
    set_.run();
    return true;
  }

  bool mark(const Row& row) override { return answer(mark_, row); }
  bool seen(const Row& row) override { return answer(seen_, row); }

  void copy() override {
    database().run("INSERT INTO kv_cache(key, value, ttl) SELECT url, body, 3600 FROM fetched");
  }
  void replace() override {
    database().run(
        "INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT url, body, 3600 FROM fetched");
  }
  void copy_in_sql() override { copy(); }
  void replace_in_sql() override { replace(); }

  void add_ids() override {
    database().run(
        "INSERT INTO kv_ledger(ledger, id, payload) SELECT 'import', id, body FROM feed");
  }
  void mark_ids() override {
    database().run("INSERT INTO item SELECT id, body FROM feed WHERE ledger_mark('import', id)");
  }

  void fill(std::int64_t rows, std::string_view value, Lives lives) override {
    Statement fill(database(), kFill);
    fill.bind(1, rows);
    fill.bind(2, value);
    fill.bind(3, lives.short_lived);
    fill.bind(4, lives.long_lived);
    fill.run();
  }

  std::int64_t sweep(std::int64_t most, std::int64_t ahead) override {
    if (ahead != ahead_)
      database().run("SELECT kv_clock(unixepoch() + " + std::to_string(ahead) + ")");
    ahead_ = ahead;
    sweep_.bind(1, most);
    return sweep_.run_for_number();
  }

  void fill_ledger(std::int64_t rows) override {
    Statement fill(database(), kFillLedger);
    fill.bind(1, rows);
    fill.run();
  }

  void delete_done() override {
    database().run("DELETE FROM kv_ledger WHERE ledger = 'import' AND status = 'done'");
  }

  std::int64_t count_ids() override {
    return Statement(database(), "SELECT pending + done FROM kv_progress").run_for_number();
  }

  std::int64_t forget_ids() override {
    return Statement(database(), "SELECT ledger_forget('import')").run_for_number();
  }

 private:
  static bool answer(Statement& statement, const Row& row) {
    statement.bind(1, row.key);
    const bool yes = statement.step() && statement.integer(0) != 0;
    statement.reset();
    return yes;
  }

  bool loaded_;  // before the statements that need it
  Statement get_{database(), "SELECT cache_get(?1)"};
  Statement set_{database(), "SELECT cache_set(?1, ?2, ?3)"};
  Statement mark_{database(), "SELECT ledger_mark('import', ?1)"};
  Statement seen_{database(), "SELECT ledger_seen('import', ?1)"};
  Statement sweep_{database(), "SELECT kv_sweep(?1)"};
  std::int64_t ahead_ = 0;  // of the host's clock
};

}  // namespace

std::unique_ptr<Side> make_larder(const std::string& path, const std::string& extension) {
  return std::make_unique<Larder>(path, extension);
}

const char* name_of(Kind kind) { return kind == Kind::kLarder ? "larder" : "hand"; }

std::unique_ptr<Side> make_side(Kind kind, const std::string& path, const std::string& extension) {
  return kind == Kind::kLarder ? make_larder(path, extension) : make_hand(path);
}

}  // namespace bench
