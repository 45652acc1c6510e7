// What the checks of the features have in common.
#include "store/findings.h"

#include <string>

namespace larder {

bool rules_hold(Query& counts, const char* subject, std::initializer_list<const char*> problems,
                Findings& findings) {
  bool all_hold = true;
  int column = 0;
  counts.step();
  for (const char* problem : problems) {
    const std::int64_t rows = counts.integer(column++);
    if (rows == 0) continue;
    all_hold = false;
    findings.push_back(
        {subject, Finding::Status::kError, std::to_string(rows) + " row(s) " + problem});
  }
  return all_hold;
}

bool counter_holds(Connection& connection, const char* subject, const char* counter,
                   Findings& findings) {
  static constexpr char kSelect[] =
      "SELECT value FROM main.larder_meta WHERE name = ?1 AND typeof(value) <> 'integer'";
  Query query = connection.query(kSelect);
  if (!query.bind(1, std::string_view(counter)).step()) return true;
  findings.push_back({subject, Finding::Status::kError,
                      "'" + std::string(counter) + "' in larder_meta is " +
                          describe(query.value(0)) + ": what it counts may come twice"});
  return false;
}

void add_from_future(const char* subject, const std::string& what, const std::string& remedy,
                     Findings& findings) {
  findings.push_back({subject, Finding::Status::kWarning,
                      what +
                          " is from the future, or ends more than a day from now: was a clock "
                          "ahead? " +
                          remedy});
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
