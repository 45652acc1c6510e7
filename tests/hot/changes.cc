// What this connection changes itself: its cache follows what was committed, and nothing else.
#include <thread>

#include "hot/hot.h"

namespace {

using support::HotTest;
using support::is_hot;
using support::stat;

class HotChanges : public HotTest {
 protected:
  HotChanges() { EXPECT_TRUE(is_hot(db)); }
};

TEST_F(HotChanges, of_a_row_are_answered_from_memory) {
  for (int i = 0; i < 5; ++i) {
    const std::string value = std::to_string(i);
    db.must("SELECT cache_set('k', " + value + ", " + std::to_string(60 + i) + ")");
    const std::int64_t before = stat(db, "hot_hits");
    EXPECT_EQ(answer(), value);
    EXPECT_EQ(stat(db, "hot_hits"), before + 1);
    EXPECT_EQ(truth(), value);
  }
}

TEST_F(HotChanges, leave_the_other_rows_in_memory) {
  db.must("SELECT cache_set('j', 1)");
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('j')"));
  ASSERT_TRUE(is_hot(db));
  const char* const changes[] = {"SELECT cache_set('j', 2)",
                                 "SELECT cache_add('new', 1)",
                                 "SELECT cache_incr('j', 5)",
                                 "SELECT cache_touch('j', 60)",
                                 "SELECT cache_del('j')",
                                 "SELECT cache_del('j')",
                                 "SELECT cache_replace('j', 1)",
                                 "SELECT cache_claim('j', 60)",
                                 "SELECT cache_add('j', 3)",
                                 "SELECT cache_cas('j', 3, 4)",
                                 "SELECT cache_cas('j', 3, 5)",
                                 "SELECT cache_pop('j')",
                                 "SELECT cache_set('j', 6, 60, 't')",
                                 "SELECT cache_get('j', NULL, 90)",
                                 "SELECT cache_set('j', 7)",
                                 "SELECT ledger_mark('import', 1)"};
  for (const char* change : changes) {
    db.must(change);
    const std::int64_t before = stat(db, "hot_hits");
    EXPECT_EQ(answer(), "old");
    EXPECT_EQ(stat(db, "hot_hits"), before + 1) << change;
    EXPECT_EQ(answer("j"), truth("j")) << change;
    is_hot(db, "SELECT cache_get('j')");
  }
}

// With them the use of other rows is written down.
TEST_F(HotChanges, beside_uses_leave_the_other_rows_in_memory) {
  db.must("SELECT kv_clock(1000), kv_config('cache.max_entries', 3)");
  db.must("SELECT cache_set('k', 'old'), cache_set('j', 1)");
  for (const std::string time : {"2000", "5000"}) {
    db.must("SELECT kv_clock(" + time + ")");
    ASSERT_TRUE(is_hot(db));
    db.must("SELECT cache_set('j', 2)");
    EXPECT_EQ(db.value("SELECT used_at FROM larder_cache WHERE key = 'k'"), time + ".0");
    const std::int64_t before = stat(db, "hot_hits");
    EXPECT_EQ(answer(), "old");
    EXPECT_EQ(stat(db, "hot_hits"), before + 1) << time;
  }
}

TEST_F(HotChanges, by_tag_are_seen) {
  for (support::Larder* each : {&db, &other}) {
    db.must("SELECT cache_set('k', 'tagged', 60, 't')");
    ASSERT_TRUE(is_hot(db));
    EXPECT_EQ(answer(), "tagged");
    each->must("SELECT cache_clear_tag('t')");
    EXPECT_EQ(answer(), "nothing");
  }
}

TEST_F(HotChanges, of_a_tag_leave_the_value) {
  ASSERT_TRUE(is_hot(db));
  db.must("UPDATE kv_cache SET tag = 't' WHERE key = 'k'");
  EXPECT_EQ(answer(), "old");
  db.must("DELETE FROM kv_cache WHERE tag = 't'");
  EXPECT_EQ(answer(), "nothing");
}

TEST_F(HotChanges, of_the_deadline_by_cache_get_are_seen) {
  db.must("SELECT kv_clock(1000), cache_set('k', 'session', 10)");
  ASSERT_TRUE(is_hot(db));
  db.must("SELECT kv_clock(1005), cache_get('k', NULL, 10), kv_clock(1010)");
  EXPECT_EQ(answer(), "session");
  db.must("SELECT kv_clock(1015)");
  EXPECT_EQ(answer(), "nothing");
}

TEST_F(HotChanges, of_another_connection_in_between_are_seen) {
  db.must("SELECT cache_set('j', 1)");
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('j')"));
  for (int i = 0; i < 20; ++i) {
    other.must("SELECT cache_set('j', 'other " + std::to_string(i) + "')");
    db.must("SELECT cache_set('k', 'own " + std::to_string(i) + "')");
    EXPECT_EQ(answer("j"), "other " + std::to_string(i));
    EXPECT_EQ(answer(), "own " + std::to_string(i));
  }
}

TEST_F(HotChanges, by_a_trigger_are_seen) {
  db.must("SELECT cache_set('j', 1)");
  db.must(
      "CREATE TRIGGER follow AFTER UPDATE ON larder_cache WHEN new.key = 'k' BEGIN "
      "UPDATE larder_cache SET value = new.value || ' too' WHERE key = 'j'; END");
  for (const char* value : {"one", "two", "three"}) {
    ASSERT_TRUE(is_hot(db, "SELECT cache_get('j')"));
    db.must(std::string("SELECT cache_set('k', '") + value + "')");
    EXPECT_EQ(answer(), value);
    EXPECT_EQ(answer("j"), std::string(value) + " too");
  }
}

TEST_F(HotChanges, by_a_temporary_trigger_are_seen) {
  db.must("SELECT cache_set('j', 1)");
  db.must(
      "CREATE TEMP TRIGGER follow AFTER UPDATE ON main.larder_cache WHEN new.key = 'k' BEGIN "
      "DELETE FROM larder_cache WHERE key = 'j'; END");
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('j')"));
  db.must("SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer("j"), "nothing");
  EXPECT_EQ(answer(), "new");
}

TEST_F(HotChanges, by_a_trigger_that_calls_larder_are_seen) {
  db.must("SELECT cache_set('j', 1), cache_set('n', 1)");
  db.must(
      "CREATE TEMP TRIGGER follow AFTER UPDATE ON main.larder_cache WHEN new.key = 'k' BEGIN "
      "SELECT cache_get('k'), cache_set('j', new.value), cache_incr('n'), ledger_mark(new.value);"
      "END");
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('j')"));
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('n')"));
  ASSERT_TRUE(is_hot(db, "SELECT ledger_seen('new')"));
  db.must("SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer("j"), "new");
  EXPECT_EQ(answer("n"), "2");
  EXPECT_EQ(db.value("SELECT ledger_seen('new')"), "1");
}

// What a trigger keeps from being stored was never there.
TEST_F(HotChanges, that_a_trigger_ignores_are_none) {
  db.must(
      "CREATE TRIGGER keep BEFORE UPDATE ON larder_cache WHEN old.key = 'k' BEGIN "
      "SELECT RAISE(IGNORE); END");
  db.must(
      "CREATE TRIGGER refuse BEFORE INSERT ON larder_cache WHEN new.key = 'j' BEGIN "
      "SELECT RAISE(IGNORE); END");
  ASSERT_TRUE(is_hot(db));
  is_hot(db, "SELECT cache_get('j')");
  db.must("SELECT cache_set('k', 'new'), cache_set('j', 'new')");
  EXPECT_EQ(answer(), "old");
  EXPECT_EQ(answer("j"), "nothing");
}

// A set writes more than its own row where there is a limit: the use of another key, a dead row.
TEST_F(HotChanges, that_a_trigger_ignores_are_none_also_beside_others) {
  db.must("SELECT kv_clock(1700000000), kv_config('cache.max_entries', 100), cache_set('w', 1)");
  for (const char* change : {"SELECT cache_set('k', 'new')", "SELECT cache_replace('k', 'new')",
                             "SELECT cache_cas('k', 'old', 'new')"}) {
    db.must("SELECT cache_set('k', 'old')");
    db.must(
        "CREATE TRIGGER ignore_update BEFORE UPDATE OF value ON larder_cache WHEN new.key = 'k' "
        "BEGIN SELECT RAISE(IGNORE); END; "
        "CREATE TRIGGER ignore_insert BEFORE INSERT ON larder_cache WHEN new.key = 'k' "
        "BEGIN SELECT RAISE(IGNORE); END");
    db.must("SELECT kv_clock(kv_clock() + 1000)");
    is_hot(db, "SELECT cache_get('w')");
    is_hot(db);
    db.must(change);
    EXPECT_EQ(truth(), "old") << change;
    EXPECT_EQ(answer(), "old") << change;
    db.must("DROP TRIGGER ignore_update; DROP TRIGGER ignore_insert");
  }
}

TEST_F(HotChanges, that_a_trigger_refuses_are_none) {
  db.must(
      "CREATE TRIGGER refuse AFTER UPDATE ON larder_cache BEGIN SELECT RAISE(ABORT, 'no'); END");
  ASSERT_TRUE(is_hot(db));
  EXPECT_EQ(db.run("SELECT cache_set('k', 'new')").message, "cache_set: no");
  EXPECT_EQ(answer(), "old");
}

TEST_F(HotChanges, that_a_commit_hook_refuses_are_none) {
  sqlite3_commit_hook(
      db.get(), [](void*) { return 1; }, nullptr);
  EXPECT_FALSE(db.run("SELECT cache_set('k', 'new')").ok());
  EXPECT_FALSE(db.run("SELECT cache_incr('n')").ok());
  sqlite3_commit_hook(db.get(), nullptr, nullptr);
  EXPECT_EQ(answer(), "old");
  EXPECT_EQ(answer("n"), "nothing");
}

// A statement that writes another file commits both at its end, or neither.
TEST_F(HotChanges, in_a_statement_that_fails_are_none) {
  db.must("CREATE TEMP TABLE result(x NOT NULL); ATTACH ':memory:' AS b; CREATE TABLE b.t(x)");
  db.must("SELECT cache_set('j', 1), ledger_mark('other')");
  for (const char* sql :
       {"INSERT INTO result SELECT nullif(cache_set('k', 'new'), 'new')",
        "INSERT INTO result VALUES (nullif(cache_set('k', 'new'), 'new'))",
        "INSERT INTO result SELECT NULL FROM (SELECT cache_del('k') AS d) WHERE d >= 0",
        "INSERT INTO result SELECT nullif(ledger_mark('mine'), 1)",
        "INSERT INTO b.t SELECT cache_set('k', 'new') UNION ALL SELECT cache_get(NULL)"}) {
    ASSERT_TRUE(is_hot(db));
    ASSERT_TRUE(is_hot(db, "SELECT ledger_seen('mine')"));
    EXPECT_FALSE(db.run(sql).ok()) << sql;
    EXPECT_EQ(answer(), "old") << sql;
    EXPECT_EQ(truth(), "old") << sql;
    EXPECT_EQ(db.value("SELECT ledger_seen('mine')"), "0") << sql;
  }
  db.must("INSERT INTO result SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer(), "new");
}

// The same, with the statement half way: its last row is not there yet.
TEST_F(HotChanges, beside_a_half_read_statement_are_committed_with_it) {
  db.must("CREATE TEMP TABLE result(x)");
  sqlite3_stmt* half = db.prepare("INSERT INTO result VALUES (1), (2) RETURNING x");
  ASSERT_EQ(sqlite3_step(half), SQLITE_ROW);
  db.must("SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer(), "new");
  EXPECT_EQ(answer(), "new");
  sqlite3_finalize(half);
  EXPECT_EQ(answer(), truth());
}

TEST_F(HotChanges, in_a_transaction_are_seen_and_rolled_back) {
  db.must("BEGIN; SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer(), "new");
  db.must("SAVEPOINT a; SELECT cache_set('k', 'newer'); SELECT cache_get('k'); ROLLBACK TO a");
  EXPECT_EQ(answer(), "new");
  db.must("ROLLBACK");
  EXPECT_EQ(answer(), "old");
  db.must("BEGIN; SELECT cache_set('k', 'new'); COMMIT");
  EXPECT_EQ(answer(), "new");
}

TEST_F(HotChanges, in_a_select_that_reads) {
  db.must("SELECT cache_set('k', cache_get('k') || name) FROM larder_meta WHERE name = 'schema'");
  EXPECT_EQ(answer(), "oldschema");
  db.must("SELECT cache_del('k'), cache_get('k') FROM larder_meta");
  EXPECT_EQ(answer(), "nothing");
}

TEST_F(HotChanges, in_one_statement_are_seen_in_their_order) {
  EXPECT_EQ(db.value("SELECT cache_get('k') || cache_set('k', 'a') || cache_get('k') || "
                     "cache_incr('n') || cache_get('n') || cache_del('k') || cache_has('k')"),
            "oldaa1110");
  EXPECT_EQ(answer(), "nothing");
}

// Pages that do not fit the page cache are written before the commit, some of them twice.
TEST_F(HotChanges, that_spill) {
  db.must("PRAGMA cache_size = 3; PRAGMA cache_spill = 1");
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(is_hot(db));
    db.must("SELECT length(cache_set('large', randomblob(2000000)))");
    db.must("SELECT cache_set('k', " + std::to_string(i) + ")");
    other.must("SELECT cache_set('j', " + std::to_string(i) + ")");
    EXPECT_EQ(answer("j"), std::to_string(i));
    EXPECT_EQ(answer(), std::to_string(i));
    EXPECT_EQ(db.value("SELECT length(cache_get('large'))"), "2000000");
  }
}

// SQLite writes no page whose bytes stay the same, and then commits nothing.
TEST_F(HotChanges, of_nothing) {
  db.must("SELECT kv_clock(1000), cache_set('k', 'old', 60)");
  other.must("SELECT kv_clock(1000)");
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(is_hot(db));
    if (i % 2 == 0) other.must("SELECT cache_set('j', " + std::to_string(i) + ")");
    db.must("SELECT cache_set('k', 'old', 60)");
    EXPECT_EQ(answer("j"), std::to_string(i - i % 2));
    EXPECT_EQ(answer(), "old");
  }
}

TEST_F(HotChanges, sweep_the_dead) {
  db.must("SELECT kv_clock(1000), cache_set('dies', 1, 10), cache_set('stays', 1, 100)");
  ASSERT_TRUE(is_hot(db, "SELECT cache_stale('dies'), cache_get('dies')"));
  db.must("SELECT kv_clock(1020), cache_set('new', 1)");
  EXPECT_EQ(db.value("SELECT count(*) FROM larder_cache WHERE key = 'dies'"), "0");
  db.must("SELECT kv_clock(1005)");
  EXPECT_EQ(answer("dies"), "nothing");
  EXPECT_EQ(answer("stays"), "1");
}

TEST_F(HotChanges, of_the_ledger) {
  const char* const seen = "SELECT ledger_seen('l', 'k')";
  ASSERT_TRUE(is_hot(db, seen));
  EXPECT_EQ(db.value(seen), "1");
  for (const char* forget :
       {"SELECT ledger_forget('l', 'k')", "SELECT ledger_forget('l')", "DELETE FROM larder_ledger",
        "DELETE FROM kv_ledger", "UPDATE larder_ledger SET status = 'pending', done_at = NULL",
        "SELECT ledger_forget('l'); SELECT ledger_claim('l', 'k', 60)",
        "SELECT ledger_forget('l'); SELECT ledger_skip('l', 'k', 'why')"}) {
    ASSERT_TRUE(is_hot(db, seen));
    db.must(forget);
    EXPECT_EQ(db.value(seen), "0") << forget;
    ASSERT_TRUE(is_hot(db, seen));
    EXPECT_EQ(db.value(seen), "0") << forget;
    db.must("DELETE FROM larder_ledger; SELECT ledger_mark('l', 'k', 'again')");
    EXPECT_EQ(db.value(seen), "1") << forget;
    EXPECT_EQ(db.value("SELECT ledger_result('l', 'k')"), "again");
  }
  other.must("SELECT ledger_forget('l')");
  EXPECT_EQ(db.value(seen), "0");
  other.must("SELECT ledger_mark('l', 'k', 'by another')");
  EXPECT_EQ(db.value("SELECT ledger_result('l', 'k')"), "by another");
}

TEST_F(HotChanges, of_a_claim_done) {
  const char* const seen = "SELECT ledger_seen('work', 1)";
  const std::string token = db.value("SELECT ledger_claim('work', 1, 60)");
  ASSERT_TRUE(is_hot(db, seen));
  EXPECT_EQ(db.value(seen), "0");
  EXPECT_EQ(db.value("SELECT ledger_done('work', 1, " + token + ", 'result')"), "1");
  EXPECT_EQ(db.value(seen), "1");
  EXPECT_EQ(db.value("SELECT ledger_result('work', 1)"), "result");
}

TEST_F(HotChanges, of_a_miss_by_another_show_at_once) {
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('absent')"));
  EXPECT_EQ(answer("absent"), "nothing");
  other.must("SELECT cache_set('absent', 'here')");
  EXPECT_EQ(answer("absent"), "here");
  other.must("SELECT cache_del('absent')");
  EXPECT_EQ(answer("absent"), "nothing");
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('absent')"));
  db.must("SELECT cache_set('absent', 'mine')");
  EXPECT_EQ(answer("absent"), "mine");
}

// A log that was checkpointed to its end begins anew with the next commit.
TEST_F(HotChanges, that_begin_the_log_anew_leave_the_other_rows_in_memory) {
  db.must("SELECT cache_set('mine', 0)");
  EXPECT_TRUE(is_hot(db, "SELECT cache_get('mine')"));
  EXPECT_TRUE(is_hot(db));
  const std::int64_t before = stat(db, "hot_hits");
  constexpr int kCheckpoints = 3;
  for (int i = 0; i < kCheckpoints; ++i) {
    db.must("PRAGMA wal_checkpoint(PASSIVE)");
    db.must("SELECT cache_set('mine', " + std::to_string(i) + ")");
    EXPECT_EQ(answer(), "old");
    EXPECT_EQ(answer("mine"), std::to_string(i));
  }
  EXPECT_EQ(stat(db, "hot_hits"), before + 2 * kCheckpoints);
}

TEST_F(HotChanges, of_another_in_a_log_begun_anew_are_seen) {
  for (const bool mine_too : {false, true}) {
    EXPECT_TRUE(is_hot(db));
    db.must("PRAGMA wal_checkpoint(PASSIVE)");
    other.must("SELECT cache_set('k', 'new')");
    if (mine_too) db.must("SELECT cache_set('mine', 1)");
    EXPECT_EQ(answer(), "new");
    other.must("SELECT cache_set('k', 'old')");
  }
}

}  // namespace
