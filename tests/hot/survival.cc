// Whatever happens between two questions, and whoever changes the row, the second answer is what
// the file says.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "hot/hot.h"

namespace {

using support::Database;
using support::HotTest;
using support::Larder;

// What a test has at hand. `path` is the file of both.
struct Scene {
  Larder& db;
  Larder& other;
  const std::string& path;
};

// Runs `sql` in a process of its own, which does not have Larder.
void in_another_process(const std::string& path, const std::string& sql) {
  const std::string command = "\"${SQLITE3:-sqlite3}\" -batch -bail -init /dev/null '" + path +
                              "' \"" + sql + "\" >/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0) << sql;
}

struct Step {
  const char* name;
  void (*run)(Scene);
};

std::ostream& operator<<(std::ostream& out, const Step& step) { return out << step.name; }

void copy(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  ASSERT_NE(backup, nullptr) << sqlite3_errmsg(to.get());
  while (sqlite3_backup_step(backup, 1) == SQLITE_OK) {
  }
  EXPECT_EQ(sqlite3_backup_finish(backup), SQLITE_OK) << sqlite3_errmsg(to.get());
}

template <int mode>
void checkpoint(Scene scene) {
  for (Database* each : {static_cast<Database*>(&scene.db), static_cast<Database*>(&scene.other)})
    EXPECT_EQ(sqlite3_wal_checkpoint_v2(each->get(), "main", mode, nullptr, nullptr), SQLITE_OK);
}

// Leaves WAL mode, which nobody else may be connected for, and returns.
void journal_modes(Scene scene, const char* mode) {
  EXPECT_EQ(scene.other.close(), SQLITE_OK);
  EXPECT_EQ(scene.db.value(std::string("PRAGMA journal_mode = ") + mode), mode);
  EXPECT_EQ(scene.db.value("PRAGMA journal_mode = wal"), "wal");
  scene.db.must("SELECT count(*) FROM larder_meta");  // opens the log before Larder is asked
}

const Step kEvents[] = {
    {"nothing", [](Scene) {}},
    {"journal_mode_delete_and_back", [](Scene s) { journal_modes(s, "delete"); }},
    {"journal_mode_truncate_and_back", [](Scene s) { journal_modes(s, "truncate"); }},
    {"journal_mode_memory_and_back", [](Scene s) { journal_modes(s, "memory"); }},
    {"journal_mode_delete_and_back_with_the_log_kept",
     [](Scene s) {
       int keeps = 1;
       EXPECT_EQ(sqlite3_file_control(s.db.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &keeps),
                 SQLITE_OK);
       journal_modes(s, "delete");
     }},
    {"journal_mode_delete",
     [](Scene s) {
       EXPECT_EQ(s.other.close(), SQLITE_OK);
       EXPECT_EQ(s.db.value("PRAGMA journal_mode = delete"), "delete");
     }},
    {"journal_mode_refused",  // as long as the other is connected
     [](Scene s) {
       s.other.must("SELECT count(*) FROM larder_cache");
       EXPECT_FALSE(s.db.run("PRAGMA busy_timeout = 0; PRAGMA journal_mode = delete").ok());
     }},
    {"vacuum", [](Scene s) { s.db.must("VACUUM"); }},
    {"vacuum_by_another", [](Scene s) { s.other.must("VACUUM"); }},
    {"vacuum_into", [](Scene s) { s.db.must("VACUUM INTO '" + s.path + ".copy'"); }},
    {"attach_and_detach",
     [](Scene s) { s.db.must("ATTACH '" + s.path + ".b' AS b; CREATE TABLE b.t(x); DETACH b"); }},
    {"attach", [](Scene s) { s.db.must("ATTACH ':memory:' AS b; CREATE TABLE b.t(x)"); }},
    {"attach_itself", [](Scene s) { s.db.must("ATTACH '" + s.path + "' AS b"); }},
    {"attach_itself_and_write",
     [](Scene s) {
       s.db.must("ATTACH '" + s.path + "' AS b; UPDATE b.larder_cache SET value = 'by b'");
     }},
    {"backup_from",
     [](Scene s) {
       Database copy_of_it(s.path + ".copy");
       copy(s.db, copy_of_it);
     }},
    {"backup_into_and_from",
     [](Scene s) {
       Database memory;
       copy(s.db, memory);
       EXPECT_TRUE(memory.run("UPDATE larder_cache SET value = 'from the backup'").ok());
       copy(memory, s.db);
     }},
    {"backup_into_half_done",
     [](Scene s) {
       Database memory;
       copy(s.db, memory);
       sqlite3_backup* backup = sqlite3_backup_init(s.db.get(), "main", memory.get(), "main");
       EXPECT_EQ(sqlite3_backup_step(backup, 1), SQLITE_OK);
       sqlite3_backup_finish(backup);
     }},
    {"checkpoint_passive", checkpoint<SQLITE_CHECKPOINT_PASSIVE>},
    {"checkpoint_full", checkpoint<SQLITE_CHECKPOINT_FULL>},
    {"checkpoint_restart", checkpoint<SQLITE_CHECKPOINT_RESTART>},
    {"checkpoint_truncate", checkpoint<SQLITE_CHECKPOINT_TRUNCATE>},
    {"log_begins_anew",
     [](Scene s) {
       checkpoint<SQLITE_CHECKPOINT_RESTART>(s);
       s.other.must("SELECT cache_set('else', 1)");
       checkpoint<SQLITE_CHECKPOINT_RESTART>(s);
       s.db.must("SELECT cache_set('else', 2)");
     }},
    {"exclusive_and_normal",
     [](Scene s) {
       EXPECT_EQ(s.other.close(), SQLITE_OK);
       s.db.must("PRAGMA locking_mode = exclusive; SELECT cache_set('else', 1)");
       EXPECT_FALSE(support::is_hot(s.db));
       s.db.must("PRAGMA locking_mode = normal; SELECT count(*) FROM larder_cache");
     }},
    {"another_process_changes_the_schema",
     [](Scene s) {
       in_another_process(s.path, "CREATE TABLE t(x); CREATE INDEX i ON larder_cache(created_at)");
     }},
    {"the_schema_changes", [](Scene s) { s.db.must("CREATE TABLE t(x); DROP TABLE t"); }},
    {"rollback",
     [](Scene s) {
       s.db.must("BEGIN; SELECT cache_set('k', 'never'); SELECT cache_get('k'); ROLLBACK");
     }},
    {"rollback_of_what_was_spilled",
     [](Scene s) {
       s.db.must(
           "PRAGMA cache_size = 5; BEGIN; SELECT cache_set('k', 'never');"
           "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 100) "
           "INSERT INTO kv_cache(key, value) SELECT n, randomblob(3000) FROM n; ROLLBACK");
     }},
    {"savepoint",
     [](Scene s) {
       s.db.must(
           "SAVEPOINT a; SELECT cache_set('k', 'never'); SELECT cache_get('k');"
           "ROLLBACK TO a; RELEASE a");
     }},
    {"query_only", [](Scene s) { s.db.must("PRAGMA query_only = 1; PRAGMA query_only = 0"); }},
    {"memory_released", [](Scene s) { s.db.must("PRAGMA shrink_memory"); }},
    {"loaded_again", [](Scene s) { EXPECT_TRUE(s.db.load().ok()); }},
    {"close_refused",
     [](Scene s) {
       sqlite3_stmt* open = s.db.prepare("SELECT 1");
       EXPECT_EQ(s.db.close(), SQLITE_BUSY);
       sqlite3_finalize(open);
     }},
    {"a_thread_on_the_same_connection",
     [](Scene s) {
       std::thread thread([&] {
         s.db.must("SELECT cache_set('k', 'by a thread')");
         EXPECT_EQ(s.db.value(support::kGet), "by a thread");
         EXPECT_TRUE(support::is_hot(s.db));
       });
       thread.join();
     }},
    {"fork",
     [](Scene s) {
       const pid_t child = fork();
       if (child == 0) {
         Larder mine(s.path);
         mine.run("SELECT cache_set('k', 'by a child')");
         _exit(mine.value(support::kGet) == "by a child" && mine.close() == SQLITE_OK ? 0 : 1);
       }
       int status = -1;
       ASSERT_EQ(waitpid(child, &status, 0), child);
       EXPECT_EQ(status, 0);
       EXPECT_EQ(s.db.value(support::kGet), "by a child");
     }},
};

void by_another(Scene scene, const char* sql) {
  Larder fresh(scene.path);
  fresh.must(sql);
}

const Step kChanges[] = {
    {"set", [](Scene s) { s.db.must("SELECT cache_set('k', 'new')"); }},
    {"set_to_what_it_is", [](Scene s) { s.db.must("SELECT cache_set('k', 'old')"); }},
    {"removed", [](Scene s) { s.db.must("SELECT cache_del('k')"); }},
    {"updated", [](Scene s) { s.db.must("UPDATE larder_cache SET value = 'new'"); }},
    {"deleted", [](Scene s) { s.db.must("DELETE FROM larder_cache WHERE key = 'k'"); }},
    {"table_emptied", [](Scene s) { s.db.must("DELETE FROM larder_cache"); }},
    {"updated_in_the_table", [](Scene s) { s.db.must("UPDATE kv_cache SET value = 'new'"); }},
    {"cleared", [](Scene s) { s.db.must("SELECT cache_clear()"); }},
    {"set_in_a_transaction",
     [](Scene s) { s.db.must("BEGIN; SELECT cache_set('k', 'new'); COMMIT"); }},
    {"set_in_a_select",
     [](Scene s) { s.db.must("SELECT cache_set('k', 'new') FROM larder_meta LIMIT 1"); }},
    {"set_by_another", [](Scene s) { by_another(s, "SELECT cache_set('k', 'new')"); }},
    {"removed_by_another", [](Scene s) { by_another(s, "SELECT cache_del('k')"); }},
    {"updated_by_another", [](Scene s) { by_another(s, "UPDATE larder_cache SET value = 'new'"); }},
    {"deleted_by_another", [](Scene s) { by_another(s, "DELETE FROM larder_cache"); }},
    {"updated_by_another_process",
     [](Scene s) { in_another_process(s.path, "UPDATE larder_cache SET value = 'new'"); }},
    {"table_dropped_by_another_process",
     [](Scene s) { in_another_process(s.path, "DROP TABLE larder_cache"); }},
    {"attached_and_updated",
     [](Scene s) {
       s.db.must("ATTACH '" + s.path +
                 "' AS mine; UPDATE mine.larder_cache SET value = 'new'; DETACH mine");
     }},
};

class Survival : public HotTest, public testing::WithParamInterface<std::tuple<Step, Step>> {
 protected:
  Scene scene{db, other, path};

  std::string file() {
    if (db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'larder_cache'") == "0")
      return "nothing";
    return truth();
  }
};

TEST_P(Survival, of_the_event_and_then_the_change) {
  const auto& [event, change] = GetParam();
  ASSERT_TRUE(support::is_hot(db));
  event.run(scene);
  const std::string before = answer();
  EXPECT_EQ(before, file());
  support::is_hot(db);
  change.run(scene);
  const std::string after = answer();
  EXPECT_EQ(after, file());
}

TEST_P(Survival, of_the_change_and_then_the_event) {
  const auto& [event, change] = GetParam();
  if (std::string(change.name).find("dropped") != std::string::npos) return;  // events need it
  ASSERT_TRUE(support::is_hot(db));
  change.run(scene);
  event.run(scene);
  const std::string after = answer();
  EXPECT_EQ(after, file());
}

INSTANTIATE_TEST_SUITE_P(each, Survival,
                         testing::Combine(testing::ValuesIn(kEvents), testing::ValuesIn(kChanges)),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param).name) + "__" +
                                  std::get<1>(test.param).name;
                         });

// The log that a change of journal mode removed, and the next begins, looks to a connection as it
// did at first: same place in memory, same header.
TEST_F(HotTest, row_changed_between_two_journal_modes) {
  ASSERT_EQ(other.close(), SQLITE_OK);
  for (int round = 0; round < 4; ++round) {
    ASSERT_TRUE(support::is_hot(db));
    ASSERT_EQ(db.value("PRAGMA journal_mode = delete"), "delete");
    const std::string value = "round " + std::to_string(round);
    const std::string update = "UPDATE larder_cache SET value = '" + value + "'";
    if (round % 2 == 0) {
      db.must(update);
    } else {
      in_another_process(path, update);
    }
    ASSERT_EQ(db.value("PRAGMA journal_mode = wal"), "wal");
    db.must("SELECT count(*) FROM larder_meta");
    EXPECT_EQ(answer(), value);
  }
}

TEST_F(HotTest, another_file_in_the_place_of_this_one) {
  Larder source(scratch.path("source"));
  source.must("SELECT cache_set('k', 'of the source'); PRAGMA journal_mode = delete");
  sqlite3_int64 size = 0;
  unsigned char* image = sqlite3_serialize(source.get(), "main", &size, 0);
  ASSERT_NE(image, nullptr);
  ASSERT_TRUE(support::is_hot(db));
  ASSERT_EQ(sqlite3_deserialize(db.get(), "main", image, size, size,
                                SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
            SQLITE_OK);
  // (Not through kv_stats: once sqlite3_deserialize() has replaced the schema, SQLite 3.40 may
  // crash on a virtual table of this kind, its own json_each included.)
  for (int i = 0; i < 4; ++i) EXPECT_EQ(answer(), "of the source");
  db.must("UPDATE larder_cache SET value = 'updated'");
  EXPECT_EQ(answer(), "updated");
  db.must("SELECT cache_set('k', 'mine')");
  EXPECT_EQ(answer(), "mine");
  EXPECT_EQ(other.value(support::kGet), "old");
}

// While another reads and writes the file, a change of mode is refused; in between it is not.
TEST_F(HotTest, journal_modes_while_others_come_and_go) {
  ASSERT_EQ(other.close(), SQLITE_OK);
  for (int round = 0; round < 6; ++round) {
    const std::string value = "round " + std::to_string(round);
    const char* mode = round % 2 == 0 ? "delete" : "wal";
    support::is_hot(db);
    {
      Larder guest(path);
      guest.must("PRAGMA busy_timeout = 0; SELECT cache_get('k')");
      guest.run(std::string("PRAGMA journal_mode = ") + mode);  // may be refused
      guest.must("UPDATE larder_cache SET value = '" + value + "'");
      EXPECT_EQ(answer(), value);
    }
    db.must(std::string("PRAGMA journal_mode = ") + mode);
    in_another_process(path, "UPDATE larder_cache SET value = value || '!'");
    EXPECT_EQ(answer(), value + "!");
  }
}

}  // namespace
