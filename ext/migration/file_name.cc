// What the names of migrations' files and folders say.
#include "migration/file_name.h"

#include <algorithm>

#include "migration/flyway_version.h"
#include "migration/version_number.h"

namespace larder {

namespace {

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// True for what begins as 2018-01-14, which diesel writes.
bool begins_with_date(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() < kShape.size()) return false;
  return std::equal(kShape.begin(), kShape.end(), text.begin(),
                    [](char shape, char c) { return shape == '0' ? is_digit(c) : c == shape; });
}

// Where the version at the beginning of `name` ends. A version that begins with a date consists of
// all numbers that follow: 2018-01-14-171611.
std::size_t version_end(std::string_view name) {
  std::size_t end = digits_end(name, 0);
  if (!begins_with_date(name)) return end;
  while (end + 1 < name.size() && name[end] == '-' && is_digit(name[end + 1]))
    end = digits_end(name, end + 1);
  return end;
}

// `stem` is a name without its endings, such as .up.sql.
FileName read_stem(std::string_view stem, Direction direction) {
  const std::size_t end = version_end(stem);
  const bool has_title = end < stem.size();
  if (end == 0 || (has_title && stem[end] != '_' && stem[end] != '-')) {
    throw Error(
        "a migration's name begins with its version and '_', such as 003_state; rename it, or "
        "move it elsewhere");
  }
  std::string digits(stem.substr(0, end));
  std::erase(digits, '-');
  const std::int64_t version = version_number(digits, digits);
  return {version, std::move(digits), has_title ? stem[end] : '\0',
          std::string(has_title ? stem.substr(end + 1) : std::string_view()), direction};
}

// V3__state of Flyway and refinery, and Flyway's U3__state, which is the way down. Nothing for
// other names.
std::optional<FileName> read_flyway_stem(std::string_view stem) {
  const bool is_up = stem.starts_with('V');
  if ((!is_up && !stem.starts_with('U')) || !begins_with_digit(stem.substr(1))) return std::nullopt;
  stem.remove_prefix(1);
  const std::size_t end = FlywayVersion::end_in(stem);
  if (stem.substr(end, 2) != "__")
    throw Error("a name of Flyway's has two '_' behind the version, as V3__state or V1.2__state");
  const FlywayVersion version(stem.substr(0, end));
  return FileName{version.number(),
                  version.text(),
                  '_',
                  std::string(stem.substr(end + 2)),
                  is_up ? Direction::kUp : Direction::kDown,
                  true};
}

bool remove_suffix(std::string_view& name, std::string_view suffix) {
  if (!name.ends_with(suffix)) return false;
  name.remove_suffix(suffix.size());
  return true;
}

bool remove_sql_suffix(std::string_view& name) {
  return remove_suffix(name, ".sql") || remove_suffix(name, ".SQL");
}

// V3__state, V1.2__state, U3__state or R__state.
bool begins_as_flyway(std::string_view name) {
  if (name.starts_with("R__")) return true;
  if (!name.starts_with('V') && !name.starts_with('U')) return false;
  const std::string_view version = name.substr(1);
  const std::size_t end = FlywayVersion::end_in(version);
  return end > 0 && version.substr(end, 2) == "__";
}

// The language of a migration that is a program: of goose's, refinery's or Flyway's. Else nullptr.
const char* language_of(std::string_view name) {
  if (begins_with_digit(name) && name.ends_with(".go") && !name.ends_with("_test.go")) return "Go";
  if (begins_as_flyway(name) && name.ends_with(".rs")) return "Rust";
  if (begins_as_flyway(name) && name.ends_with(".java")) return "Java";
  return nullptr;
}

}  // namespace

std::optional<FileName> read_file_name(std::string_view name) {
  if (const char* language = language_of(name)) {
    throw Error(std::string("it is a migration in ") + language +
                ", which cannot be run here; write it in SQL");
  }
  if (!remove_sql_suffix(name)) return std::nullopt;
  if (remove_suffix(name, ".up")) return read_stem(name, Direction::kUp);
  if (remove_suffix(name, ".down")) return read_stem(name, Direction::kDown);
  if (auto flyway = read_flyway_stem(name)) return flyway;
  return read_stem(name, Direction::kBoth);
}

std::optional<std::string> read_repeatable_name(std::string_view name) {
  constexpr std::string_view kPrefix = "R__";
  if (!name.starts_with(kPrefix) || !remove_sql_suffix(name)) return std::nullopt;
  std::string description(name.substr(kPrefix.size()));
  if (description.empty()) throw Error("a repeatable migration needs a name behind R__");
  std::replace(description.begin(), description.end(), '_', ' ');
  return description;
}

bool is_flyway_migration(std::string_view name) {
  return begins_as_flyway(name) && (language_of(name) != nullptr || remove_sql_suffix(name));
}

FileName read_folder_name(std::string_view name) { return read_stem(name, Direction::kBoth); }

std::optional<FileName> try_file_name(std::string_view name) {
  try {
    auto file = read_file_name(name);
    return file ? file : read_folder_name(name);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace larder
