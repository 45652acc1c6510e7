// One file with both directions.
#include "migration/sections.h"

#include <algorithm>
#include <vector>

#include "migration/failure.h"
#include "migration/statement_heads.h"
#include "sqlite/ascii.h"
#include "sqlite/space.h"

namespace larder {

namespace {

// A line that means something to a tool.
struct Mark {
  Dialect dialect;
  std::string command;  // lower case, its words parted by one space
  std::size_t begin;    // of the line
  std::size_t end;      // of the line: where the next one begins
  int line;
};

std::string lower_words(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_space(c)) {
      result.push_back(to_lower(c));
    } else if (!result.empty() && result.back() != ' ') {
      result.push_back(' ');
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool remove_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

// Reads one line. In both tools a mark begins its line, with or without space after the dashes.
std::optional<Mark> read_mark(std::string_view line) {
  if (!line.starts_with("--")) return std::nullopt;
  std::string words = lower_words(line.substr(2));
  if (remove_prefix(words, "+goose ")) return Mark{Dialect::kGoose, std::move(words), 0, 0, 0};
  if (words != "migrate:no-transaction" && remove_prefix(words, "migrate:") && !words.empty() &&
      words[0] != ' ') {
    return Mark{Dialect::kDbmate, std::move(words), 0, 0, 0};
  }
  return std::nullopt;
}

std::vector<Mark> find_marks(std::string_view text) {
  std::vector<Mark> marks;
  int number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (auto mark = read_mark(text.substr(at, end - at))) {
      mark->begin = at;
      mark->end = end;
      mark->line = number;
      marks.push_back(std::move(*mark));
    }
    at = end;
  }
  return marks;
}

bool opens(const Mark& mark, std::string_view direction) {
  return mark.command == direction ||
         (mark.dialect == Dialect::kDbmate && mark.command.starts_with(direction) &&
          mark.command[direction.size()] == ' ');
}

bool says_no_transaction(const Mark& mark) {
  const std::string options = mark.command + " ";
  return options.find(" transaction:false ") != std::string::npos;
}

// Finds the sections of one file, going through its marks in their order.
class Splitter {
 public:
  explicit Splitter(const Script& whole) : text_(whole.text), file_(whole.file) {}

  Sections split(const std::vector<Mark>& marks) {
    // "-- migrate:no-transaction" above all marks speaks for both directions.
    alone_ = make_script(text_.substr(0, marks[0].begin)).alone;
    for (const auto& mark : marks) {
      if (mark.dialect != marks[0].dialect)
        fail(mark.line, "the file has marks of both dbmate and goose");
      take(mark);
    }
    if (up_ == nullptr) fail(marks[0].line, "the file has no '" + mark_of("up") + "'");
    if (const auto sql = skip_space(text_, 0); sql < up_->begin) {
      fail(line_of(text_, sql), "SQL before '" + mark_of("up") + "' belongs to no direction");
    }
    Sections sections;
    sections.dialect = marks[0].dialect;
    sections.up = section(*up_, down_ != nullptr ? down_->begin : text_.size());
    if (down_ != nullptr) sections.down = section(*down_, text_.size());
    // goose takes a file without a way down for one that undoes nothing.
    if (down_ == nullptr && dialect_ == Dialect::kGoose) sections.down = make_script("", file_);
    return sections;
  }

 private:
  [[noreturn]] void fail(int line, const std::string& why) const {
    fail_at(file_ + ":" + std::to_string(line), why);
  }

  std::string mark_of(const char* direction) const {
    if (dialect_ == Dialect::kDbmate) return std::string("-- migrate:") + direction;
    return std::string("-- +goose ") + (direction[0] == 'u' ? "Up" : "Down");
  }

  void take(const Mark& mark) {
    dialect_ = mark.dialect;
    if (opens(mark, "up")) {
      if (up_ != nullptr) fail(mark.line, "'" + mark_of("up") + "' is there already");
      if (down_ != nullptr) fail(mark.line, "the way down stands before the way up");
      up_ = &mark;
    } else if (opens(mark, "down")) {
      if (up_ == nullptr) fail(mark.line, "the way down stands before the way up");
      if (down_ != nullptr) fail(mark.line, "'" + mark_of("down") + "' is there already");
      down_ = &mark;
    } else if (dialect_ == Dialect::kGoose && mark.command == "no transaction") {
      alone_ = true;
    } else if (!is_idle(mark)) {
      fail(mark.line,
           "'" + mark.command + "' is no mark of " + name_of(dialect_) + " that is known here");
    }
  }

  // Marks that change nothing: Larder finds by itself where a statement ends. (ENVSUB ON is not
  // among them: it makes the text depend on the environment, and its checksum with it.)
  static bool is_idle(const Mark& mark) {
    return mark.dialect == Dialect::kGoose &&
           (mark.command == "statementbegin" || mark.command == "statementend" ||
            mark.command == "envsub off");
  }

  Script section(const Mark& mark, std::size_t end) const {
    return make_script(text_.substr(mark.end, end - mark.end), file_, mark.line + 1,
                       alone_ || says_no_transaction(mark));
  }

  const std::string& text_;
  const std::string& file_;
  Dialect dialect_ = Dialect::kPlain;
  const Mark* up_ = nullptr;
  const Mark* down_ = nullptr;
  bool alone_ = false;
};

}  // namespace

const char* name_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPlain:
      return "plain SQL";
    case Dialect::kDbmate:
      return "dbmate";
    case Dialect::kGoose:
      return "goose";
  }
  return "";
}

Sections split_sections(Script whole) {
  const auto marks = find_marks(whole.text);
  // In a file without a section, "-- migrate:something" is a comment like any other.
  const bool has_section = std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
    return mark.dialect == Dialect::kGoose || opens(mark, "up") || opens(mark, "down");
  });
  if (has_section) return Splitter(whole).split(marks);
  Sections sections;
  sections.up = std::move(whole);
  return sections;
}

}  // namespace larder
