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

// How many rows that have had all their attempts become dead in one transaction.
constexpr std::int64_t kMostBuried = 500;

constexpr auto kReadLine = sql(R"(
SELECT id, {}, payload, attempts + 1, {}
FROM main.larder_ledger
WHERE {}
ORDER BY {})",
                               kLedgerNextToken, kLedgerSpent, kLedgerInLine, kLedgerLineOrder);

// ?6 says whether it has had all its attempts.
constexpr auto kClaimInLine = sql(R"(
UPDATE main.larder_ledger
SET {},
  attempts = {}
WHERE ledger = ?1 AND id = ?2)",
                                  start_attempt("?6"), count_attempt("?6"));

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
  Jobs(Connection& connection, sqlite3_value* ledger, Attempt& attempt)
      : connection_(connection), ledger_(ledger), attempt_(attempt) {}

  bool any() const { return count_ > 0; }

  // Goes along the line and claims until there are `most`, or the answer is large. Returns false
  // when it has found none but those that had all their attempts, and there may be more.
  bool claim(std::int64_t most) {
    Query line = query(kReadLine);
    Query claim = query(kClaimInLine);
    attempt_.bind(claim);
    std::int64_t buried = 0;
    while (count_ < most && json_.size() < kLargeAnswer && buried < kMostBuried) {
      if (!line.step()) return true;
      const bool is_spent = line.integer(4) != 0;
      const std::size_t before = json_.size();
      if (!is_spent && !append(line)) return true;
      claim.bind_key(2, line.value(0)).bind(6, std::int64_t{is_spent}).run();
      claim.reset();
      const bool is_kept = sqlite3_changes(connection_.db()) == 0;  // by a trigger of the user's
      if (is_kept) json_.resize(before);
      if (!is_kept) ++(is_spent ? buried : count_);
    }
    return any();
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
  std::string json_;
  std::int64_t count_ = 0;
};

}  // namespace

// In a transaction: when the result cannot be given to the caller, the claims are undone.
bool claim_next(Connection& connection, sqlite3_value* ledger, Attempt& attempt,
                std::optional<std::int64_t> most, Call& call) {
  Jobs jobs(connection, ledger, attempt);
  for (bool is_over = false; !is_over;) {
    WriteScope scope(connection);
    let_in_due(connection, ledger);
    taking_token([&] { is_over = jobs.claim(most.value_or(1)); });
    if (is_over) jobs.answer(most.has_value(), call);
    scope.commit();
  }
  return jobs.any();
}

}  // namespace larder
