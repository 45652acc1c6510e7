"""Python's sqlite3, and pysqlite3, which is the same with another SQLite: sqlite3_driver.py MODULE default|autocommit."""

import importlib
import sys
from importlib import metadata

from driver import LARDER, Binding

module = importlib.import_module(sys.argv[1])


class Sqlite3(Binding):
    """The module as it is: it begins a transaction before INSERT, UPDATE and DELETE, which wait for a commit."""

    options = {}

    def open(self, path):
        con = module.connect(path, check_same_thread=False, **self.options)
        con.enable_load_extension(True)
        con.load_extension(LARDER)
        con.enable_load_extension(False)
        return con

    def versions(self):
        ours = sys.version.split()[0] if module.__name__ == "sqlite3" else metadata.version("pysqlite3-binary")
        return ours, module.sqlite_version

    def run(self, con, statement):
        with con:  # commits
            return super().run(con, statement)

    def atomic(self, con, end, statements):
        """`with con` begins nothing, so that a mark by SELECT would be committed by itself: BEGIN does."""
        con.execute("BEGIN IMMEDIATE")
        try:
            rows = [row for statement in statements for row in Binding.run(self, con, statement)]
        except module.Error:
            con.rollback()
            raise
        (con.commit if end == "commit" else con.rollback)()
        return rows


class Autocommit(Sqlite3):
    """isolation_level=None: the module begins nothing by itself."""

    options = {"isolation_level": None}


(Sqlite3 if sys.argv[2] == "default" else Autocommit)().main()
