#!/usr/bin/env python3
"""sql/dashboard.sql shows a database on one screen, whether anything is in it or not, and leaves it alone."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

DASHBOARD = Path(__file__).resolve().parents[2] / "sql" / "dashboard.sql"

FILL = """
SELECT kv_clock(1700000000);
SELECT cache_set('page', 'text', 60), cache_set('old', 1, 10), cache_claim('next', 20);
SELECT ledger_mark('mails', 'a'), ledger_mark('mails', 'b');
SELECT lease_acquire('nightly', 50, 'Ada');
SELECT run_start('import', 30, 100), run_tick(1, 30);
SELECT run_start('export', 90, 10), run_tick(2, 5), run_finish(2, 'failed', 'no such host');
SELECT kv_clock(1700000040);
"""


class Dashboard(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "app.db")

    def tearDown(self):
        self.folder.cleanup()

    def shell(self, sql, *options):
        environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
        done = subprocess.run(
            ["sqlite3", "-batch", "-bail", "-init", os.devnull, *options, "-cmd", f".load {os.environ['LARDER']}", self.path],
            input=sql, env=environment, text=True, capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def rows(self, text):
        """The cells of all boxes, a list a row."""
        return [[cell.strip() for cell in line.strip("│").split("│")] for line in text.splitlines() if line.startswith("│")]

    def test_an_empty_file(self):
        text = self.shell(DASHBOARD.read_text(encoding="utf-8"))
        self.assertIn(["ok", "all else", "9 checks; SELECT * FROM kv_check shows each"], self.rows(text))
        self.assertEqual(os.path.getsize(self.path), 0)

    def test_a_filled_file(self):
        self.shell(FILL)
        # Its time is the fill's: a dashboard has no clock of its own to hold.
        text = self.shell("SELECT kv_clock(1700000040);\n" + DASHBOARD.read_text(encoding="utf-8"), "-readonly")
        rows = self.rows(text)
        bar = "######--------------"
        self.assertIn(["2", "export", "failed", "5", "10", "##########----------", "5.0", "-", "40.0", "no such host"], rows)
        self.assertIn(["1", "import", "crashed", "30", "100", bar, "30.0", "-", "40.0", "-"], rows)
        self.assertIn(["mails", "2", "2", "0", "0", "0", "0", "0", "#" * 20, "2.0", "0.0"], rows)
        self.assertIn(["nightly", "Ada", "1", "40.0", "10.0"], rows)
        cache = next(row for row in rows if row[0] == "1" and len(row) == 6)
        self.assertEqual(cache[:4], ["1", "8", "1", "1"])
        doctor = [row for row in rows if row[0] in ("ok", "warning", "error")]
        self.assertEqual([row[:2] for row in doctor], [["warning", "runs"], ["ok", "all else"]])  # what is wrong comes first
        self.assertLessEqual(max(map(len, text.splitlines())), 132)
        self.assertLessEqual(len(text.splitlines()), 60)


if __name__ == "__main__":
    unittest.main()
