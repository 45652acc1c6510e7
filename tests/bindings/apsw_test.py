#!/usr/bin/env python3
"""apsw, which brings the newest SQLite: loading beside one who has locked the file, what SQLite logs meanwhile, and a file that the
system's own, older SQLite has written."""

import os
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import bindings  # noqa: E402

bindings.need_python("apsw")

import apsw  # noqa: E402

from larder_python import LARDER  # noqa: E402

logged = []
apsw.config(apsw.SQLITE_CONFIG_LOG, lambda code, message: logged.append((code, message)))

# Numbers that are one in 15 digits, of which some SQLites make 17.
MARK = "SELECT ledger_mark('numbers', ?)"
NUMBERS = (0.1, 0.1 + 0.2, 0.3, 352475172290166785.0, 352475172290167041.0, 9007199254740992.0, 1e300, 1.7976931348623157e308, 5e-324, -2.5)


def load(con):
    con.enable_load_extension(True)
    con.load_extension(LARDER)
    return con


class NewestSqlite(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "app.db")
        logged.clear()

    def open(self):
        con = apsw.Connection(self.path)
        self.addCleanup(con.close)
        return con

    def one(self, con, sql, *values):
        return con.execute(sql, values).fetchone()[0]

    def test_loading_beside_an_exclusive_lock(self):
        for mode in ("delete", "truncate", "persist", "wal"):
            with self.subTest(mode=mode):
                self.path += mode
                locker = self.open()
                self.one(locker, f"PRAGMA journal_mode = {mode}")
                locker.execute("CREATE TABLE item(id); BEGIN EXCLUSIVE")
                con = self.open()
                con.set_busy_timeout(10000)
                logged.clear()
                start = time.monotonic()
                load(con)
                self.assertLess(time.monotonic() - start, 5)
                self.assertEqual(logged, [])
                locker.execute("COMMIT")
                self.assertEqual(self.one(con, "SELECT cache_set('k', 'v')"), "v")

    def test_loading_logs_nothing(self):
        for _ in range(2):
            load(self.open())
        self.assertEqual(logged, [])

    def test_what_an_older_sqlite_has_marked_is_known(self):
        script = ("import sys; from larder_python import connect; con = connect(sys.argv[1], isolation_level=None)\n"
                  f"print(sum(con.execute({MARK!r}, (n,)).fetchone()[0] for n in {NUMBERS}))")
        support = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")
        marked = subprocess.check_output([sys.executable, "-c", script, self.path], text=True, env=dict(os.environ, PYTHONPATH=support))
        self.assertEqual(int(marked), len(NUMBERS))
        con = load(self.open())
        self.assertEqual([n for n in NUMBERS if self.one(con, MARK, n)], [])

    def test_types_make_the_round_trip_and_closing_is_clean(self):
        con = load(self.open())
        for value in (None, 0, 2**63 - 1, 0.1, float("inf"), "", "with\0NUL", b"", b"x" * 100_000):
            self.one(con, "SELECT cache_set('k', ?)", value)
            got = self.one(con, "SELECT cache_get('k', 'a miss')")
            self.assertEqual((type(got), got), (type(value), value))
        self.assertEqual(con.execute("SELECT name FROM kv_check WHERE status = 'error'").fetchall(), [])
        con.close()
        self.assertEqual(logged, [])


if __name__ == "__main__":
    unittest.main()
