"""Larder in the sqlite3 module of Python, for the tests. Import it first: under a sanitizer it starts the interpreter again."""

import os
import sqlite3
import sys

# The interpreter is not built with a sanitizer: its runtime must be there before the extension is. What the interpreter itself
# never frees is none of our leaks.
PRELOAD = os.environ.get("LARDER_PRELOAD")
if PRELOAD and os.environ.get("LD_PRELOAD") != PRELOAD:
    options = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    os.execve(sys.executable, [sys.executable, *sys.argv], dict(os.environ, LD_PRELOAD=PRELOAD, ASAN_OPTIONS=options))

LARDER = os.environ["LARDER"]


def load(con):
    """Loads the extension under test into the connection, and returns it."""
    con.enable_load_extension(True)
    con.load_extension(LARDER)
    con.enable_load_extension(False)
    return con


def connect(path, **options):
    return load(sqlite3.connect(path, **options))
