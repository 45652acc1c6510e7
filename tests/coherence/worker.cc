// What a worker does, and how it judges.
#include "coherence/worker.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace coherence {

namespace {

constexpr const char* kStaleFormat =
    "STALE: worker %d, subject %d: version %lld was seen, then came %lld (begun %lld)\n";

const char* const kReads[Shared::kKinds][3] = {
    {"SELECT cache_get(?1)", "SELECT cache_get(?1)", "SELECT cache_has(?1), 'presence'"},
    {"SELECT cache_get(?1)", "SELECT cache_get(?1)", "SELECT cache_get(?1)"},
    {"SELECT ledger_result('l', ?1)", "SELECT ledger_seen('l', ?1), 'presence'",
     "SELECT ledger_seen('l', ?1), 'presence'"},
};

// Each way to store version ?2, and to remove. Those that are no SELECT are done when they changed
// a row, the others when they say so.
const std::vector<const char*> kStores[] = {
    {
        "SELECT cache_set(?1, ?2)",
        "SELECT cache_set(?1, ?2, 3600)",
        "SELECT cache_set(?1, ?2) FROM larder_meta LIMIT 1",
        "SELECT cache_replace(?1, ?2)",
        "SELECT cache_add(?1, ?2)",
        "SELECT cache_cas(?1, cache_get(?1), ?2)",
        "UPDATE larder_cache SET value = ?2 WHERE key = ?1",
        "UPDATE kv_cache SET value = ?2 WHERE key = ?1",
        "INSERT OR REPLACE INTO kv_cache(key, value) VALUES (?1, ?2)",
        "INSERT OR REPLACE INTO temp.scratch SELECT 1, cache_set(?1, ?2)",
    },
    {},
    {
        "SELECT ledger_mark('l', ?1, ?2)",
        "SELECT ledger_mark('l', ?1, ?2, 3600)",
        "UPDATE larder_ledger SET result = ?2 WHERE ledger = 'l' AND id = ?1 AND status = 'done'",
        "INSERT OR REPLACE INTO temp.scratch SELECT 1, 1 WHERE ledger_mark('l', ?1, ?2)",
    },
};

const std::vector<const char*> kRemovals[] = {
    {
        "SELECT cache_del(?1)",
        "SELECT cache_pop(?1) IS NOT NULL",
        "SELECT cache_set(?1, 0, 0) IS NOT NULL",
        "SELECT cache_touch(?1, 0)",
        "DELETE FROM larder_cache WHERE key = ?1",
        "DELETE FROM kv_cache WHERE key = ?1",
    },
    {},
    {
        "SELECT ledger_forget('l', ?1)",
        "DELETE FROM larder_ledger WHERE ledger = 'l' AND id = ?1",
    },
};

constexpr const char* kIncrement = "SELECT cache_incr(?1)";

int kind_of(int subject) { return subject / Shared::kEach; }

}  // namespace

sqlite3* open_database(const std::string& path) {
  sqlite3* db = nullptr;
  char* message = nullptr;
  const char* larder = std::getenv("LARDER");
  const auto run = [&](const char* sql) {
    return sqlite3_exec(db, sql, nullptr, nullptr, &message) == SQLITE_OK;
  };
  // No power will fail; and short logs, so that they begin anew all the time.
  if (sqlite3_open(path.c_str(), &db) == SQLITE_OK &&
      sqlite3_enable_load_extension(db, 1) == SQLITE_OK &&
      sqlite3_load_extension(db, larder != nullptr ? larder : "./larder", nullptr, &message) ==
          SQLITE_OK &&
      run("PRAGMA synchronous = off; PRAGMA wal_autocheckpoint = 200; PRAGMA temp_store = memory;"
          "CREATE TEMP TABLE scratch(id INTEGER PRIMARY KEY, x);"
          "SELECT cache_set('made', 1)"))
    return db;
  std::fprintf(stderr, "%s\n", message != nullptr ? message : sqlite3_errmsg(db));
  sqlite3_free(message);
  sqlite3_close(db);
  return nullptr;
}

Worker::~Worker() {
  if (is_alone_) sqlite3_progress_handler(db_, 0, nullptr, nullptr);
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

void Worker::run() {
  while (!shared_.stops.load(std::memory_order_relaxed)) {
    const int chance = below(4000);
    if (chance == 0) {
      checkpoint();
    } else if (chance <= 40) {
      counts_.is_writing = true;
      write();
      counts_.is_writing = false;
      for (int i = 0; i < 4; ++i) read();
    } else {
      read();
    }
    if (chance == 100 && is_alone_) note_hits();
  }
  if (is_alone_) note_hits();
}

int Worker::pause(void* worker) {
  auto* self = static_cast<Worker*>(worker);
  if (self->below(self->counts_.is_writing ? 20 : 3000) == 0) usleep(1);
  return 0;
}

int Worker::pick() {
  if (below(5000) == 0) shared_.focus = below(Shared::kSubjects);
  if (below(8) == 0) return below(Shared::kSubjects);
  return (shared_.focus + below(4) * (Shared::kEach + 1)) % Shared::kSubjects;
}

void Worker::read() {
  const int subject = pick();
  const std::int64_t before = shared_.subjects[subject].seen.load(std::memory_order_acquire);
  judge(subject, before, ask(kReads[kind_of(subject)][below(3)], subject));
  counts_.reads.fetch_add(1, std::memory_order_relaxed);
}

void Worker::write() {
  const int kind = below(Shared::kKinds);
  if (kind == Shared::kCounter && is_alone_ && below(4) == 0) return count_in_transaction();
  const int wanted = below(2) == 0 ? pick() : below(Shared::kSubjects);
  const int within = wanted % Shared::kEach;
  if (kind == Shared::kCounter) return count(kind * Shared::kEach + within);
  write_subject(kind * Shared::kEach + within / kWorkers * kWorkers + me_);
}

void Worker::write_subject(int subject) {
  const int kind = kind_of(subject);
  Subject& known = shared_.subjects[subject];
  const bool removes = below(3) == 0;
  const auto& ways = removes ? kRemovals[kind] : kStores[kind];
  std::int64_t version = known.begun + 1;
  if ((version % 2 != 0) != removes) ++version;
  known.begun = version;  // nobody else writes it
  const Answer answer =
      ask(ways[static_cast<std::size_t>(below(static_cast<int>(ways.size())))], subject, version);
  if (answer.what == Answer::kVersion && answer.number != 0) {
    counts_.writes.fetch_add(1, std::memory_order_relaxed);
    raise(known.seen, version);
  }
}

void Worker::count(int subject) {
  Subject& known = shared_.subjects[subject];
  known.begun += 2;
  const Answer answer = ask(kIncrement, subject);
  if (answer.what != Answer::kVersion) return;
  counts_.writes.fetch_add(1, std::memory_order_relaxed);
  raise(known.seen, answer.number * 2);
}

// Half of them are taken back: what was read in between must not be seen again.
void Worker::count_in_transaction() {
  std::array<int, 3> subjects;
  std::array<std::int64_t, 3> versions{};
  for (int& subject : subjects) subject = Shared::kCounter * Shared::kEach + below(Shared::kEach);
  if (ask("BEGIN IMMEDIATE", 0).what == Answer::kFailed) return;
  bool keeps = below(2) == 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    shared_.subjects[subjects[i]].begun += 2;
    const Answer answer = ask(kIncrement, subjects[i]);
    if (answer.what == Answer::kVersion) versions[i] = answer.number * 2;
    const Answer again = ask(kReads[Shared::kCounter][0], subjects[i]);
    if (again.number * 2 != versions[i]) counts_.stale.fetch_add(1);
  }
  if (ask(keeps ? "COMMIT" : "ROLLBACK", 0).what == Answer::kFailed) keeps = false;
  for (std::size_t i = 0; keeps && i < subjects.size(); ++i)
    raise(shared_.subjects[subjects[i]].seen, versions[i]);
}

// Of every mode; one that finds somebody reading or writing does what it can.
void Worker::checkpoint() {
  constexpr int kModes[] = {SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL,
                            SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE};
  sqlite3_wal_checkpoint_v2(db_, "main", kModes[below(4)], nullptr, nullptr);
  counts_.checkpoints.fetch_add(1, std::memory_order_relaxed);
}

void Worker::note_hits() {
  const Answer hits = ask("SELECT value FROM kv_stats WHERE name = 'hot_hits'", 0);
  counts_.hot.fetch_add(hits.number - noted_hits_, std::memory_order_relaxed);
  noted_hits_ = hits.number;
}

Worker::Answer Worker::ask(const char* sql, int subject, std::int64_t version) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr &&
      sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    statement = nullptr;
  char key[16];
  std::snprintf(key, sizeof key, "s%d", subject);
  const int parameters = sqlite3_bind_parameter_count(statement);
  if (parameters > 0) sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
  if (parameters > 1) sqlite3_bind_int64(statement, 2, version);
  Answer answer{Answer::kFailed};
  const int rc = sqlite3_step(statement);
  if (rc == SQLITE_ROW) {
    answer.number = sqlite3_column_int64(statement, 0);
    answer.what =
        sqlite3_column_type(statement, 0) == SQLITE_NULL ? Answer::kAbsent : Answer::kVersion;
    if (sqlite3_column_count(statement) > 1)
      answer.what = answer.number != 0 ? Answer::kPresent : Answer::kAbsent;
  } else if (rc == SQLITE_DONE) {
    // On a connection that is shared the number may be of another worker's statement.
    answer = {Answer::kVersion, is_alone_ ? sqlite3_changes(db_) : 0};
  } else if (rc != SQLITE_BUSY) {  // a SELECT with FROM that writes may be refused
    std::fprintf(stderr, "worker %d: %s: %s\n", me_, sql, sqlite3_errmsg(db_));
    counts_.errors.fetch_add(1);
  }
  sqlite3_reset(statement);
  return answer;
}

// A presence is of the first even version from `before` on, at the earliest, and an absence of the
// first odd one.
void Worker::judge(int subject, std::int64_t before, Answer answer) {
  if (answer.what == Answer::kFailed) return;
  Subject& known = shared_.subjects[subject];
  std::int64_t version = answer.number * (kind_of(subject) == Shared::kCounter ? 2 : 1);
  if (answer.what == Answer::kPresent) version = before + before % 2;
  if (answer.what == Answer::kAbsent) version = before + (before + 1) % 2;
  const std::int64_t begun = known.begun.load();
  if (version < before || version > begun) {
    constexpr int kMostTold = 5;
    if (counts_.stale.fetch_add(1) < kMostTold) {
      std::fprintf(stderr, kStaleFormat, me_, subject, static_cast<long long>(before),
                   static_cast<long long>(version), static_cast<long long>(begun));
    }
  }
  raise(known.seen, version);
}

void Worker::raise(std::atomic<std::int64_t>& known, std::int64_t version) {
  std::int64_t now = known.load();
  while (now < version && !known.compare_exchange_weak(now, version)) {
  }
}

}  // namespace coherence
