// The lines that libFuzzer tries: calls of every function and table that kv_help names, in every
// place where SQL takes an expression. Any input is lines of text, so that a find can be read, and
// means the same when there are other functions.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "fuzz/host.h"
#include "fuzz/sql_patterns.h"
#include "fuzz/target.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t most);

namespace {

using namespace fuzz::patterns;  // NOLINT(google-build-using-namespace)

// A row of kv_help: a function and its arguments, or a table and its columns.
struct Name {
  std::string name;
  std::vector<std::string> parts;
};

// The words of a signature behind its name.
std::vector<std::string> words_of(const std::string& signature) {
  std::vector<std::string> words(1);
  for (const char c : signature.substr(signature.find('('))) {
    const bool is_word = (c >= 'a' && c <= 'z') || c == '_';
    if (is_word) words.back() += c;
    if (!is_word && !words.back().empty()) words.emplace_back();
  }
  words.pop_back();
  return words;
}

struct Names {
  std::vector<Name> functions;
  std::vector<Name> tables;
  std::vector<std::string> in_file;
  std::vector<std::string> columns_in_file;
};

void add_strings(support::Database& db, const char* sql, std::vector<std::string>& strings) {
  sqlite3_stmt* rows = db.prepare(sql);
  while (sqlite3_step(rows) == SQLITE_ROW)
    strings.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(rows, 0)));
  sqlite3_finalize(rows);
}

Names read_names() {
  fuzz::Host host(":memory:");
  Names names;
  std::vector<std::string> signatures;
  add_strings(host.db(), "SELECT signature FROM kv_help", signatures);
  for (const auto& signature : signatures) {
    Name name{signature.substr(0, signature.find('(')), words_of(signature)};
    (name.name.starts_with("kv_") && !name.parts.empty() && signature.find('[') == std::string::npos
         ? names.tables
         : names.functions)
        .push_back(std::move(name));
  }
  host.db().run("SELECT cache_del('a')");
  add_strings(host.db(), "SELECT name FROM sqlite_schema WHERE type = 'table'", names.in_file);
  add_strings(host.db(),
              "SELECT DISTINCT c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c",
              names.columns_in_file);
  return names;
}

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return random_() % end; }

  template <class List>
  const auto& any_of(const List& list) {
    return list[below(std::size(list))];
  }

  std::string line() { return filled(any_of(kLines)); }

  std::string filled(const std::string& pattern) {
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] == '@' && at + 1 < pattern.size()) {
        text += part(pattern[++at]);
      } else {
        text += pattern[at];
      }
    }
    return text;
  }

 private:
  std::string part(char what) {
    constexpr int kDeepest = 5;
    if (depth_ >= kDeepest && (what == 'e' || what == 'f')) what = 'v';
    ++depth_;
    const Name* table = table_;
    std::string text = made(what);
    if (what == 'e' || what == 'f') table_ = table;
    --depth_;
    return text;
  }

  std::string made(char what) {
    static const Names names = read_names();
    constexpr const char* kTables[] = {"t", "t", "u", "v", "w"};
    switch (what) {
      case 'e':
        return filled(any_of(kExpressions));
      case 'f':
        return call(any_of(names.functions));
      case 't':
        return any_of(kTables);
      case 'k':
        table_ = &any_of(names.tables);
        return table_->name;
      case 'c':
        return any_of((table_ != nullptr ? *table_ : names.tables[0]).parts);
      case 'l':
        return any_of(names.in_file);
      case 'n':
        return any_of(names.columns_in_file);
      case 's':
        return filled(any_of(kSettings));
      case 'j':
        return any_of(kModes);
      default:
        return any_of(kValues);
    }
  }

  std::string call(const Name& function) {
    std::string text = function.name + "(";
    // Most calls have a number of arguments that the function takes.
    const std::size_t least = function.parts.size() / 2;
    const std::size_t count = least + below(function.parts.size() - least + 1);
    for (std::size_t i = 0; i < count; ++i)
      text += (i > 0 ? ", " : "") + argument(function.parts[i]);
    return text + ")";
  }

  // What fits, as a rule.
  std::string argument(const std::string& name) {
    constexpr std::size_t kOften = 4;
    if (below(kOften) == 0) return part('e');
    constexpr const char* kKeys[] = {"'a'", "'b'", "1", "x'00'"};
    constexpr const char* kTokens[] = {"1", "2", "3", "(SELECT max(token) FROM kv_ledger)"};
    constexpr const char* kLifetimes[] = {"5", "60", "'15m'", "NULL", "0", "9e999"};
    if (name == "key" || name == "id" || name == "name" || name == "job") return any_of(kKeys);
    if (name == "ledger") return "'q'";
    if (name == "token" || name == "run" || name == "version") return any_of(kTokens);
    if (name == "ttl" || name == "lease" || name == "keep" || name == "delay")
      return any_of(kLifetimes);
    return part('v');
  }

  std::mt19937 random_;
  int depth_ = 0;
  const Name* table_ = nullptr;
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  fuzz::Input input(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  while (!input.is_empty()) lines.emplace_back(input.until('\n'));
  return lines;
}

void change(std::vector<std::string>& lines, Writer& writer) {
  const auto place = [&] { return static_cast<std::ptrdiff_t>(writer.below(lines.size())); };
  const std::size_t what = lines.empty() ? 0 : writer.below(8);
  if (what <= 3) {
    const auto at = static_cast<std::ptrdiff_t>(writer.below(lines.size() + 1));
    lines.insert(lines.begin() + at, writer.line());
  } else if (what == 4) {
    lines.erase(lines.begin() + place());
  } else if (what == 5) {
    const std::string copy = writer.any_of(lines);
    lines.insert(lines.begin() + place(), copy);
  } else if (what == 6) {
    std::swap(lines[writer.below(lines.size())], lines[writer.below(lines.size())]);
  } else {
    lines[writer.below(lines.size())] = writer.line();
  }
}

}  // namespace

// Changes lines, and now and then bytes.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size,
                                               std::size_t most, unsigned seed) {
  constexpr std::size_t kLinesToBytes = 8;
  Writer writer(seed);
  if (writer.below(kLinesToBytes) == 0) return LLVMFuzzerMutate(bytes, size, most);
  auto lines = lines_of(fuzz::text_of(bytes, size));
  for (std::size_t left = 1 + writer.below(4); left > 0; --left) change(lines, writer);
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  text.resize(std::min(text.size(), most));
  std::copy(text.begin(), text.end(), bytes);
  return text.size();
}
