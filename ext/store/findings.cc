// What the checks of the features have in common.
#include "store/findings.h"

#include <string>
#include <string_view>

#include "sqlite/utf8.h"

namespace larder {

namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (const char byte : bytes) {
    const auto bits = static_cast<unsigned char>(byte);
    digits += kDigits[bits >> 4];
    digits += kDigits[bits & 15];
  }
  return digits;
}

}  // namespace

void check_rules(Query& counts, const char* subject, std::initializer_list<const char*> problems,
                 Findings& findings) {
  int column = 0;
  counts.step();
  for (const char* problem : problems) {
    const std::int64_t rows = counts.integer(column++);
    if (rows == 0) continue;
    findings.push_back(
        {subject, Finding::Status::kError, std::to_string(rows) + " row(s) " + problem});
  }
}

void check_counter(Connection& connection, const char* subject, const char* counter,
                   Findings& findings) {
  static constexpr char kSelectStrange[] = R"(
SELECT value
FROM main.larder_meta
WHERE name = ?1 AND typeof(value) <> 'integer')";
  Query query = connection.query(kSelectStrange);
  if (!query.bind(1, std::string_view(counter)).step()) return;
  findings.push_back({subject, Finding::Status::kError,
                      "'" + std::string(counter) + "' in larder_meta is " +
                          describe(query.value(0)) + ": what it counts may come twice"});
}

void add_each(Connection& connection, Sql sql, Finding (*finding_of)(const Query& row),
              Findings& findings) {
  Query rows = connection.query(sql);
  rows.bind(2, connection.clock().now());
  while (rows.step()) findings.push_back(finding_of(rows));
}

Finding from_future(const char* subject, const std::string& what, const std::string& remedy) {
  return {
      subject, Finding::Status::kWarning,
      what + " is from the future, or ends more than a day from now: was a clock ahead? " + remedy};
}

// SQLite's own quote() ends a text at a NUL.
std::string literal_of(sqlite3_value* key) {
  if (is_blob(key)) return "X'" + hex(bytes_of(key)) + "'";
  const std::string_view text = text_of(key);
  if (find_not_utf8(text) != std::string_view::npos) return "CAST(X'" + hex(text) + "' AS TEXT)";
  std::string literal = "'";
  for (const char byte : text) {
    if (byte == '\0') {
      literal += "' || char(0) || '";
    } else {
      literal.append(byte == '\'' ? 2 : 1, byte);
    }
  }
  return literal + "'";
}

void add_backlog(const char* subject, std::int64_t waiting, std::int64_t all, const char* rows,
                 Findings& findings) {
  constexpr std::int64_t kFew = 1000;
  const std::string message = std::to_string(waiting) + " of " + std::to_string(all) + " " + rows;
  if (waiting > kFew && waiting > all / 2) {
    findings.push_back({subject, Finding::Status::kWarning, message + "; kv_sweep() removes them"});
  } else {
    findings.push_back({subject, Finding::Status::kOk, message});
  }
}

}  // namespace larder
