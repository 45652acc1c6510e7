#!/usr/bin/env python3
"""Every block of SQL in a page runs in the sqlite3 shell, and prints what it says (tests/support/pages.py)."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from pages import PAGES, ROOT, blocks, name_of, printed, read, shown  # noqa: E402


class Examples(unittest.TestCase):
    maxDiff = None

    def test_each_prints_what_it_says(self):
        for page in PAGES:
            for line, block in blocks(read(page), "sql"):
                with self.subTest(f"{name_of(page)}:{line}"):
                    self.assertEqual(printed(block), shown(block))

    def test_those_of_the_front_page_run_one_after_the_other(self):
        page = "".join(block for _, block in blocks(read(ROOT / "README.md"), "sql"))
        self.assertEqual(printed(page), shown(page))


if __name__ == "__main__":
    unittest.main()
