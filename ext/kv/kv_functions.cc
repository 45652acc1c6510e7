// Housekeeping in SQL:
//
//   SELECT kv_sweep();
//   SELECT kv_config('cache.default_ttl', '1h');
//   SELECT name, value FROM kv_stats;
//   SELECT name, message FROM kv_check WHERE status <> 'ok';
//   SELECT signature, summary FROM kv_help WHERE name GLOB 'cache_*';
#include <climits>
#include <cmath>

#include "feature_list.h"
#include "kv/kv.h"
#include "store/busy.h"
#include "store/replication.h"
#include "store/settings.h"
#include "store/write_scope.h"

namespace larder {

namespace {

void show_setting(Connection& connection, const Setting& setting, Call& call) {
  switch (setting.kind) {
    case Setting::Kind::kCount:
      return call.result(count_setting(connection, setting));
    case Setting::Kind::kLimit:
      if (const auto limit = limit_setting(connection, setting)) call.result(*limit);
      return;
    case Setting::Kind::kChoice:
      return call.result(choice_setting(connection, setting));
    case Setting::Kind::kSwitch:
      return call.result(switch_setting(connection, setting));
    case Setting::Kind::kDuration:
      const auto seconds = lifetime_setting(connection, setting).seconds();
      if (seconds) call.result(*seconds);
  }
}

void kv_config(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  if (is_blob(name)) throw Error("name must be text; got " + describe(name));
  const Setting setting = find_setting(connection, text_of(name));
  if (call.count() == 1) return show_setting(connection, setting, call);
  WriteScope scope(connection);
  store_setting(connection, setting, call[1]);
  if (setting.changed != nullptr) setting.changed(connection);
  show_setting(connection, setting, call);
  call.check_result();
  scope.commit();  // after which nothing fails
}

// In a replicated file the time is everybody's, and kept in the file.
void tell_replicated(Connection& connection, Call& call) {
  if (is_null(call[0]))
    throw Error("this file is replicated: its clock only knows what kv_clock(t) says");
  // Time never goes back, so milliseconds by mistake would be for ever.
  constexpr double kYear10000 = 253402300800;
  const double t = seconds_of(call[0], "t");
  if (std::fabs(t) >= kYear10000)
    throw Error("t must be in seconds, and before the year 10000; got " + describe(call[0]));
  connection.clock().tell(t);
  WriteScope scope(connection);
  advance_replicated_time(connection, t);
  const auto time = replicated_time(connection);
  if (!time) throw Error("a trigger keeps the time from being stored");
  call.result(*time);
  scope.commit();
}

void kv_clock(Connection& connection, Call& call) {
  if (call.count() == 0) return call.result(connection.clock().now());
  Schema& schema = connection.schema();
  if (schema.is_replicated()) schema.notice();  // somebody may have dropped what says so
  if (schema.is_replicated()) return tell_replicated(connection, call);
  connection.clock().freeze(is_null(call[0]) ? std::nullopt
                                             : std::optional(seconds_of(call[0], "t")));
  call.result(connection.clock().now());
}

// In milliseconds, as PRAGMA busy_timeout.
void kv_busy_timeout(Connection& connection, Call& call) {
  if (call.count() > 0) {
    if (connection.is_joining()) throw Error("the engine waits for its locks itself (LARDER_JOIN)");
    const std::int64_t milliseconds = integer_of(call[0], "ms");
    if (milliseconds < 0 || milliseconds > INT_MAX)
      throw Error("ms must be from 0 to 2147483647; got " + describe(call[0]));
    set_busy_timeout(connection, static_cast<int>(milliseconds));
  }
  call.result(std::int64_t{busy_timeout(connection)});
}

void kv_version(Connection&, Call& call) { call.result(std::string_view(LARDER_VERSION)); }

constexpr Function<Connection> kKvFunctions[] = {
    {"kv_sweep", 0, 1, kWrites, kv_sweep, "kv_sweep([max_rows])",
     "Removes what is dead, forgotten or ended, outside a transaction in steps that commit; "
     "returns "
     "how many."},
    // A view or trigger in a file must not hold up the program that opened it.
    {"kv_wait", 0, 1, kReachesOut, kv_wait, "kv_wait([timeout])",
     "Sleeps until somebody commits to the file, or a claim can be made; 1, or 0 after timeout."},
    {"kv_config", 1, 2, writes_with(2), kv_config, "kv_config(name [, value])",
     "A setting of this database, or a new value for it; NULL is the default."},
    // A view or trigger in a file must not stop the clock of the program that opened it.
    {"kv_clock", 0, 1, kReachesOut, kv_clock, "kv_clock([t])",
     "Now, in Unix seconds; t freezes this connection's clock, NULL lets it run."},
    {"kv_busy_timeout", 0, 1, kReachesOut, kv_busy_timeout, "kv_busy_timeout([ms])",
     "Waits up to ms milliseconds for a lock, fair among many writers; 0 is not at all."},
    {"kv_version", 0, 0, kConstant, kv_version, "kv_version()", "The version of Larder."},
};

constexpr const TableEntry* kKvTables[] = {&kStatsTable, &kCheckTable, &kHelpTable, &kAnswerTable};

constexpr const Setting* kKvSettings[] = {&kHotBytes, &kHotShare, &kReplicated};

}  // namespace

constinit const Feature kKvFeature{
    .name = "kv",
    .functions = kKvFunctions,
    .tables = kKvTables,
    .settings = kKvSettings,
};

}  // namespace larder
