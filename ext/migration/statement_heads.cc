// The statements of a migration script, found without running them.
#include "migration/statement_heads.h"

#include <algorithm>

#include "sqlite/ascii.h"
#include "sqlite/token.h"

namespace larder {

namespace {

// A token as a word to compare: upper case, quotes taken off.
std::string word_of(std::string_view token) {
  if (token.size() >= 2 && is_quoted(token)) token = token.substr(1, token.size() - 2);
  return upper_case(std::string(token));
}

// CREATE [TEMP|TEMPORARY] TRIGGER. Such a statement ends only with "; END ;", the same rule as in
// sqlite3_complete().
bool is_trigger(const std::vector<std::string>& words) {
  if (words.size() < 2 || words[0] != "CREATE") return false;
  const std::size_t at = words[1] == "TEMP" || words[1] == "TEMPORARY" ? 2 : 1;
  return at < words.size() && words[at] == "TRIGGER";
}

using Visit = std::function<void(const StatementHead&)>;

// Makes the heads of the tokens of a script, which come in their order.
class HeadReader {
 public:
  HeadReader(std::string_view script, const Visit& visit) : script_(script), visit_(visit) {}

  void take(const Token& token) {
    const std::string_view text = script_.substr(token.begin, token.end - token.begin);
    if (text != ";") {
      take_word(text, token.begin);
    } else if (is_trigger(head_.words) && !at_trigger_end_) {
      after_semicolon_ = true;
    } else {
      end_statement();
    }
  }

  // A semicolon without a statement before it counts for nothing.
  void end_statement() {
    at_trigger_end_ = false;
    if (!head_.words.empty()) {
      visit_(head_);
      ++head_.number;
    }
    head_.line = 0;
    head_.words.clear();
  }

 private:
  void take_word(std::string_view text, std::size_t begin) {
    if (head_.line == 0) head_.line = line_at(begin);
    const bool is_in_head = head_.words.size() < kHeadWords;
    if (!is_in_head && !after_semicolon_) {
      at_trigger_end_ = false;
      return;
    }
    std::string word = word_of(text);
    at_trigger_end_ = after_semicolon_ && word == "END";
    after_semicolon_ = false;
    const bool is_explain =
        head_.words.empty() && (word == "EXPLAIN" || word == "QUERY" || word == "PLAN");
    if (!is_explain && is_in_head) head_.words.push_back(std::move(word));
  }

  // Offsets must not decrease from call to call: it counts on from the last one.
  int line_at(std::size_t offset) {
    line_ += line_of(script_.substr(counted_), offset - counted_) - 1;
    counted_ = offset;
    return line_;
  }

  std::string_view script_;
  const Visit& visit_;
  StatementHead head_{1, 0, {}};
  bool after_semicolon_ = false;  // within a trigger: the last token was a semicolon
  bool at_trigger_end_ = false;   // within a trigger: the last tokens were a semicolon and END
  std::size_t counted_ = 0;       // up to here the lines are counted
  int line_ = 1;                  // on which `counted_` stands
};

}  // namespace

int line_of(std::string_view script, std::size_t offset) {
  const auto end = script.begin() + static_cast<std::ptrdiff_t>(std::min(offset, script.size()));
  return 1 + static_cast<int>(std::count(script.begin(), end, '\n'));
}

void for_each_statement(std::string_view script, const Visit& visit) {
  HeadReader reader(script, visit);
  for (Token token = next_token(script, 0); token.begin < token.end;
       token = next_token(script, token.end)) {
    reader.take(token);
  }
  reader.end_statement();
}

}  // namespace larder
