// Migration scripts, as they are read before anything of them runs: their marks and statements.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "fuzz/target.h"
#include "migration/sections.h"
#include "migration/statement_heads.h"
#include "sqlite/error.h"
#include "sqlite/space.h"

namespace {

using larder::Script;

// The same to a checksum.
Script with_other_line_ends(Script script) {
  std::erase(script.text, '\r');
  script.text += "\n \n";
  return script;
}

// Heads are numbered, in order, and each is on a line of the script.
void expect_heads(std::string_view text) {
  int number = 0;
  int line = 1;
  const int last = larder::line_of(text, text.size());
  larder::for_each_statement(text, [&](const larder::StatementHead& head) {
    EXPECT_EQ(head.number, ++number);
    EXPECT_GE(head.line, line);
    EXPECT_LE(head.line, last);
    line = head.line;
    EXPECT_FALSE(head.words.empty());
    EXPECT_LE(head.words.size(), larder::kHeadWords);
  });
  EXPECT_LE(larder::skip_space(text, 0), text.size());
}

// A section is what stands in the file from its first line on.
void expect_part(const Script& whole, const Script& part) {
  std::size_t at = 0;
  for (int line = 1; line < part.first_line && at < whole.text.size(); ++line)
    at = std::min(whole.text.find('\n', at), whole.text.size() - 1) + 1;
  EXPECT_NE(whole.text.find(part.text, at), std::string::npos);
  EXPECT_LE(part.first_line, larder::line_of(whole.text, whole.text.size()) + 1);
  expect_heads(part.text);
}

void expect_sections(const Script& whole) {
  try {
    const larder::Sections sections = larder::split_sections(whole);
    expect_part(whole, sections.up);
    if (sections.down) expect_part(whole, *sections.down);
    if (sections.dialect == larder::Dialect::kPlain) {
      EXPECT_EQ(sections.up.text, whole.text);
    }
  } catch (const larder::Error& error) {
    EXPECT_TRUE(error.message().starts_with("file:")) << error.message();
  }
}

void look_at(const std::string& text, bool alone) {
  const Script script = larder::make_script(text, "file", 1, alone);
  expect_heads(script.text);
  expect_sections(script);
  EXPECT_EQ(larder::checksum(script).size(), 32u);
  EXPECT_EQ(larder::checksum(with_other_line_ends(script)), larder::checksum(script));
}

}  // namespace

// The first byte is a space where a file beside the script asks for no transaction.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::Input input(bytes, size);
  const bool alone = input.byte() == ' ';
  look_at(std::string(input.take(size)), alone);
  return 0;
}
