// What a table in the file is to Larder.
#include "store/table_form.h"

#include <algorithm>

#include "sqlite/ascii.h"
#include "sqlite/token.h"

namespace larder {

namespace {

// Without its quotes, if it is a word in quotes.
std::string_view unquoted(std::string_view token) {
  if (token[0] != '"' || token.size() < 3) return token;
  const std::string_view inner = token.substr(1, token.size() - 2);
  const bool is_word =
      std::all_of(inner.begin(), inner.end(), [](char c) { return is_alnum(c) || c == '_'; });
  return is_word ? inner : token;
}

// The tokens of DDL, each with a space behind it, without what tools that carry a schema from file
// to file change: comments, space, case, and quotes around the name of the table or of a column
// (which also begins the terms of a CHECK). In any other place quotes make a type of words that
// would say something, such as "NOT NULL" or "--".
std::string normalized(std::string_view ddl) {
  std::string result;
  bool may_be_name = false;
  for (Token at = next_token(ddl, 0); at.begin < at.end; at = next_token(ddl, at.end)) {
    std::string_view token = ddl.substr(at.begin, at.end - at.begin);
    if (may_be_name) token = unquoted(token);
    result += is_quoted(token) ? std::string(token) : lower_case(std::string(token));
    may_be_name =
        token == "(" || token == "," || result.ends_with(" or") || result.ends_with("create table");
    result += ' ';
  }
  return result;
}

// Of normalized text, from the first parenthesis on: what comes before differs between our script
// and sqlite_schema.
std::string body_of(const std::string& text) {
  const auto from = text.find('(');
  if (from == std::string::npos) return {};
  return text.substr(from, text.find(';') - from);
}

// The same of the table as it was before `added` gave it its latest columns.
std::string body_before(std::string body, std::string_view added) {
  constexpr std::string_view kAdd = "add column ";
  const std::string script = normalized(added);
  for (auto at = script.find(kAdd); at != std::string::npos; at = script.find(kAdd, at)) {
    at += kAdd.size();
    const std::string column = ", " + script.substr(at, script.find(';', at) - at);
    if (const auto found = body.find(column); found != std::string::npos)
      body.erase(found, column.size());
  }
  return body;
}

// True of the text that SQLite keeps when this code has created the table: all of the script from
// the table's name to the end of the statement.
bool is_as_created(std::string_view text, const EmbeddedTable& expected) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  if (!text.starts_with(kCreate)) return false;
  text.remove_prefix(kCreate.size());
  std::string_view ddl = expected.ddl;
  ddl.remove_prefix(ddl.find("EXISTS main.") + std::string_view("EXISTS main.").size());
  return ddl.starts_with(text) && ddl.substr(text.size()).starts_with(';');
}

}  // namespace

const EmbeddedTable* find_table(std::string_view name) {
  for (const auto& table : kEmbeddedTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

// A later version may have changed any table but larder_meta. What is then still a table is safe to
// read if it computes no column.
TableForm form_of(const FoundTable& table, const EmbeddedTable& expected, std::int64_t version) {
  if (table.type != "table") return TableForm::kForeign;
  if (is_as_created(table.sql, expected)) return TableForm::kCurrent;
  const std::string text = normalized(table.sql);
  // A virtual table is of type table, too.
  if (!text.starts_with("create table " + table.name + " ( ")) return TableForm::kForeign;
  const bool computes = text.find(" as ( ") != std::string::npos;
  if (version > kSchemaVersion) return computes ? TableForm::kForeign : TableForm::kCurrent;
  const std::string found = body_of(text);
  const std::string body = body_of(normalized(expected.ddl));
  if (found == body) return TableForm::kCurrent;
  return found == body_before(body, expected.added) ? TableForm::kOutdated : TableForm::kForeign;
}

}  // namespace larder
