// The migrations in a directory.
#include "migration/directory.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "migration/failure.h"
#include "migration/file_name.h"
#include "migration/folder.h"
#include "migration/script_file.h"
#include "migration/sections.h"
#include "migration/statement_heads.h"
#include "sqlite/ascii.h"
#include "sqlite/utf8.h"

namespace larder {

namespace {

enum class Layout { kFiles, kPairs, kFolders };

// What prisma calls the way up in a migration's folder. It has no way down.
constexpr const char* kPrismaScript = "migration.sql";

// A file or folder whose name is that of a migration.
struct Item {
  FileName name;
  Layout layout;
  std::string path;

  bool is_down() const { return name.direction == Direction::kDown; }
};

std::string join(const std::string& directory, const std::string& name) {
  return directory + (directory.ends_with('/') ? "" : "/") + name;
}

// The names that matter. They are sorted, so that the first of several errors is always the same.
std::vector<std::string> visible_names_in(const std::string& directory) {
  std::vector<std::string> names = names_in(directory);
  std::erase_if(names, [](const std::string& name) { return name.starts_with('.'); });
  for (const auto& name : names) {
    if (find_not_utf8(name) != std::string::npos) fail_at(directory, "a name in it is not UTF-8");
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Runs `read()`, and says of which `path` it failed.
template <class Read>
auto naming(const std::string& path, Read&& read) {
  try {
    return read();
  } catch (const Error& error) {
    throw Error(error.code(), path + ": " + error.message());
  }
}

class Finder {
 public:
  explicit Finder(const std::string& directory) : directory_(directory) {}

  // All items, by version, the way up before the way down.
  std::vector<Item> find() {
    for (const auto& name : visible_names_in(directory_)) {
      const std::string path = join(directory_, name);
      if (is_folder(path)) {
        add_folder(name, path);
      } else {
        add_file(name, path);
      }
    }
    const bool is_of_folders = items_.empty() || items_[0].layout == Layout::kFolders;
    if (is_of_folders && !empty_folder_.empty()) fail_at(empty_folder_, "there is no up.sql in it");
    if (items_.empty()) fail_at(directory_, "there is no migration in this directory");
    check_one_layout();
    std::stable_sort(items_.begin(), items_.end(),
                     [](const Item& a, const Item& b) { return key(a) < key(b); });
    check_versions();
    return std::move(items_);
  }

 private:
  static std::tuple<std::int64_t, bool> key(const Item& item) {
    return {item.name.version, item.is_down()};
  }

  // What is in a folder, and not its name, makes it a migration.
  void add_folder(const std::string& name, const std::string& path) {
    if (is_there(join(path, "up.sql")) || is_there(join(path, kPrismaScript))) {
      items_.push_back(
          {naming(path, [&] { return read_folder_name(name); }), Layout::kFolders, path});
    } else if (is_there(join(path, "down.sql"))) {
      fail_at(path, "there is a down.sql in it and no up.sql");
    } else if (begins_with_digit(name) && empty_folder_.empty()) {
      empty_folder_ = path;
    }
  }

  void add_file(const std::string& name, const std::string& path) {
    auto read = naming(path, [&] { return read_file_name(name); });
    if (!read) return;
    const Layout layout = read->direction == Direction::kBoth ? Layout::kFiles : Layout::kPairs;
    items_.push_back({std::move(*read), layout, path});
  }

  // Files and pairs are one layout: sqlx writes both.
  void check_one_layout() const {
    const auto is_folder = [](const Item& item) { return item.layout == Layout::kFolders; };
    for (const auto& item : items_) {
      if (is_folder(item) == is_folder(items_[0])) continue;
      throw Error(items_[0].path + " and " + item.path +
                  " are of different layouts; a directory has one");
    }
  }

  void check_versions() const {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Item* before = i > 0 ? &items_[i - 1] : nullptr;
      if (before != nullptr && key(*before) == key(items_[i])) {
        throw Error(before->path + " and " + items_[i].path + " have the same version, " +
                    std::to_string(items_[i].name.version));
      }
      const bool has_up = before != nullptr && before->layout == Layout::kPairs &&
                          before->name.version == items_[i].name.version;
      if (items_[i].is_down() && !has_up)
        fail_at(items_[i].path, "there is no .up.sql of this version");
    }
  }

  const std::string& directory_;
  std::vector<Item> items_;
  std::string empty_folder_;  // the first that looks like a migration and holds none
};

Script read_script(const std::string& path, bool alone = false) {
  return make_script(read_script_file(path), path, 1, alone);
}

// diesel's metadata.toml, of which one line matters: run_in_transaction = false.
bool wants_to_run_alone(const std::string& folder) {
  const std::string path = join(folder, "metadata.toml");
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

void read_folder(const std::string& folder, Migration& migration) {
  const bool alone = wants_to_run_alone(folder);
  const std::string up = join(folder, "up.sql");
  migration.up = read_script(is_there(up) ? up : join(folder, kPrismaScript), alone);
  const std::string down = join(folder, "down.sql");
  if (is_there(down)) migration.down = read_script(down, alone);
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
    return read_script(path);
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

// diesel, prisma and dbmate compare versions as text. Where all have the same length that is no
// other order than that of the numbers.
VersionOrder order_of(const std::vector<Item>& items, Dialect dialect) {
  const auto is_text = [&](const Item& item) {
    return item.layout == Layout::kFolders ? item.name.separator == '_'
                                           : dialect == Dialect::kDbmate;
  };
  if (!std::all_of(items.begin(), items.end(), is_text)) return {};
  std::map<std::int64_t, std::string> texts;
  for (const auto& item : items) texts.emplace(item.name.version, item.name.digits);
  return VersionOrder(std::move(texts));
}

}  // namespace

Source read_directory(std::string directory) {
  if (files_are_switched_off())
    throw Error("reading directories is switched off here (LARDER_NO_FILES)");
  Source source;
  SectionReader files;
  const std::vector<Item> items = Finder(directory).find();
  for (const auto& item : items) {
    if (item.is_down()) {
      source.wanted.back().down = files.read_half(item.path);
      continue;
    }
    Migration& migration = source.wanted.emplace_back();
    migration.version = item.name.version;
    migration.name = item.name.title;
    if (item.layout == Layout::kFolders) read_folder(item.path, migration);
    if (item.layout == Layout::kPairs) migration.up = files.read_half(item.path);
    if (item.layout == Layout::kFiles) files.read(item.path, migration);
  }
  source.order = order_of(items, files.dialect());
  source.any_order = files.dialect() == Dialect::kDbmate;
  std::stable_sort(
      source.wanted.begin(), source.wanted.end(),
      [&](const Migration& a, const Migration& b) { return source.order(a.version, b.version); });
  source.directory = std::move(directory);
  return source;
}

}  // namespace larder
