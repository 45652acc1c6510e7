// What kv_check says of rows that expire.
#include "expiry/expiry.h"
#include "expiry/target.h"
#include "store/findings.h"

namespace larder {

namespace {

constexpr char kLatestError[] = R"(
SELECT error
FROM main.larder_expiry
WHERE table_name = ?1 AND error IS NOT NULL)";

void add_error(const std::string& message, Findings& findings) {
  findings.push_back({"expiry", Finding::Status::kError, message});
}

// Without an index each sweep reads the whole table.
void check_index(Connection& connection, const ExpiryRule& rule, Findings& findings) {
  const Target target(connection, rule);
  if (target.has_index(connection)) return;
  findings.push_back({"expiry", Finding::Status::kWarning,
                      "no index leads to the oldest rows of " + quoted(target.table()) +
                          ", so each kv_sweep() reads all of it; " +
                          target.index_to_create(*rule.unit) + " ends that"});
}

void check_rule(Connection& connection, const ExpiryRule& rule, Findings& findings) {
  try {
    check_index(connection, rule, findings);
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    return add_error("rows of " + quoted(rule.table) + " do not expire: " + error.message(),
                     findings);
  }
  Query error = connection.query(kLatestError);
  if (error.bind(1, std::string_view(rule.table)).step())
    add_error("the latest sweep of " + quoted(rule.table) + " ended early: " + error.text(0),
              findings);
}

}  // namespace

void check_expiry(Connection& connection, Findings& findings) {
  std::int64_t rules = 0;
  Findings found;
  for_each_rule(connection, [&](const ExpiryRule& rule, const std::string& error) {
    ++rules;
    if (error.empty()) return check_rule(connection, rule, found);
    add_error("the rule for " + quoted(rule.table) + " cannot be followed: " + error, found);
  });
  add_unless_found({"expiry", Finding::Status::kOk, std::to_string(rules) + " rule(s)"}, findings,
                   [&] { findings.insert(findings.end(), found.begin(), found.end()); });
}

}  // namespace larder
