// A call that something disturbs.
#include "faults/trial.h"

#include "support/stride.h"

namespace support {

namespace {

// What is another with each connection and run.
std::string contents_of_any(Database& db) { return comparable(contents(db)); }

// The same without the dead rows, which a call takes along where it can.
std::string swept(Database& db) {
  EXPECT_TRUE(db.run("SELECT kv_sweep()").ok());
  return contents_of_any(db);
}

// The doctor has a row for it, and kv_expiry no number of the rows that it cannot count.
bool tells_what_is_in_the_way(const CallUnderTest& call) {
  const std::string sql = call.sql;
  return sql.find("FROM kv_check") != std::string::npos ||
         sql.find("rows_due") != std::string::npos;
}

}  // namespace

Sample::Sample(long usual) : stride_(is_thorough() ? 1 : stride(usual)) {}

Sample::~Sample() { std::cout << (met_ + stride_ - 1) / stride_ << " cases\n"; }

void Trial::SetUp() {
  ASSERT_NO_FATAL_FAILURE(fill(filled_, false));
  before_ = contents_of_any(filled_);
}

void Trial::open(Database& db) {
  copy(filled_, db);
  EXPECT_TRUE(db.load().ok());
  prepare(db);
}

Trial::Result Trial::try_call(const CallUnderTest& call, bool is_inside, const Action& disturb,
                              const Action& relieve) {
  Database db;
  open(db);
  return try_on(db, call, is_inside, disturb, relieve);
}

Trial::Result Trial::try_on(Database& db, const CallUnderTest& call, bool is_inside,
                            const Action& disturb, const Action& relieve) {
  const Undisturbed& want = undisturbed(call);
  if (is_inside) db.run("BEGIN");
  disturb(db);
  Result result;
  result.outcome = db.run(call.sql);
  relieve(db);
  // (For want of memory SQLite rolls back the caller's as well.)
  EXPECT_TRUE(is_inside || !db.in_transaction());
  if (db.in_transaction()) db.run("COMMIT");
  EXPECT_FALSE(db.in_transaction());
  result.is_unchanged = contents_of_any(db) == before_;
  if (result.is_unchanged) {
    const Outcome again = db.run(call.sql);
    EXPECT_EQ(again.value, want.value) << "again: " << again;
  }
  const std::string after = swept(db);
  if (after != want.after) result.differs = difference(want.after, after);
  EXPECT_TRUE(!result.is_unchanged || result.differs.empty()) << "again: " << result.differs;
  result.is_right = result.outcome.ok() && result.differs.empty() &&
                    (tells_what_is_in_the_way(call) || result.outcome.value == want.value);
  expect_sound(db);
  EXPECT_EQ(db.close(), SQLITE_OK);
  return result;
}

void Trial::expect_right_or_nothing(const Result& result) {
  EXPECT_TRUE(result.outcome.ok() ? result.is_right : result.is_unchanged)
      << result.outcome << (result.is_unchanged ? ", nothing done " : ", done ") << result.differs;
}

const Trial::Undisturbed& Trial::undisturbed(const CallUnderTest& call) {
  const auto [found, is_new] = undisturbed_.try_emplace(call.sql);
  if (is_new) {
    Database db;
    open(db);
    const Outcome outcome = db.run(call.sql);
    EXPECT_TRUE(outcome.ok() || std::string(call.sql).find("kv_wait") != std::string::npos)
        << call.sql << ": " << outcome;
    found->second = {outcome.value, swept(db)};
  }
  return found->second;
}

}  // namespace support
