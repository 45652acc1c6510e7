// An authorizer (https://sqlite.org/c3ref/set_authorizer.html) that denies, or ignores, each thing
// in turn that a call asks about.
#include <set>
#include <tuple>

#include "faults/trial.h"

namespace {

using support::CallUnderTest;
using support::Database;
using support::Trial;

// What SQLite asks: an action, and what it is about.
struct Question {
  int action;
  std::string about;

  auto as_tuple() const { return std::tie(action, about); }
  bool operator<(const Question& other) const { return as_tuple() < other.as_tuple(); }
  bool operator==(const Question& other) const { return as_tuple() == other.as_tuple(); }
};

// Notes all questions, and answers one of them with `verdict`.
struct Authorizer {
  std::set<Question> asked;
  Question about{-1, ""};
  int verdict = SQLITE_OK;
  int passes = 0;  // so often it has no objection first
  // What the caller's own statement asks is between SQLite and the host where it is ignored; what
  // Larder's ask comes when that runs.
  bool is_on = verdict != SQLITE_IGNORE;

  static int answer(void* context, int action, const char* first, const char*, const char*,
                    const char*) {
    auto* self = static_cast<Authorizer*>(context);
    const Question question{action, first != nullptr ? first : ""};
    if (self->is_on || self->verdict == SQLITE_OK) self->asked.insert(question);
    const bool is_meant = self->is_on && question == self->about;
    return is_meant && self->passes-- <= 0 ? self->verdict : SQLITE_OK;
  }
  static int begins(unsigned, void* context, void*, void*) {
    static_cast<Authorizer*>(context)->is_on = true;
    return 0;
  }
};

// Of SQLite's own functions, such as max(), there is no way to see that they are ignored; a trigger
// that is not dropped counts for nobody; and the statements of a migration are the caller's.
bool is_left_to_sqlite(const Question& question, const CallUnderTest& call) {
  if (question.action == SQLITE_FUNCTION || question.action == SQLITE_DROP_TRIGGER) return true;
  if (question.action == SQLITE_DELETE && question.about == "sqlite_master") return true;
  return std::string(call.sql).starts_with("SELECT migrate") &&
         !question.about.starts_with("larder_") && question.action != SQLITE_TRANSACTION &&
         question.action != SQLITE_SAVEPOINT && question.action != SQLITE_PRAGMA;
}

class Authorized : public Trial {
 protected:
  Result try_under(Authorizer& authorizer, const CallUnderTest& call, bool is_inside) {
    return try_call(
        call, is_inside,
        [&](Database& db) {
          sqlite3_set_authorizer(db.get(), Authorizer::answer, &authorizer);
          sqlite3_trace_v2(db.get(), SQLITE_TRACE_STMT, Authorizer::begins, &authorizer);
        },
        [&](Database& db) {
          sqlite3_trace_v2(db.get(), 0, nullptr, nullptr);
          sqlite3_set_authorizer(db.get(), nullptr, nullptr);
        });
  }

  // Each question of each call gets `verdict` once.
  template <class Check>
  void each_question(int verdict, Check check) {
    support::Sample sample(37);
    for (const CallUnderTest& call : support::all_calls()) {
      for (const bool is_inside : {false, true}) {
        Authorizer records;
        try_under(records, call, is_inside);
        for (const Question& question : records.asked) {
          if (verdict == SQLITE_IGNORE && is_left_to_sqlite(question, call)) continue;
          if (!sample.takes_next()) continue;
          SCOPED_TRACE(std::to_string(question.action) + " " + question.about +
                       (is_inside ? " inside: " : ": ") + call.sql);
          Authorizer authorizer{{}, question, verdict};
          check(question, try_under(authorizer, call, is_inside));
        }
      }
    }
  }
};

TEST_F(Authorized, denied_is_said_or_does_no_harm) {
  each_question(SQLITE_DENY, [](const Question&, const Result& result) {
    expect_right_or_nothing(result);
    const int code = result.outcome.primary();
    EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_AUTH || code == SQLITE_ERROR) << result.outcome;
  });
}

// A column that is ignored reads as NULL, or stays what it was, as the host wants it, and a pragma
// has no rows. Whatever else is ignored would leave the call undone, and so is an error.
TEST_F(Authorized, ignored_is_said_or_does_no_harm) {
  each_question(SQLITE_IGNORE, [](const Question& question, const Result& result) {
    const bool is_value = question.action == SQLITE_READ || question.action == SQLITE_UPDATE ||
                          (question.action == SQLITE_PRAGMA && question.about != "user_version");
    if (is_value && result.outcome.ok()) return;
    expect_right_or_nothing(result);
  });
}

// The doctor does not call whole what it was not shown.
TEST_F(Authorized, integrity_that_is_ignored_is_not_told_as_whole) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  support::prepare(db);
  Authorizer authorizer{{}, {SQLITE_PRAGMA, "integrity_check"}, SQLITE_IGNORE};
  authorizer.is_on = true;
  const char* status = "SELECT status || ' ' || message FROM kv_check WHERE name = 'integrity'";
  EXPECT_EQ(db.value(std::string("SELECT cache_set('k', 1); ") + status),
            "ok rows, indexes and constraints fit");
  sqlite3_set_authorizer(db.get(), Authorizer::answer, &authorizer);
  EXPECT_EQ(db.value(status), "error not authorized");
  sqlite3_set_authorizer(db.get(), nullptr, nullptr);
}

// One that lets a transaction begin or end when it is asked first, and then changes its mind.
TEST_F(Authorized, ignored_later_is_said_or_does_no_harm) {
  support::Sample sample(11);
  for (const CallUnderTest& call : support::all_calls()) {
    for (const auto& [is_inside, action, about] : {std::tuple(false, SQLITE_TRANSACTION, "BEGIN"),
                                                   {false, SQLITE_TRANSACTION, "COMMIT"},
                                                   {true, SQLITE_SAVEPOINT, "RELEASE"}}) {
      for (int passes = 1; passes <= 4; ++passes) {
        if (!sample.takes_next()) continue;
        SCOPED_TRACE(std::to_string(passes) + " " + about + ": " + call.sql);
        Authorizer authorizer{{}, {action, about}, SQLITE_IGNORE, passes};
        expect_right_or_nothing(try_under(authorizer, call, is_inside));
      }
    }
  }
}

// What has been found so, whatever the sample.
TEST_F(Authorized, was_wrong_once) {
  struct Case {
    const char* sql;
    bool is_inside;
    int action;
    const char* about;
    int verdict;
  };
  constexpr int kDeny = SQLITE_DENY, kIgnore = SQLITE_IGNORE;
  for (const auto& [sql, is_inside, action, about, verdict] :
       {Case{"SELECT cache_add('dead', 1, 60)", false, SQLITE_TRANSACTION, "BEGIN", kIgnore},
        Case{"SELECT cache_del('k')", false, SQLITE_TRANSACTION, "COMMIT", kIgnore},
        Case{"SELECT rate_take('new', 2, 60)", true, SQLITE_READ, "larder_meta", kIgnore},
        Case{"SELECT cache_replace('k', 2, 60)", true, SQLITE_SELECT, "", kIgnore},
        Case{"SELECT checkpoint_get('c')", true, SQLITE_READ, "sqlite_master", kIgnore},
        Case{"SELECT run_start('crashed', 60, 5, 'me')", true, SQLITE_UPDATE, "larder_run",
             kIgnore},
        Case{"SELECT migrate_down(0)", false, SQLITE_PRAGMA, "user_version", kIgnore},
        Case{"INSERT INTO kv_cache(key, value, ttl) VALUES ('new', zeroblob(3000), 30)", true,
             SQLITE_DELETE, "larder_cache", kDeny}}) {
    SCOPED_TRACE(sql);
    Authorizer authorizer{{}, {action, about}, verdict};
    const auto result = try_under(authorizer, {sql}, is_inside);
    if ((action == SQLITE_READ || action == SQLITE_UPDATE) && result.outcome.ok()) continue;
    expect_right_or_nothing(result);
  }
}

}  // namespace
