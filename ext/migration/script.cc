// Migration scripts as text.
#include "migration/script.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "sqlite/ascii.h"

namespace larder {

namespace {

bool is_word(char c) { return is_alnum(c) || c == '_' || c == '$' || (c & 0x80) != 0; }

// The end of what opens at `at` with a quote, or the end of the script.
std::size_t quoted_end(std::string_view script, std::size_t at) {
  const char close = script[at] == '[' ? ']' : script[at];
  for (++at; at < script.size(); ++at) {
    if (script[at] != close) continue;
    const bool doubled = close != ']' && at + 1 < script.size() && script[at + 1] == close;
    if (!doubled) return at + 1;
    ++at;
  }
  return at;
}

// The end of the variable at `at`, as SQLite's tokenizer has it: $name, :name, @name or #name,
// which may go on as in Tcl with "::name" and with "(index)", where anything but space can stand,
// quotes and semicolons too.
std::size_t variable_end(std::string_view script, std::size_t at) {
  bool has_name = false;
  for (++at; at < script.size(); ++at) {
    if (is_word(script[at])) {
      has_name = true;
    } else if (script[at] == '(' && has_name) {
      at = std::min(script.find_first_of(" \t\n\f\r)", at), script.size());
      return at < script.size() && script[at] == ')' ? at + 1 : at;
    } else if (script.compare(at, 2, "::") == 0) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

struct Token {
  std::size_t begin;
  std::size_t end;
};

// The token that begins at or after `at`; empty at the end of the script.
Token next_token(std::string_view script, std::size_t at) {
  const std::size_t begin = skip_space(script, at);
  if (begin >= script.size()) return {script.size(), script.size()};
  const char c = script[begin];
  std::size_t end = begin + 1;
  if (c == '\'' || c == '"' || c == '`' || c == '[') {
    end = quoted_end(script, begin);
  } else if (c == '$' || c == ':' || c == '@' || c == '#') {
    end = variable_end(script, begin);
  } else if (is_word(c)) {
    while (end < script.size() && is_word(script[end])) ++end;
  }
  return {begin, end};
}

// A token as a word to compare: upper case, quotes taken off.
std::string word_of(std::string_view token) {
  if (token.size() >= 2 &&
      (token[0] == '"' || token[0] == '\'' || token[0] == '`' || token[0] == '[')) {
    token = token.substr(1, token.size() - 2);
  }
  return upper_case(std::string(token));
}

// CREATE [TEMP|TEMPORARY] TRIGGER: its statements end only with "; END ;", as sqlite3_complete()
// has it.
bool is_trigger(const std::vector<std::string>& words) {
  if (words.size() < 2 || words[0] != "CREATE") return false;
  const std::size_t at = words[1] == "TEMP" || words[1] == "TEMPORARY" ? 2 : 1;
  return at < words.size() && words[at] == "TRIGGER";
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The name in PRAGMA name or PRAGMA schema.name, or "" for any other statement.
std::string pragma_of(const StatementHead& head) {
  if (head.words[0] != "PRAGMA" || head.words.size() < 2) return "";
  const bool has_schema = head.words.size() > 3 && head.words[2] == ".";
  return head.words[has_schema ? 3 : 1];
}

}  // namespace

std::size_t skip_space(std::string_view script, std::size_t at) {
  while (at < script.size()) {
    if (is_space(script[at])) {
      ++at;
    } else if (script.compare(at, 2, "--") == 0) {
      at = std::min(script.find('\n', at), script.size());
    } else if (script.compare(at, 2, "/*") == 0) {
      const auto close = script.find("*/", at + 2);
      at = close == std::string_view::npos ? script.size() : close + 2;
    } else if (script.compare(at, 3, "\xef\xbb\xbf") == 0) {
      at += 3;  // a byte order mark, which SQLite skips as well
    } else {
      break;
    }
  }
  return at;
}

int line_of(std::string_view script, std::size_t offset) {
  const auto end = script.begin() + static_cast<std::ptrdiff_t>(std::min(offset, script.size()));
  return 1 + static_cast<int>(std::count(script.begin(), end, '\n'));
}

std::vector<StatementHead> statement_heads(std::string_view script) {
  std::vector<StatementHead> heads;
  StatementHead head{1, 0, {}};
  bool after_semicolon = false;  // within a trigger: the last token was a semicolon
  bool at_trigger_end = false;   // within a trigger: the last tokens were a semicolon and END
  std::size_t counted = 0;       // up to here the lines are counted
  int line = 1;
  for (Token token = next_token(script, 0); token.begin < token.end;
       token = next_token(script, token.end)) {
    const std::string_view text = script.substr(token.begin, token.end - token.begin);
    if (text != ";") {
      if (head.line == 0) {
        line += line_of(script.substr(counted, token.begin - counted), token.begin - counted) - 1;
        counted = token.begin;
        head.line = line;
      }
      const std::string word = word_of(text);
      const bool is_prefix = head.words.empty() && is_any_of(word, {"EXPLAIN", "QUERY", "PLAN"});
      if (!is_prefix && head.words.size() < kHeadWords) head.words.push_back(word);
      at_trigger_end = after_semicolon && word == "END";
      after_semicolon = false;
    } else if (is_trigger(head.words) && !at_trigger_end) {
      after_semicolon = true;
    } else {
      const int next = head.number + (head.words.empty() ? 0 : 1);
      if (!head.words.empty()) heads.push_back(std::move(head));
      head = StatementHead{next, 0, {}};
      at_trigger_end = false;
    }
  }
  if (!head.words.empty()) heads.push_back(std::move(head));
  return heads;
}

bool wants_no_transaction(std::string_view script) {
  if (script.starts_with("\xef\xbb\xbf")) script.remove_prefix(3);
  constexpr std::string_view kMark = "-- migrate:no-transaction";
  return script.starts_with(kMark) &&
         (script.size() == kMark.size() || is_space(script[kMark.size()]));
}

std::string refusal(const StatementHead& head) {
  const std::string& verb = head.words[0];
  if (is_any_of(verb, {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM",
                       "ATTACH", "DETACH"})) {
    return verb + " is not allowed in a migration, which is one transaction";
  }
  const std::string pragma = pragma_of(head);
  if (is_any_of(pragma, {"USER_VERSION", "FOREIGN_KEYS", "JOURNAL_MODE"})) {
    return "PRAGMA " + lower_case(pragma) +
           " is not allowed in a migration, which sets it itself or runs inside a transaction";
  }
  return "";
}

// (VACUUM INTO is not among them: SQLite runs no VACUUM inside a function. DETACH opens nothing.)
bool names_file(const StatementHead& head) {
  return head.words[0] == "ATTACH" ||
         is_any_of(pragma_of(head),
                   {"TEMP_STORE_DIRECTORY", "DATA_STORE_DIRECTORY", "LOCK_PROXY_FILE"});
}

bool drops_table(const StatementHead& head) {
  return head.words.size() > 1 && head.words[0] == "DROP" && head.words[1] == "TABLE";
}

std::string checksum(std::string_view script) {
  if (script.starts_with("\xef\xbb\xbf")) script.remove_prefix(3);
  std::string text;
  text.reserve(script.size());
  std::copy_if(script.begin(), script.end(), std::back_inserter(text),
               [](char c) { return c != '\r'; });
  // Blank lines at the end, and the end of the last line.
  std::size_t end = text.find_last_not_of(" \t\n");
  if (end == std::string::npos) {
    end = 0;
  } else {
    end = std::min(text.find('\n', end), text.size());
  }
  const XXH128_hash_t hash = XXH3_128bits(text.data(), end);
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return digits.data();
}

}  // namespace larder
