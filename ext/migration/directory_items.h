// The files and folders of a directory that are migrations, by their names.
#pragma once

#include <string>
#include <vector>

#include "migration/file_name.h"

namespace larder {

enum class Layout { kFiles, kPairs, kFolders };

// What prisma calls the way up in a migration's folder. It has no way down.
inline constexpr const char* kPrismaScript = "migration.sql";

struct DirectoryItem {
  FileName name;
  Layout layout;
  std::string path;
  std::string script;  // the file to run; in a folder, the way up

  bool is_down() const { return name.direction == Direction::kDown; }
};

std::string join_path(const std::string& directory, const std::string& name);

// All items, by version, the way up before the way down. Throws Error as read_directory().
std::vector<DirectoryItem> find_items(const std::string& directory);

}  // namespace larder
