// Random calls of the ledger's functions by three owners, each on a connection of its own, with a
// clock that moves, stands and jumps back; some in transactions that are rolled back. Every answer,
// and again and again the whole of kv_ledger and kv_progress, must be the model's.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <sstream>

#include "property/ledger_model.h"
#include "support/database.h"

namespace {

using model::Key;
using model::Ledger;
using model::Row;
using model::Span;
using support::Database;
using support::Scratch;

constexpr int kOwners = 3;

// A claim somebody once had. Most are lost by now: that is what they are tried for.
struct Claim {
  Key key;
  std::int64_t token;
};

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string seconds(Span span) {
  if (!span) return "NULL";
  // Exact to the millisecond, whatever its sign.
  return "(" + std::to_string(*span) + " / 1000.0)";
}

class Property {
 public:
  explicit Property(unsigned seed) : random_(seed) {
    for (auto& db : owners_) {
      db = std::make_unique<Database>(scratch_.path("db"));
      EXPECT_TRUE(db->load().ok());
      EXPECT_TRUE(db->run("PRAGMA synchronous = OFF").ok());
    }
    move_clock(1'000'000);
  }

  void run(int operations) {
    while (done_ < operations && !testing::Test::HasFailure()) {
      if (chance(20)) {
        in_a_transaction();
      } else {
        owner_ = below(kOwners);
        operation();
      }
      if (chance(5)) compare();
    }
    compare();
    support::expect_sound(*owners_[0]);
  }

  int operations() const { return done_; }
  const std::map<std::string, int>& seen() const { return seen_; }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int one_in) { return below(one_in) == 0; }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }
  Key any_key() { return {one_of<std::string>({"x", "y"}), std::to_string(below(7))}; }
  Span any_lease() { return one_of<Span>({1, 1000, 2000, 5000, 30'000, std::nullopt}); }

  Database& db() { return *owners_[static_cast<std::size_t>(owner_)]; }
  std::string name() const { return "owner " + std::to_string(owner_); }

  // What the extension answers to the call `sql`.
  std::string ask(const std::string& sql) {
    log_ = sql;
    return db().value("SELECT " + sql);
  }
  void expect(const std::string& sql, const std::string& want) {
    const std::string got = ask(sql);
    ++seen_[sql.substr(0, sql.find('(')) + " " + (want.size() > 1 ? "text" : want)];
    EXPECT_EQ(got, want) << sql << " at " << ledger_.now << " by " << name();
  }
  void expect(const std::string& sql, bool want) { expect(sql, std::string(want ? "1" : "0")); }

  void move_clock(model::Time to) {
    ledger_.now = to;
    for (auto& owner : owners_)
      EXPECT_TRUE(owner->run("SELECT kv_clock(" + seconds(to) + ")").ok());
  }

  void in_a_transaction() {
    owner_ = below(kOwners);
    const Ledger before = ledger_;
    const auto claims = claims_;
    const auto highest = highest_;
    ASSERT_TRUE(db().run("BEGIN IMMEDIATE").ok());
    for (int i = below(4) + 1; i > 0; --i) operation();
    if (chance(2)) {
      ASSERT_TRUE(db().run("COMMIT").ok());
    } else {
      ASSERT_TRUE(db().run("ROLLBACK").ok());
      const auto now = ledger_.now;
      ledger_ = before;
      ledger_.now = now;
      claims_ = claims;
      highest_ = highest;
    }
  }

  void operation() {
    ++done_;
    switch (below(18)) {
      case 0:
      case 1:
        return add();
      case 2:
      case 3:
        return claim();
      case 4:
      case 5:
      case 6:
        return next();
      case 7:
      case 8:
        return finish();
      case 9:
        return fail();
      case 10:
        return renew();
      case 11:
        return chance(3) ? settle() : look();
      case 12:
        return chance(4) ? remove() : look();
      case 13:
        return chance(8) ? limit() : write_table();
      case 14:
        return release();
      case 15:
        return update();
      default:
        return move_clock(ledger_.now +
                          one_of<model::Time>({0, 1, 1, 500, 1000, 1000, 2000, 4999, -1500}));
    }
  }

  std::int64_t any_priority() {
    return one_of<std::int64_t>({0, 0, 0, 1, 1, -1, INT64_MAX, INT64_MIN});
  }
  // INT64_MIN has no literal.
  static std::string literal(std::int64_t number) {
    return number == INT64_MIN ? "(-9223372036854775807 - 1)" : std::to_string(number);
  }

  void add() {
    const Key key = any_key();
    const std::string payload = "p" + std::to_string(done_);
    const Span delay = one_of<Span>({std::nullopt, std::nullopt, 0, -500, 1000, 3000});
    const std::int64_t priority = any_priority();
    const auto moment = ledger_.now + std::max<model::Time>(delay.value_or(0), 0);
    const bool says = delay || priority != 0;
    expect(call("ledger_add", key) + ", " + quoted(payload) +
               (says ? ", " + seconds(delay) + ", " + literal(priority) : "") + ")",
           ledger_.add(key, payload, moment, priority));
  }

  void write_table() {
    const Key key = any_key();
    const std::string payload = "t" + std::to_string(done_);
    const Span moment = one_of<Span>({std::nullopt, ledger_.now - 700, ledger_.now + 2000});
    const std::int64_t priority = any_priority();
    const std::string values = "kv_ledger(ledger, id, payload, claimable_at, priority) VALUES (" +
                               quoted(key.first) + ", " + quoted(key.second) + ", " +
                               quoted(payload) + ", " + seconds(moment) + ", " + literal(priority) +
                               ")";
    const bool replaces = chance(4);
    const bool ignores = chance(2);
    const std::string verb = replaces  ? "INSERT OR REPLACE INTO "
                             : ignores ? "INSERT OR IGNORE INTO "
                                       : "INSERT INTO ";
    const bool is_new = ledger_.add(key, payload, moment.value_or(ledger_.now), priority, replaces);
    const int want = is_new || ignores ? SQLITE_OK : SQLITE_CONSTRAINT;
    EXPECT_EQ(db().run(verb + values).primary(), want) << verb << values;
  }

  void update() {
    const Key key = any_key();
    bool is_allowed = false;
    std::string what;
    switch (below(3)) {
      case 0: {
        const std::int64_t priority = any_priority();
        what = "priority = " + literal(priority);
        is_allowed = ledger_.set_priority(key, priority);
        break;
      }
      case 1: {
        const auto moment = ledger_.now + one_of<model::Time>({-700, 0, 1500});
        what = "claimable_at = " + seconds(moment);
        is_allowed = ledger_.set_claimable_at(key, moment);
        break;
      }
      default: {
        const bool resets = chance(2);
        what = std::string("status = 'pending'") + (resets ? ", attempts = 0" : "");
        is_allowed = ledger_.wait_again(key, resets);
      }
    }
    const std::string sql = "UPDATE kv_ledger SET " + what +
                            " WHERE ledger = " + quoted(key.first) +
                            " AND id = " + quoted(key.second);
    ++seen_[is_allowed ? "UPDATE" : "UPDATE refused"];
    log_ = sql;
    EXPECT_EQ(db().run(sql).primary(), is_allowed ? SQLITE_OK : SQLITE_ERROR)
        << sql << " at " << ledger_.now;
  }

  // A token must be greater than each one before it of the same id.
  void take(const Key& key, std::int64_t token) {
    EXPECT_GT(token, highest_[key]) << log_;
    highest_[key] = token;
    ledger_.find(key)->token = token;
    claims_.push_back({key, token});
    if (claims_.size() > 40) claims_.erase(claims_.begin() + below(20));
  }

  void claim() {
    const Key key = any_key();
    const Span lease = any_lease();
    const std::string got =
        ask(call("ledger_claim", key) + ", " + seconds(lease) + ", " + quoted(name()) + ")");
    const auto want = ledger_.claim(key, lease, name());
    ++seen_["ledger_claim " + std::string(want == Ledger::Answer::kYours ? "token" : got)];
    if (want == Ledger::Answer::kYours) {
      take(key, std::atoll(got.c_str()));
    } else {
      EXPECT_EQ(got, want == Ledger::Answer::kSettled ? "0" : "NULL")
          << log_ << " at " << ledger_.now;
    }
  }

  // One, or an array of up to some.
  void next() {
    const std::string ledger = one_of<std::string>({"x", "y"});
    const Span lease = any_lease();
    const int most = one_of({0, 0, 1, 2, 3, 100});
    const std::string got =
        ask("ledger_next(" + quoted(ledger) + ", " + seconds(lease) + ", " + quoted(name()) +
            (most > 0 ? ", " + std::to_string(most) : "") + ")");
    ledger_.let_in_due(ledger);
    const std::string jobs = most > 0 ? got : got == "NULL" ? "[]" : "[" + got + "]";
    const int count = std::atoi(json(jobs, "json_array_length(?)").c_str());
    for (int i = 0; i < count && !testing::Test::HasFailure(); ++i)
      take_next(ledger, lease, json(jobs, "json_extract(?, '$[" + std::to_string(i) + "]')"));
    ASSERT_LE(count, std::max(most, 1));
    ++seen_[std::string("ledger_next ") + (most > 0 ? "array" : count > 0 ? "JSON" : "NULL")];
    if (count == std::max(most, 1)) return;
    EXPECT_TRUE(ledger_.next(ledger).empty()) << log_ << " at " << ledger_.now << ": " << got;
    bury_before(ledger, nullptr);
  }

  // What `expression` says, in which ? is the text.
  std::string json(const std::string& text, std::string expression) {
    expression.replace(expression.find('?'), 1, quoted(text));
    return owners_[0]->value("SELECT " + expression);
  }

  void take_next(const std::string& ledger, Span lease, const std::string& job) {
    const auto member = [&](const char* name) {
      return json(job, std::string("json_extract(?, '$.") + name + "')");
    };
    const auto candidates = ledger_.next(ledger);
    const Key key{ledger, member("id")};
    ASSERT_NE(std::find(candidates.begin(), candidates.end(), key), candidates.end())
        << log_ << " at " << ledger_.now << " jumps the queue: " << job;
    Row& row = *ledger_.find(key);
    bury_before(ledger, &row);
    ASSERT_TRUE(ledger_.start(key, row, lease, name()));
    EXPECT_EQ(member("payload"), row.payload.empty() ? "NULL" : row.payload);
    EXPECT_EQ(member("attempt"), std::to_string(row.attempts));
    take(key, std::atoll(member("token").c_str()));
  }

  // Those that had all their attempts and stand before the one that was given are dead now; of
  // those at the same place some may be. When none was given, all are.
  void bury_before(const std::string& ledger, const Row* chosen) {
    for (const auto& [key, unused] : ledger_.rows()) {
      Row* row = ledger_.find(key);
      if (key.first != ledger || row == nullptr || row == chosen || !row->line ||
          !ledger_.is_spent(key, *row))
        continue;
      if (chosen != nullptr && Ledger::is_before(*chosen, *row)) continue;
      const bool is_tied = chosen != nullptr && !Ledger::is_before(*row, *chosen);
      if (is_tied && db().value("SELECT status FROM larder_ledger WHERE ledger = " +
                                quoted(ledger) + " AND id = " + quoted(key.second)) != "dead")
        continue;
      ++seen_["dead without a worker"];
      ledger_.bury(*row);
    }
  }

  // Some claim, of anybody: mostly the newest ones, which may still hold.
  std::optional<Claim> any_claim() {
    if (claims_.empty()) return std::nullopt;
    const int size = static_cast<int>(claims_.size());
    Claim claim =
        claims_[static_cast<std::size_t>(size - 1 - below(chance(3) ? size : std::min(size, 4)))];
    if (chance(30)) ++claim.token;
    return claim;
  }

  void finish() {
    const auto claim = any_claim();
    if (!claim) return;
    const std::string result = "r" + std::to_string(done_);
    const Span keep = one_of<Span>({std::nullopt, std::nullopt, 0, 1000, 3000});
    expect(call("ledger_done", *claim) + ", " + quoted(result) + ", " + seconds(keep) + ")",
           ledger_.done(claim->key, claim->token, result, ledger_.after(keep)));
  }

  void fail() {
    const auto claim = any_claim();
    if (!claim) return;
    const std::string error = "e" + std::to_string(done_);
    const Span retry_in = one_of<Span>({0, 0, -1000, 1000, 3000, std::nullopt});
    const bool says = retry_in != Span(0) || chance(2);
    expect(call("ledger_fail", *claim) + ", " + quoted(error) +
               (says ? ", " + seconds(retry_in) : "") + ")",
           ledger_.fail(claim->key, claim->token, error, retry_in));
  }

  void release() {
    const auto claim = any_claim();
    if (!claim) return;
    const model::Time delay = one_of<model::Time>({0, 0, -1000, 1500});
    expect(call("ledger_release", *claim) + (delay != 0 || chance(2) ? ", " + seconds(delay) : "") +
               ")",
           ledger_.release(claim->key, claim->token, delay));
  }

  void renew() {
    const auto claim = any_claim();
    if (!claim) return;
    const Span lease = any_lease();
    expect(call("ledger_renew", *claim) + ", " + seconds(lease) + ")",
           ledger_.renew(claim->key, claim->token, lease));
  }

  void settle() {
    const Key key = any_key();
    if (chance(2)) {
      expect(call("ledger_skip", key) + ", 'why')", ledger_.skip(key, "why"));
    } else {
      const Span keep = one_of<Span>({std::nullopt, 1000});
      expect(call("ledger_mark", key) + ", 'm', " + seconds(keep) + ")",
             ledger_.mark(key, "m", ledger_.after(keep)));
    }
  }

  void look() {
    const Key key = any_key();
    const Row* row = ledger_.find(key);
    const bool is_done = row != nullptr && row->status == "done";
    expect(call("ledger_seen", key) + ")", is_done);
    expect(call("ledger_result", key) + ")", is_done ? row->result : std::string("NULL"));
  }

  void remove() {
    const Key key = any_key();
    switch (below(8)) {
      case 0:
        return expect("ledger_forget(" + quoted(key.first) + ")",
                      std::to_string(ledger_.forget(key.first)));
      case 1:
      case 2:
        return expect("kv_sweep()", std::to_string(ledger_.sweep()));
      case 3:
        EXPECT_TRUE(db().run("DELETE FROM kv_ledger WHERE ledger = " + quoted(key.first) +
                             " AND id = " + quoted(key.second))
                        .ok());
        ledger_.forget(key);
        return;
      default:
        return expect(call("ledger_forget", key) + ")", std::to_string(ledger_.forget(key)));
    }
  }

  void limit() {
    const int limit = one_of({0, 0, 1, 2, 3});
    const std::string text = limit == 0 ? "NULL" : std::to_string(limit);
    if (chance(3)) {
      if (limit == 0) {
        ledger_.max_attempts_of.erase("x");
      } else {
        ledger_.max_attempts_of["x"] = limit;
      }
      return expect("kv_config('ledger.max_attempts.x', " + text + ")", text);
    }
    ledger_.max_attempts = limit == 0 ? std::nullopt : std::optional(limit);
    expect("kv_config('ledger.max_attempts', " + text + ")", text);
  }

  static std::string call(const char* function, const Key& key) {
    return std::string(function) + "(" + quoted(key.first) + ", " + quoted(key.second);
  }
  static std::string call(const char* function, const Claim& claim) {
    return call(function, claim.key) + ", " + std::to_string(claim.token);
  }

  // The whole of both tables, as any of the connections sees it.
  void compare() {
    owner_ = below(kOwners);
    static constexpr char kRows[] =
        "SELECT group_concat(ledger || id || ' ' || status || ' ' || coalesce(payload, '') || ' ' "
        "|| "
        "coalesce(result, '') || ' ' || coalesce(error, '') || ' ' || coalesce(owner, '') || ' ' "
        "|| "
        "attempts || ' ' || coalesce(token, 0) || ' ' || priority || ' ' || "
        "coalesce(CAST(round(claimable_at * 1000) AS INTEGER), '') || ' ' || "
        "coalesce(CAST(round(lease_until * 1000) AS INTEGER), '') || ' ' || "
        "coalesce(CAST(round(expires_at * 1000) AS INTEGER), ''), char(10)) FROM ";
    std::ostringstream want;
    std::map<std::string, std::map<std::string, int>> counts;
    std::string loose;
    for (const auto& [key, row] : ledger_.rows()) {
      if (!ledger_.is_known(row)) continue;
      ++counts[key.first][ledger_.shown_status(row)];
      ++counts[key.first]["total"];
      if (row.has_history) {
        loose += " AND (ledger, id) IS NOT (" + quoted(key.first) + ", " + quoted(key.second) + ")";
        continue;
      }
      const Span claimable_at = Ledger::claimable_at(row);
      const std::string moment = claimable_at ? std::to_string(*claimable_at) : "";
      want << (want.tellp() > 0 ? "\n" : "") << key.first << key.second << ' '
           << ledger_.shown_status(row) << ' ' << row.payload << ' ' << row.result << ' '
           << row.error << ' ' << row.owner << ' ' << row.attempts << ' '
           << (row.attempts > 0 ? row.token : 0) << ' ' << row.priority << ' ' << moment << ' '
           << (row.owner.empty() ? "" : moment) << ' '
           << (row.expires ? std::to_string(*row.expires) : "");
    }
    const std::string rows = db().value(kRows + ("kv_ledger WHERE 1" + loose));
    EXPECT_EQ(rows == "NULL" ? "" : rows, want.str()) << "after " << log_ << " at " << ledger_.now;
    for (auto& [ledger, count] : counts) {
      std::ostringstream progress;
      for (const char* status :
           {"total", "pending", "claimed", "done", "failed", "dead", "skipped"})
        progress << count[status] << ' ';
      EXPECT_EQ(db().value("SELECT total || ' ' || pending || ' ' || claimed || ' ' || done || ' ' "
                           "|| failed || ' ' || "
                           "dead || ' ' || skipped || ' ' FROM kv_progress WHERE ledger = " +
                           quoted(ledger)),
                progress.str());
    }
  }

  std::mt19937 random_;
  Scratch scratch_;
  std::unique_ptr<Database> owners_[kOwners];
  int owner_ = 0;
  Ledger ledger_;
  std::vector<Claim> claims_;
  std::map<Key, std::int64_t> highest_;
  std::map<std::string, int> seen_;  // how often each answer was given
  std::string log_;
  int done_ = 0;
};

TEST(property, of_claims) {
  const bool is_slow = std::getenv("LARDER_VALGRIND") != nullptr;
  const char* seed = std::getenv("SEED");
  const unsigned first = seed != nullptr ? static_cast<unsigned>(std::atoi(seed)) : 1;
  const int operations = is_slow ? 1'000 : 25'000;
  std::map<std::string, int> seen;
  for (unsigned i = first; i < first + 5 && !HasFailure(); ++i) {
    SCOPED_TRACE("SEED=" + std::to_string(i));
    Property property(i);
    property.run(operations);
    EXPECT_GE(property.operations(), operations);
    for (const auto& [answer, count] : property.seen()) seen[answer] += count;
  }
  if (is_slow) return;
  // Every answer there is was met often.
  for (const char* answer : {"ledger_add 1",     "ledger_add 0",         "ledger_claim token",
                             "ledger_claim 0",   "ledger_claim NULL",    "ledger_next JSON",
                             "ledger_next NULL", "ledger_done 1",        "ledger_done 0",
                             "ledger_fail 1",    "ledger_fail 0",        "ledger_renew 1",
                             "ledger_renew 0",   "ledger_skip 1",        "ledger_skip 0",
                             "ledger_mark 1",    "ledger_mark 0",        "ledger_next array",
                             "ledger_release 1", "ledger_release 0",     "UPDATE",
                             "UPDATE refused",   "dead without a worker"}) {
    EXPECT_GT(seen[answer], 100) << answer;
  }
}

}  // namespace
