// The files and folders of a directory that are migrations, by their names.
#pragma once

#include <string>
#include <vector>

#include "migration/file_name.h"

namespace larder {

enum class Layout { kFiles, kPairs, kFolders };

struct DirectoryItem {
  FileName name;
  Layout layout;
  std::string path;
  std::string script;  // the file to run; in a folder, the way up

  bool is_down() const { return name.direction == Direction::kDown; }
};

// A file of Flyway's that has no version.
struct RepeatableItem {
  std::string description;  // it has no other name
  std::string path;
};

struct DirectoryItems {
  std::vector<DirectoryItem> versioned;     // by version, the way up before the way down
  std::vector<RepeatableItem> repeatables;  // by description
};

std::string join_path(const std::string& directory, const std::string& name);

// All items. Throws Error as read_directory().
DirectoryItems find_items(const std::string& directory);

}  // namespace larder
