#!/usr/bin/env python3
"""Two SQLite libraries in one process, Python's and apsw's own: an extension finds SQLite's routines through one pointer, so that a file can
serve only one of them. The second to load it is refused and told why, and the first goes on. Each case is a process of its own, in
which a crash is a failed assertion."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import bindings  # noqa: E402

bindings.need_python("apsw")

from larder_python import LARDER  # noqa: E402

HOSTS = """
import sqlite3, sys
import apsw

def with_sqlite3(larder):
    con = sqlite3.connect(":memory:", isolation_level=None)
    con.enable_load_extension(True)
    con.load_extension(larder)
    return con

def with_apsw(larder):
    con = apsw.Connection(":memory:")
    con.enable_load_extension(True)
    con.load_extension(larder)
    return con

def works(con):
    for number in range(1000):
        assert con.execute("SELECT cache_set(?, 'text')", (f"k{number}",)).fetchone() == ("text",)
        assert con.execute("SELECT cache_get(?)", (f"k{number}",)).fetchone() == ("text",)
    assert con.execute("SELECT count(*) FROM kv_cache").fetchone() == (1000,)

first, second = (with_sqlite3, with_apsw) if sys.argv[1] == "sqlite3" else (with_apsw, with_sqlite3)
"""

SAME_FILE = """
con = first(sys.argv[2])
works(con)
for times in range(3):
    try:
        second(sys.argv[2])
        sys.exit("the second library has loaded the same file")
    except (sqlite3.OperationalError, apsw.ExtensionLoadingError) as error:
        assert "another SQLite library" in str(error), str(error)
con.execute("SELECT cache_clear()").fetchone()
works(con)
works(first(sys.argv[2]))
con.close()
"""

COPIES = """
one, two = first(sys.argv[2]), second(sys.argv[3])
for times in range(3):
    works(one)
    works(two)
    one.execute("SELECT cache_clear()").fetchone()
    two.execute("SELECT cache_clear()").fetchone()
one.close()
works(two)
two.close()
"""


class TwoLibraries(unittest.TestCase):
    def run_both_ways(self, script, *files):
        for first in ("sqlite3", "apsw"):
            with self.subTest(first=first):
                done = subprocess.run([sys.executable, "-c", HOSTS + script, first, *files], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr, done.stdout), (0, "", ""))

    def test_the_second_is_refused_and_the_first_goes_on(self):
        self.run_both_ways(SAME_FILE, LARDER)

    def test_a_copy_of_the_file_serves_the_second(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copy(LARDER, folder)
            self.run_both_ways(COPIES, LARDER, copy)


if __name__ == "__main__":
    unittest.main()
