// Folders of migrations, as they are read: names and contents as any tool would write them, or
// nobody.
#include "fuzz/folder_input.h"
#include "fuzz/host.h"
#include "migration/file_name.h"
#include "migration/flyway_version.h"
#include "sqlite/error.h"
#include "sqlite/utf8.h"

namespace {

using fuzz::Host;
using larder::FlywayVersion;

// A version is its number, and the number its parts.
void expect_flyway(const std::string& name) {
  const std::size_t end = FlywayVersion::end_in(name);
  if (end == 0) return;
  try {
    const FlywayVersion version(name.substr(0, end));
    EXPECT_EQ(FlywayVersion(version.text()).parts(), version.parts());
    const auto again = FlywayVersion::of_number(version.number());
    EXPECT_TRUE(!again || again->number() == version.number()) << name;
  } catch (const larder::Error&) {
  }
}

void look_at(const std::string& name) {
  expect_flyway(name);
  if (const auto read = larder::try_file_name(name)) {
    EXPECT_GE(read->version, 0) << name;
  }
  try {
    larder::read_repeatable_name(name);
  } catch (const larder::Error&) {
  }
  larder::is_flyway_migration(name);
}

// A statement's rows are read or it fails with a message that can be shown.
support::Outcome ask(support::Database& db, const char* sql) {
  auto outcome = db.run(sql);
  if (!outcome.ok()) {
    EXPECT_EQ(larder::find_not_utf8(outcome.message), std::string::npos) << outcome;
    EXPECT_FALSE(outcome.message.empty());
  }
  return outcome;
}

// Two looks at one folder see the same.
void read(support::Database& db) {
  const auto rows = ask(db,
                        "SELECT count(*) || ' ' || count(DISTINCT version) || ' ' || "
                        "count(version) FROM kv_migration('/memory-folder')");
  const auto check = ask(db, "SELECT migrate_check('/memory-folder')");
  EXPECT_EQ(rows.ok(), check.ok()) << rows << check;
  if (!rows.ok()) return;
  const std::string versions = rows.value.substr(rows.value.find(' ') + 1);
  EXPECT_EQ(versions.substr(0, versions.find(' ')), versions.substr(versions.find(' ') + 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static Host host(":memory:");
  fuzz::Input input(bytes, size);
  const fuzz::Files files = fuzz::take_files(input);
  for (const auto& [path, text] : files) look_at(std::string(larder::name_in_path(path)));
  fuzz::set_folder(&files);
  read(host.db());
  return 0;
}
