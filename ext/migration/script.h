// Migration scripts as text: what is in them, without running them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace larder {

// A statement's place in its script and its first words, which tell what it does. (Those of EXPLAIN
// are left out: it compiles what follows, and some pragmas act when they are compiled.)
struct StatementHead {
  int number;                      // the first is 1
  int line;                        // of its first word; the first is 1
  std::vector<std::string> words;  // up to kHeadWords tokens, upper case, without quotes
};

inline constexpr std::size_t kHeadWords = 6;

// The heads of all statements of `script`. A semicolon inside a trigger, a string or a comment ends
// none.
std::vector<StatementHead> statement_heads(std::string_view script);

// The line of `script` on which the byte at `offset` stands; the first is 1.
int line_of(std::string_view script, std::size_t offset);

// The offset of the first byte from `offset` on that is neither space nor comment.
std::size_t skip_space(std::string_view script, std::size_t offset);

// True for a script that begins with `-- migrate:no-transaction`.
bool wants_no_transaction(std::string_view script);

// Why `head` must not stand in a script that runs inside a transaction, or "" when it may.
std::string refusal(const StatementHead& head);

// True when `head` names a file to SQLite: ATTACH, or one of the pragmas that do.
bool names_file(const StatementHead& head);

// True for DROP TABLE.
bool drops_table(const StatementHead& head);

// A hash of `script` that does not change with CR, a byte order mark or blank lines at the end: 32
// hexadecimal digits (XXH3, 128 bits).
std::string checksum(std::string_view script);

}  // namespace larder
