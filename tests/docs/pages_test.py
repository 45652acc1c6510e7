#!/usr/bin/env python3
"""The pages name what is there: links, files, make targets, environment variables, functions; and README.md is short."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from pages import FILES, PAGES, ROOT, anchors, blocks, code_spans, name_of, prose, read, sections, shell  # noqa: E402

MOST_LINES = 160  # two minutes
LONG = 60  # characters: a sentence, and no phrase
SOURCES = [file for file in FILES if file.suffix in (".cc", ".h", ".py", ".sh", ".sql", ".txt", "")]


def commands(text):
    """What a reader may type: code in a sentence, and blocks for a shell."""
    return "\n".join(code_spans(text) + [block for _, block in blocks(text, "sh")])


class Pages(unittest.TestCase):
    def of_each_page(self, check):
        for page in PAGES:
            with self.subTest(name_of(page)):
                check(page, read(page))

    def test_the_first_page_is_short(self):
        self.assertLessEqual(len(read(ROOT / "README.md").splitlines()), MOST_LINES)

    def test_the_five_lines_are_five(self):
        (text,) = [text for title, text in sections(read(ROOT / "README.md"), 2) if title == "Five lines"]
        self.assertEqual(len(blocks(text, "sql")[0][1].splitlines()), 5)

    def test_links_lead_somewhere(self):
        def check(page, text):
            for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", prose(text)):
                target = (page.parent / path).resolve() if path else page
                self.assertTrue(target.exists(), f"there is no {path}")
                if anchor:
                    self.assertIn(anchor, anchors(read(target)), f"{path} has no #{anchor}")

        self.of_each_page(check)

    def test_files_exist(self):
        def check(_, text):
            for path in re.findall(r"(?<![\w/])((?:\.ci|ext|sql|tests)/[\w./-]*)", commands(text)):
                self.assertTrue((ROOT / path).exists(), f"there is no {path}")

        self.of_each_page(check)

    def test_make_targets_exist(self):
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
        self.of_each_page(lambda _, text: self.assertLessEqual(set(re.findall(r"\bmake ([a-z-]+)", commands(text))), targets))

    def test_environment_variables_are_read_somewhere(self):
        known = set()
        for file in SOURCES:
            known |= set(re.findall(r"\b(?:LARDER|SQLITE3)[A-Z_]*\b", file.read_text(encoding="utf-8", errors="replace")))
        self.of_each_page(lambda _, text: self.assertLessEqual(set(re.findall(r"\b(?:LARDER|SQLITE3)[A-Z_]*\b", text)), known))

    def test_no_other_function_is_mentioned(self):
        known = set(re.findall(r"\w+", "\n".join(shell("SELECT signature FROM kv_help;")))) | {"kv_hook"}  # columns as well
        known |= set(shell("SELECT name FROM kv_stats;"))
        for file in [*PAGES, ROOT / "sql" / "dashboard.sql", *(ROOT / "sql" / "recipes").glob("*.sql")]:
            with self.subTest(name_of(file)):
                # A name with a dot behind it is a file's.
                names = set(re.findall(r"\b(?:cache|ledger|lease|run|checkpoint|migrate|kv)_[a-z]+\b(?!\.\w)", read(file)))
                self.assertLessEqual(names, known)

    def test_the_recipes_are_all_there(self):
        folder = ROOT / "sql" / "recipes"
        listed = re.findall(r"\(([a-z_-]+\.sql)\)", read(folder / "README.md"))
        self.assertEqual(sorted(listed), sorted(file.name for file in folder.glob("*.sql")))

    def test_no_page_says_what_another_says(self):
        where = {}
        for page in PAGES:
            for sentence in re.split(r"(?<=[.:;])\s+|\n\n|^\|.*$", prose(read(page)), flags=re.M):
                sentence = " ".join(sentence.split())
                if len(sentence) >= LONG:
                    where.setdefault(sentence, set()).add(name_of(page))
        self.assertEqual({sentence: pages for sentence, pages in where.items() if len(pages) > 1}, {})


if __name__ == "__main__":
    unittest.main()
