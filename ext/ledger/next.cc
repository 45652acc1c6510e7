// Claiming what is first in line.
#include "ledger/next.h"

#include "ledger/json.h"
#include "store/overflow.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// An array of jobs that has become this large, in bytes, does not grow: memory stays bounded, and
// jobs with large payloads come a few at a time.
constexpr std::size_t kLargeAnswer = std::size_t{8} << 20;

constexpr auto kReadLine =
    sql(R"(
SELECT id, {}, payload, attempts + 1, {}, {}
FROM main.larder_ledger
WHERE {}
ORDER BY {})",
        kLedgerNextToken, kLedgerSpent, kLedgerSettled, kLedgerInLine, kLedgerLineOrder);

constexpr auto kClaimInLine = sql(R"(
UPDATE main.larder_ledger
SET {},
  attempts = attempts + 1
WHERE ledger = ?1 AND id = ?2)",
                                  kStartAttempt);

constexpr auto kLeaveLine = sql(R"(
UPDATE main.larder_ledger
SET {}
WHERE ledger = ?1 AND id = ?2)",
                                kLedgerOutOfLine);

// `row` is one of kReadLine.
void append_job(std::string& json, const Query& row) {
  int column = 0;
  for (const char* member : {"{\"id\":", ",\"token\":", ",\"payload\":", ",\"attempt\":"}) {
    json += member;
    append_json(json, row.value(column++));
  }
  json += '}';
}

// What one call claims, as JSON. Needs a WriteScope, so that nobody else changes the line between
// the look at a row and its claim.
class Jobs {
 public:
  Jobs(Connection& connection, sqlite3_value* ledger, Attempt& attempt, std::int64_t most)
      : connection_(connection), ledger_(ledger), attempt_(attempt), most_(most) {}

  bool any() const { return count_ > 0; }

  // False when there are as many as were asked for, no room for more, or no more.
  bool wants_more() const { return count_ < most_ && json_.size() < kLargeAnswer && !is_at_end_; }

  // Goes along the line, past as many rows as let_in_due() lets in and no further: those behind may
  // have come later than some that are to be let in next. Returns false when it claims none.
  bool claim_some() {
    const std::int64_t before = count_;
    Query line = query(kReadLine);
    Query claim = query(kClaimInLine);
    attempt_.bind(claim);
    for (std::int64_t passed = 0; wants_more() && passed < kMostLetIn;) {
      is_at_end_ = !line.step();
      if (!is_at_end_ && pass(line, claim)) ++passed;
    }
    return count_ > before;
  }

  void answer(bool as_array, Call& call) {
    if (as_array) {
      json_.insert(json_.begin(), '[');
      json_ += ']';
    } else if (!any()) {
      return;
    }
    call.result(std::string_view(json_));
    call.check_result();
  }

 private:
  Query query(Sql sql) {
    Query query = connection_.query(sql);
    query.bind_key(1, ledger_).bind(3, connection_.clock().now());
    return query;
  }

  // Claims the row, or takes out of line what cannot be claimed. False when it stays where it is.
  bool pass(const Query& row, Query& claim) {
    const bool is_spent = row.integer(4) != 0;
    const bool is_settled = row.integer(5) != 0;
    const bool is_job = !is_spent && !is_settled;
    const std::size_t before = json_.size();
    if (is_job && !append(row)) {
      is_at_end_ = true;
      return false;
    }
    if (is_job) {
      claim.bind_key(2, row.value(0)).run();
      claim.reset();
    } else if (is_spent) {
      query(kBurySpent).bind_key(2, row.value(0)).run();
    } else {
      connection_.query(kLeaveLine).bind_key(1, ledger_).bind_key(2, row.value(0)).run();
    }
    const bool is_kept = sqlite3_changes(connection_.db()) == 0;  // by a trigger of the user's
    if (is_kept) json_.resize(before);
    if (is_job && !is_kept) ++count_;
    return !is_kept;
  }

  // False when there is no room for it beside those before. A payload that is just small enough to
  // be stored can be too large as JSON; when it is so alone, this throws Error.
  bool append(const Query& row) {
    const std::size_t before = json_.size();
    if (any()) json_ += ',';
    append_job(json_, row);
    const int most = sqlite3_limit(connection_.db(), SQLITE_LIMIT_LENGTH, -1);
    if (json_.size() + std::string_view("[]").size() <= static_cast<std::size_t>(most)) return true;
    if (any()) {
      json_.resize(before);
      return false;
    }
    throw Error(SQLITE_TOOBIG, "the payload of " + describe(row.value(0)) +
                                   " is too large for JSON; ledger_claim() can claim it");
  }

  Connection& connection_;
  sqlite3_value* ledger_;
  Attempt& attempt_;
  std::int64_t most_;
  std::string json_;
  std::int64_t count_ = 0;
  bool is_at_end_ = false;
};

}  // namespace

// All that is claimed is claimed in one transaction: when the result cannot be given to the caller,
// the claims are undone. Of rows that cannot be claimed there may be many; then every kMostLetIn of
// them have a transaction of their own.
bool claim_next(Connection& connection, sqlite3_value* ledger, Attempt& attempt,
                std::optional<std::int64_t> most, Call& call) {
  Jobs jobs(connection, ledger, attempt, most.value_or(1));
  for (bool is_over = false; !is_over;) {
    WriteScope scope(connection);
    bool goes_on = true;
    while (goes_on && jobs.wants_more()) {
      let_in_due(connection, ledger);
      taking_token([&] { goes_on = jobs.claim_some(); });
    }
    is_over = jobs.any() || !jobs.wants_more();
    if (is_over) jobs.answer(most.has_value(), call);
    scope.commit();
  }
  return jobs.any();
}

}  // namespace larder
