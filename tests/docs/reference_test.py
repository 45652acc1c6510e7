#!/usr/bin/env python3
"""sql/README.md is the reference: it says of each function and table of kv_help, and of each setting, what there is to say."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from pages import ROOT, blocks, first_cells, prose, read, sections, shell  # noqa: E402

PAGE = read(ROOT / "sql" / "README.md")
HELP = dict(line.split("|", 1) for line in shell("SELECT name, signature FROM kv_help;"))
ENTRIES = [(title, text) for title, text in sections(PAGE, 3) if re.fullmatch(r"[a-z_]+", title)]

SAID_OF_FUNCTIONS = ("Returns", "Errors", "Cost")
SAID_OF_TABLES = ("Rows", "Writes", "Errors", "Cost")


def said(text):
    """What the entry's list says: its bold words with their text."""
    return dict(re.findall(r"^- \*\*(\w+)\*\* (.*?)(?=^- |\n\n)", text, re.M | re.S))


class Reference(unittest.TestCase):
    def test_each_of_kv_help_has_one_section(self):
        self.assertEqual(sorted(title for title, _ in ENTRIES), sorted(HELP))

    def test_the_contents_link_to_each(self):
        contents = PAGE.split("\n## ")[0]
        self.assertEqual([title for title, _ in ENTRIES if f"[{title}](#{title})" not in contents], [])

    def test_the_tables_are_those_of_the_schema(self):
        named = re.findall(r"^\| \[`(larder_\w+)`\]", PAGE, re.M)
        self.assertEqual(sorted(named), sorted(f"larder_{file.stem}" for file in (ROOT / "sql" / "schema").glob("*.sql")))

    def test_its_first_line_is_the_signature_and_the_version(self):
        for title, text in ENTRIES:
            with self.subTest(title):
                self.assertRegex(text.lstrip().splitlines()[0], r"^`" + re.escape(HELP.get(title, "")) + r"` · since \d+\.\d+$")

    def test_it_says_what_there_is_to_say(self):
        for title, text in ENTRIES:
            with self.subTest(title):
                self.assertEqual(tuple(said(text)), SAID_OF_TABLES if title.startswith("kv_") and "Rows" in said(text) else SAID_OF_FUNCTIONS)

    def test_it_has_an_example_that_uses_it(self):
        for title, text in ENTRIES:
            with self.subTest(title):
                self.assertRegex("".join(block for _, block in blocks(text, "sql")), rf"\b{title}\b")

    def test_what_goes_in_steps_says_so(self):
        """The calls that are not one change outside a transaction: the rule, their sections and kv_help all name them."""
        told = {title for title, text in ENTRIES if re.search(r"in\s+steps\s+of", said(text).get("Cost", ""))}
        helped = set(shell("SELECT name FROM kv_help WHERE summary LIKE '%outside a transaction in steps that commit%';"))
        sentence = re.search(r"Two calls\s+go in short steps(.*?)\.\s", PAGE, re.S).group(1)
        self.assertEqual(told, helped)
        self.assertEqual(set(re.findall(r"`(\w+)\(", sentence)), helped)

    def test_the_settings_are_those_of_kv_config(self):
        (message,) = [line for line in shell("SELECT kv_config('?');") if "there are" in line]
        there = set(re.findall(r"[a-z]+(?:\.[a-z_]+)?", message.split("there are")[1]))
        self.assertEqual(set(first_cells(prose(PAGE), "setting")) - {"busy_timeout", "foreign_keys", "synchronous", "journal_mode"}, there)


if __name__ == "__main__":
    unittest.main()
