#!/usr/bin/env python3
"""SQLAlchemy's engine.begin() begins nothing by itself: Python's sqlite3 module does that, before INSERT, UPDATE and DELETE only. A mark
that a SELECT made survives the rollback. The cure in sql/languages/README.md, two events, makes it a transaction."""

import os
import re
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import bindings  # noqa: E402

bindings.need_python("sqlalchemy")

from sqlalchemy import create_engine, event, text  # noqa: E402

from larder_python import LARDER, load  # noqa: E402


PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "sql", "languages", "README.md")


def engine_of(path, cured):
    engine = create_engine(f"sqlite:///{path}")
    if cured:
        cure(engine)
    else:
        event.listen(engine, "connect", lambda con, _: load(con))
    return engine


def cure(engine):
    """Runs the two events as the page has them, with the extension under test."""
    with open(PAGE, encoding="utf-8") as file:
        (code,) = re.findall(r"```python sqlalchemy\n.*?(^@event.*?)^with engine", file.read(), re.S | re.M)
    exec(code.replace("/usr/local/lib/sqlite3/larder", LARDER), {"engine": engine, "event": event})


class SqlAlchemy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "app.db")

    def engine(self, cured):
        engine = engine_of(self.path, cured)
        self.addCleanup(engine.dispose)
        return engine

    def one(self, engine, sql):
        with engine.connect() as con:
            return con.execute(text(sql)).scalar()

    def mark_and_fail(self, engine):
        with self.assertRaises(ZeroDivisionError), engine.begin() as con:
            self.assertEqual(con.execute(text("SELECT ledger_mark('mails', 'user-7')")).scalar(), 1)
            raise ZeroDivisionError

    def test_without_the_events_a_mark_survives_the_rollback(self):
        engine = self.engine(cured=False)
        self.mark_and_fail(engine)
        self.assertEqual(self.one(engine, "SELECT ledger_seen('mails', 'user-7')"), 1)

    def test_with_them_it_is_rolled_back(self):
        engine = self.engine(cured=True)
        self.mark_and_fail(engine)
        self.assertEqual(self.one(engine, "SELECT ledger_seen('mails', 'user-7')"), 0)

    def test_a_mark_in_an_insert_needs_no_cure(self):
        engine = self.engine(cured=False)
        with engine.begin() as con:
            con.execute(text("CREATE TABLE item(id)"))
        with self.assertRaises(ZeroDivisionError), engine.begin() as con:
            con.execute(text("INSERT INTO item SELECT :id WHERE ledger_mark('items', :id)"), {"id": "a"})
            raise ZeroDivisionError
        self.assertEqual(self.one(engine, "SELECT ledger_seen('items', 'a')"), 0)

    def test_every_connection_of_the_pool_has_larder(self):
        engine = self.engine(cured=True)
        with engine.begin() as con:
            con.execute(text("SELECT cache_set('k', 'v')"))
        with engine.connect(), engine.connect() as second:
            self.assertEqual(second.execute(text("SELECT cache_get('k')")).scalar(), "v")


if __name__ == "__main__":
    unittest.main()
