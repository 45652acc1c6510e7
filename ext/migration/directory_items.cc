// The files and folders of a directory that are migrations, by their names.
#include "migration/directory_items.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "migration/failure.h"
#include "os/folder.h"
#include "sqlite/utf8.h"

namespace larder {

namespace {

// The way up in a migration's folder, and what prisma calls it. (prisma leaves the way down to
// others.)
constexpr char kScript[] = "up.sql";
constexpr char kPrismaScript[] = "migration.sql";

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

class Finder {
 public:
  explicit Finder(const std::string& directory) : directory_(directory) {}

  DirectoryItems find() {
    for (const auto& name : visible_names_in(directory_)) {
      const std::string path = join_path(directory_, name);
      if (is_folder(path)) {
        add_folder(name, path);
      } else {
        add_file(name, path);
      }
    }
    check_other_folders();
    if (items_.empty() && repeatables_.empty())
      fail_at(directory_, "there is no migration in this directory");
    check_one_layout();
    sort_repeatables();
    std::stable_sort(
        items_.begin(), items_.end(),
        [](const DirectoryItem& a, const DirectoryItem& b) { return key(a) < key(b); });
    check_versions();
    return {std::move(items_), std::move(repeatables_)};
  }

 private:
  static std::tuple<std::int64_t, bool> key(const DirectoryItem& item) {
    return {item.name.version, item.is_down()};
  }

  // What is in a folder, and not its name, makes it a migration.
  void add_folder(const std::string& name, const std::string& path) {
    const std::string script = join_path(path, kScript);
    const std::string prismas = join_path(path, kPrismaScript);
    const bool has_script = is_there(script), has_prismas = is_there(prismas);
    if (has_script && has_prismas)
      fail_at(path, "there are an up.sql and a migration.sql in it; a migration has one");
    if (has_script || has_prismas) {
      items_.push_back({naming(path, [&] { return read_folder_name(name); }), Layout::kFolders,
                        path, has_script ? script : prismas});
    } else if (is_there(join_path(path, "down.sql"))) {
      fail_at(path, "there is a down.sql in it and no up.sql");
    } else {
      other_folders_.push_back(path);
    }
  }

  void add_file(const std::string& name, const std::string& path) {
    if (auto repeatable = naming(path, [&] { return read_repeatable_name(name); })) {
      repeatables_.push_back({std::move(*repeatable), path});
      return;
    }
    auto read = naming(path, [&] { return read_file_name(name); });
    if (!read) return;
    const Layout layout = read->direction == Direction::kBoth ? Layout::kFiles : Layout::kPairs;
    items_.push_back({std::move(*read), layout, path, path});
  }

  // No other folder is passed over that may hold migrations: among folders one with a version, and
  // beside Flyway's files, as Flyway and refinery look into folders, one with such a file.
  void check_other_folders() const {
    const auto is_of_flyway = [](const DirectoryItem& item) { return item.name.is_flyway; };
    const bool are_files_of_flyway =
        !repeatables_.empty() || std::any_of(items_.begin(), items_.end(), is_of_flyway);
    const std::string script(items_.empty() ? kScript : name_in_folder(items_[0]));
    for (const auto& path : other_folders_) {
      if (are_files_of_flyway) check_has_no_flyway_file(path);
      if (!script.empty() && begins_with_digit(name_in_path(path)))
        fail_at(path, "there is no " + script + " in it");
    }
  }

  static void check_has_no_flyway_file(const std::string& folder) {
    const auto names = visible_names_in(folder);
    const auto found = std::find_if(names.begin(), names.end(), is_flyway_migration);
    if (found == names.end()) return;
    fail_at(join_path(folder, *found), "a folder in a directory is not looked into; move it up");
  }

  // Files and pairs are one layout, as sqlx writes both. Flyway's names are another, and so is each
  // name that the scripts in folders have.
  void check_one_layout() const {
    if (items_.empty()) return;
    const DirectoryItem& first = items_[0];
    const auto check = [&](bool is_the_same, const std::string& path) {
      if (is_the_same) return;
      throw Error(first.script + " and " + path + " are of different layouts; a directory has one");
    };
    for (const auto& item : items_) {
      check(item.name.is_flyway == first.name.is_flyway &&
                name_in_folder(item) == name_in_folder(first),
            item.script);
    }
    if (!repeatables_.empty()) check(first.name.is_flyway, repeatables_[0].path);
  }

  // Empty for a file.
  static std::string_view name_in_folder(const DirectoryItem& item) {
    return item.layout == Layout::kFolders ? name_in_path(item.script) : std::string_view();
  }

  void sort_repeatables() {
    std::stable_sort(repeatables_.begin(), repeatables_.end(),
                     [](const auto& a, const auto& b) { return a.description < b.description; });
    const auto same = std::adjacent_find(
        repeatables_.begin(), repeatables_.end(),
        [](const auto& a, const auto& b) { return a.description == b.description; });
    if (same == repeatables_.end()) return;
    throw Error(same->path + " and " + std::next(same)->path + " have the same name, '" +
                same->description + "'");
  }

  void check_versions() const {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const DirectoryItem* before = i > 0 ? &items_[i - 1] : nullptr;
      if (before != nullptr) check_differ(*before, items_[i]);
      const bool has_up = before != nullptr && before->layout == Layout::kPairs &&
                          before->name.version == items_[i].name.version;
      if (!items_[i].is_down() || has_up) continue;
      fail_at(items_[i].path,
              items_[i].name.is_flyway
                  ? "there is no V of this version (refinery's U, a way up, is not read)"
                  : "there is no .up.sql of this version");
    }
  }

  // Two that follow each other. Of Flyway's versions two may become one number: 1.2 and 1001002.
  static void check_differ(const DirectoryItem& a, const DirectoryItem& b) {
    if (a.name.version != b.name.version) return;
    const bool is_one_of_flyway = a.name.is_flyway && b.name.is_flyway;
    if (is_one_of_flyway && a.name.digits != b.name.digits) {
      throw Error(a.path + " and " + b.path + " are both version " +
                  std::to_string(a.name.version) + " here; rename one");
    }
    if (a.is_down() != b.is_down()) return;
    throw Error(a.path + " and " + b.path + " have the same version, " +
                std::to_string(a.name.version));
  }

  const std::string& directory_;
  std::vector<DirectoryItem> items_;
  std::vector<RepeatableItem> repeatables_;
  std::vector<std::string> other_folders_;  // that are no migration
};

}  // namespace

std::string join_path(const std::string& directory, const std::string& name) {
  return directory + (directory.ends_with('/') ? "" : "/") + name;
}

DirectoryItems find_items(const std::string& directory) { return Finder(directory).find(); }

}  // namespace larder
