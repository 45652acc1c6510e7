// The migrations in a directory.
#include "migration/directory.h"

#include <algorithm>
#include <map>
#include <vector>

#include "migration/directory_items.h"
#include "migration/failure.h"
#include "migration/flyway_version.h"
#include "migration/journal.h"
#include "migration/script_file.h"
#include "migration/sections.h"
#include "os/folder.h"
#include "sqlite/ascii.h"
#include "sqlite/space.h"

namespace larder {

namespace {

Script read_script(const std::string& path, bool alone = false) {
  return make_script(read_script_file(path), path, 1, alone);
}

// A file that is one direction as a whole. With the marks of sections both would run.
Script read_direction(const std::string& path, bool alone = false) {
  Sections sections = split_sections(read_script(path, alone));
  if (sections.dialect != Dialect::kPlain) {
    fail_at(path, std::string("it has the marks of ") + name_of(sections.dialect) +
                      ", and its name is of another layout");
  }
  return std::move(sections.up);
}

// diesel's metadata.toml, of which one line matters: run_in_transaction = false.
bool wants_to_run_alone(const std::string& folder) {
  const std::string path = join_path(folder, "metadata.toml");
  if (!is_there(path)) return false;
  const std::string text = read_script(path).text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, std::min(text.find('#', at), end) - at);
    std::erase_if(line, is_space);
    if (line == "run_in_transaction=false") return true;
    at = end + 1;
  }
  return false;
}

void read_folder(const DirectoryItem& folder, Migration& migration) {
  const bool alone = wants_to_run_alone(folder.path);
  migration.up = read_direction(folder.script, alone);
  const std::string down = join_path(folder.path, "down.sql");
  if (is_there(down)) migration.down = read_direction(down, alone);
}

// The files of a directory either all have sections or none has: one that lost its marks would run
// its way down on the way up. A file without any SQL or mark fits both.
class SectionReader {
 public:
  void read(const std::string& path, Migration& migration) {
    Script whole = read_script(path);
    const bool is_blank = skip_space(whole.text, 0) == whole.text.size();
    auto sections = split_sections(std::move(whole));
    if (sections.dialect != Dialect::kPlain || !is_blank) check_dialect(sections.dialect, path);
    migration.up = std::move(sections.up);
    migration.down = std::move(sections.down);
  }

  // One file of a pair has no sections.
  Script read_half(const std::string& path) {
    check_dialect(Dialect::kPlain, path);
    return read_direction(path);
  }

  Dialect dialect() const { return dialect_; }

 private:
  void check_dialect(Dialect dialect, const std::string& path) {
    if (first_.empty()) {
      first_ = path;
      dialect_ = dialect;
    } else if (dialect != dialect_) {
      throw Error(first_ + " is " + name_of(dialect_) + " and " + path + " is " + name_of(dialect) +
                  "; a directory has one layout");
    }
  }

  std::string first_;
  Dialect dialect_ = Dialect::kPlain;
};

void read_item(const DirectoryItem& item, SectionReader& files, Migrations& migrations) {
  if (item.is_down()) {
    migrations.back().down = files.read_half(item.path);
    return;
  }
  Migration& migration = migrations.emplace_back();
  migration.version = item.name.version;
  migration.name = item.name.title;
  if (item.layout == Layout::kFolders) read_folder(item, migration);
  if (item.layout == Layout::kPairs) migration.up = files.read_half(item.path);
  if (item.layout == Layout::kFiles) files.read(item.path, migration);
}

VersionOrder order_by_parts(const std::vector<DirectoryItem>& items) {
  VersionOrder order = VersionOrder::by_parts();
  for (const auto& item : items) order.add(FlywayVersion(item.name.digits));
  return order;
}

// diesel and prisma compare versions as text, the shorter before what it begins; dbmate compares
// names, in which '_' follows. Where all versions have the same length that is the order of their
// numbers.
VersionOrder order_of(const std::vector<DirectoryItem>& items, Dialect dialect) {
  const auto is_flyway = [](const DirectoryItem& item) { return item.name.is_flyway; };
  if (std::any_of(items.begin(), items.end(), is_flyway)) return order_by_parts(items);
  const auto is_text = [&](const DirectoryItem& item) {
    return item.layout == Layout::kFolders ? item.name.separator == '_'
                                           : dialect == Dialect::kDbmate;
  };
  const auto is_as_long = [&](const DirectoryItem& item) {
    return item.name.digits.size() == items[0].name.digits.size();
  };
  if (!std::all_of(items.begin(), items.end(), is_text)) return {};
  if (std::all_of(items.begin(), items.end(), is_as_long)) return {};
  std::map<std::string, std::int64_t> by_text;
  for (const auto& item : items) {
    const bool has_names = item.layout != Layout::kFolders;
    by_text.emplace(item.name.digits + (has_names ? "_" : ""), item.name.version);
  }
  std::vector<std::int64_t> versions;
  versions.reserve(by_text.size());
  for (const auto& [text, version] : by_text) versions.push_back(version);
  return VersionOrder::by_list(versions);
}

}  // namespace

Source read_directory(Connection& connection, std::string directory) {
  if (files_are_switched_off())
    throw Error("reading directories is switched off here (LARDER_NO_FILES)");
  Source source;
  SectionReader files;
  const DirectoryItems items = find_items(directory);
  for (const auto& item : items.versioned) read_item(item, files, source.wanted);
  for (const auto& item : items.repeatables) {
    Migration& migration = source.repeatables.emplace_back();
    migration.is_repeatable = true;
    migration.name = item.description;
    migration.up = files.read_half(item.path);
  }
  source.order = order_of(items.versioned, files.dialect());
  if (auto journal = read_journal(connection, directory, items.versioned)) {
    source.order = std::move(journal->order);
    source.made_at = std::move(journal->made_at);
  }
  source.any_order = files.dialect() == Dialect::kDbmate;
  std::stable_sort(
      source.wanted.begin(), source.wanted.end(),
      [&](const Migration& a, const Migration& b) { return source.order(a.version, b.version); });
  source.directory = std::move(directory);
  return source;
}

}  // namespace larder
