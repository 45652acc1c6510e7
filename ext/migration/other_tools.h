// What other migration tools have applied in this database, as their own tables tell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "migration/source.h"
#include "store/connection.h"

namespace larder {

struct OtherHistory {
  std::string tool;
  std::string table;
  bool is_readable = false;  // else the tool's versions are not known here
  // Applied, ascending. Where the tool keeps one version that stands for all up to it, those of the
  // source are among them.
  std::vector<std::int64_t> versions;
  std::string problem;  // why this history cannot be taken over as it is, or ""

  bool is_empty() const { return versions.empty() && problem.empty(); }
  bool has_applied(std::int64_t version) const;

  // "goose (goose_db_version)"
  std::string title() const { return tool + " (" + table + ")"; }
};

// The histories of other tools that are in the main database (tool_tables.h), as far as they can be
// read beside `source`. An empty one is among them only if it can be read and its table has the
// usual name.
std::vector<OtherHistory> read_other_histories(Connection& connection, const Source& source);

// That a database has two: "there are histories of both goose (goose_db_version) and ...".
std::string says_both(const std::string& one, const std::string& other);

// What the user has said of such histories: what they have applied counts for Larder, or is of
// other migrations than Larder's. That holds also when everything was undone again. The second
// needs a WriteScope or a transaction.
enum class OthersAre { kUnknown, kTakenOver, kPassedOver };
OthersAre others_are(Connection& connection);
void remember_others(Connection& connection, OthersAre others);

// How the user says the last, in a message: by a version below all those of `source`.
std::string how_to_pass_over(const Source& source);

// What an unreadable history leaves to do.
inline constexpr char kBaselineInstead[] =
    "migrate_baseline(version, directory) counts all up to that version as applied";

}  // namespace larder
