#!/usr/bin/env python3
"""The pages name what is there: links, files, make targets, environment variables, functions, code; and README.md is short."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from code_names import paths_in, strange_lines, strange_names, strange_paths, uncovered  # noqa: E402
from pages import FILES, PAGES, ROOT, anchors, blocks, code_spans, name_of, prose, read, sections, shell  # noqa: E402

MOST_LINES = 160  # two minutes
LONG = 60  # characters: a sentence, and no phrase
PACKAGES = ROOT / "ext" / "packages"
CODE_PAGES = [page for page in PAGES if "ext" in page.relative_to(ROOT).parts and PACKAGES not in page.parents]
# A package's page is what a registry shows, and so has to say everything by itself.
STANDING_ALONE = [page for page in PAGES if page.parent.parent == PACKAGES]
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
                if file in CODE_PAGES:  # those of C++ are for test_names_of_code_exist
                    names = set(strange_names(names))
                self.assertLessEqual(names, known)

    def test_names_of_code_exist(self):
        for page in CODE_PAGES:
            with self.subTest(name_of(page)):
                self.assertEqual(strange_names(code_spans(read(page))), [])
                self.assertEqual(strange_paths(code_spans(read(page))), [])
                self.assertEqual(strange_lines("".join(block for _, block in blocks(read(page), "cpp"))), [])

    def test_every_file_of_the_code_is_on_its_page(self):
        named = [path for page in CODE_PAGES for path in paths_in(code_spans(read(page)))]
        self.assertEqual(uncovered(named), [])

    def test_what_is_not_there_is_told(self):
        self.assertEqual(strange_names(["Change::commit()", "guard()", "Setting::changed", "Connection::state<T>()", "kEvictOne"]), [])
        for name in ("no_such_function()", "Change::no_such_member()", "NoSuchType", "NoSuchType::set()", "kNoSuchConstant"):
            self.assertEqual(strange_names([f"{name}"]), [name.replace("()", "")])
        self.assertEqual(strange_paths(["store/hot/", "change.cc", "*_sweep.cc", "no/such/", "hot/change.cc"]), ["no/such/", "hot/change.cc"])
        self.assertEqual(strange_lines("constexpr int kNone = 1;\n#pragma once\n"), ["constexpr int kNone = 1;"])

    def test_the_recipes_are_all_there(self):
        folder = ROOT / "sql" / "recipes"
        listed = re.findall(r"\(([a-z_-]+\.sql)\)", read(folder / "README.md"))
        self.assertEqual(sorted(listed), sorted(file.name for file in folder.glob("*.sql")))

    def test_no_table_is_made_of_a_call_outside_a_transaction(self):
        """It can fail with "malformed database schema", says sql/README.md, when another process has just changed the schema."""
        made_of_a_call = re.compile(r"CREATE TEMP TABLE \w+ AS\b[^;]*\b(?:cache|ledger|lease|rate|run|checkpoint|kv)_[a-z]+\(")
        scripts = {name_of(file): read(file) for file in (ROOT / "sql" / "recipes").glob("*.sql")}
        scripts |= {f"{name_of(page)}:{line}": block for page in PAGES for line, block in blocks(read(page), "sql")}
        for name, script in scripts.items():
            with self.subTest(name):
                outside = re.sub(r"^BEGIN IMMEDIATE;.*?^COMMIT;", "", script, flags=re.M | re.S)
                self.assertNotRegex(outside, made_of_a_call)

    def test_no_page_says_what_another_says(self):
        where = {}
        for page in set(PAGES) - set(STANDING_ALONE):
            for sentence in re.split(r"(?<=[.:;])\s+|\n\n|^\|.*$", prose(read(page)), flags=re.M):
                sentence = " ".join(sentence.split())
                if len(sentence) >= LONG:
                    where.setdefault(sentence, set()).add(name_of(page))
        self.assertEqual({sentence: pages for sentence, pages in where.items() if len(pages) > 1}, {})


if __name__ == "__main__":
    unittest.main()
