// Repeatable migrations, which have no version.
#include "migration/repeatable.h"

#include <string>

#include "migration/history.h"
#include "store/meta.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Beside the settings; kv_config() does not know it.
std::string meta_name_of(const Migration& repeatable) {
  return "migration.repeatable." + repeatable.name;
}

}  // namespace

bool is_due(Connection& connection, const Migration& repeatable) {
  const std::string sum = checksum(repeatable.up);
  bool has_run = false;
  with_meta(connection, meta_name_of(repeatable),
            [&](sqlite3_value* value) { has_run = !is_blob(value) && text_of(value) == sum; });
  return !has_run;
}

void remember_run(Connection& connection, const Migration& repeatable) {
  const std::string name = meta_name_of(repeatable);
  const std::string sum = checksum(repeatable.up);
  store_meta(connection, name, std::string_view(sum));
  check_written(connection, "larder_meta");
}

}  // namespace larder
