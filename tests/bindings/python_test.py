#!/usr/bin/env python3
"""Larder from Python's sqlite3 module: loading, types, transactions, autocommit modes, threads, closing."""

import os
import sqlite3
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import load  # noqa: E402


class LarderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "app.db")

    def connect(self, **options):
        con = load(sqlite3.connect(self.path, **options))
        self.addCleanup(con.close)
        return con

    def one(self, con, sql, *parameters):
        return con.execute(sql, parameters).fetchone()[0]


class Loading(LarderTest):
    def test_python_has_set_a_busy_timeout_and_it_stays(self):
        con = self.connect(timeout=1.5)
        self.assertEqual(self.one(con, "PRAGMA busy_timeout"), 1500)

    def test_no_timeout_becomes_five_seconds(self):
        self.assertEqual(self.one(self.connect(timeout=0), "PRAGMA busy_timeout"), 5000)

    def test_foreign_keys_are_on_and_the_first_write_switches_to_wal(self):
        con = self.connect()
        self.assertEqual(self.one(con, "PRAGMA foreign_keys"), 1)
        self.assertEqual(self.one(con, "PRAGMA journal_mode"), "delete")
        self.one(con, "SELECT cache_set('k', 1)")
        self.assertEqual(self.one(con, "PRAGMA journal_mode"), "wal")

    def test_loading_writes_nothing(self):
        self.connect().close()
        self.assertEqual(os.path.getsize(self.path), 0)

    def test_loading_twice(self):
        con = self.connect()
        self.one(con, "SELECT cache_set('k', 1)")
        load(con)
        self.assertEqual(self.one(con, "SELECT cache_get('k')"), 1)

    def test_in_memory(self):
        con = load(sqlite3.connect(":memory:"))
        self.assertEqual(self.one(con, "SELECT cache_set('k', 'v')"), "v")
        con.close()


class Values(LarderTest):
    def test_types_and_bytes_make_the_round_trip(self):
        con = self.connect()
        for value in (None, 0, -1, 2**63 - 1, -(2**63), 0.1, -0.5, 1e300, float("inf"), "", "text", "na\u00efve \U0001f9ca",
                      "with\0NUL", b"", b"\0\xff", b"x" * 1_000_000):
            self.one(con, "SELECT cache_set('k', ?)", value)
            got = self.one(con, "SELECT cache_get('k', 'a miss')")
            self.assertEqual((type(got), got), (type(value), value))

    def test_numbers_as_keys_are_their_text(self):
        con = self.connect()
        self.one(con, "SELECT cache_set(?, 'v')", 42)
        self.assertEqual(self.one(con, "SELECT cache_get(?)", "42"), "v")
        self.assertIsNone(self.one(con, "SELECT cache_get(?)", b"42"))

    def test_a_ttl_may_be_text(self):
        con = self.connect()
        self.one(con, "SELECT kv_clock(1000)")
        for ttl, seconds in (("15m", 900), ("90", 90), ("+90s", 90), ("500ms", 0.5), ("7d", 604800), (90, 90), (0.25, 0.25),
                             (None, float("inf")), ("inf", float("inf"))):
            self.one(con, "SELECT cache_set('k', 1, ?)", ttl)
            self.assertEqual(self.one(con, "SELECT cache_ttl('k')"), seconds, ttl)

    def test_what_expires_is_gone(self):
        con = self.connect()
        self.one(con, "SELECT kv_clock(1000)")
        self.one(con, "SELECT cache_set('k', 1, '1m')")
        self.one(con, "SELECT kv_clock(1059.999)")
        self.assertEqual(self.one(con, "SELECT cache_get('k')"), 1)
        self.one(con, "SELECT kv_clock(1060)")
        self.assertIsNone(self.one(con, "SELECT cache_get('k')"))

    def test_a_bad_argument_is_an_operational_error_with_the_function_in_it(self):
        con = self.connect()
        with self.assertRaisesRegex(sqlite3.OperationalError, r"^cache_set: ttl must be a number of seconds.*'soon'$"):
            con.execute("SELECT cache_set('k', 1, 'soon')")
        self.assertEqual(self.one(con, "SELECT cache_has('k')"), 0)

    def test_executemany_and_a_bulk_load(self):
        con = self.connect()
        con.executemany("INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES (?, ?, ?)",
                        [(f"k{i}", i, 60) for i in range(1000)])
        con.commit()
        self.assertEqual(self.one(con, "SELECT count(*) FROM kv_cache"), 1000)
        with self.assertRaisesRegex(sqlite3.IntegrityError, r"^UNIQUE constraint failed: kv_cache.key$"):
            con.execute("INSERT INTO kv_cache(key, value) VALUES ('k1', 0)")


class Transactions(LarderTest):
    def table(self, **options):
        con = self.connect(**options)
        con.execute("CREATE TABLE item(id)")
        con.commit()
        return con

    def test_a_mark_and_the_row_it_guards_are_one(self):
        con = self.table()
        insert = "INSERT INTO item SELECT :id WHERE ledger_mark('items', :id)"
        with con:
            self.assertEqual(con.execute(insert, {"id": "a"}).rowcount, 1)
        with con:
            self.assertEqual(con.execute(insert, {"id": "a"}).rowcount, 0)
        with self.assertRaises(ZeroDivisionError), con:
            con.execute(insert, {"id": "b"})
            raise ZeroDivisionError
        self.assertEqual(con.execute("SELECT id FROM item").fetchall(), [("a",)])
        self.assertEqual(con.execute("SELECT id FROM kv_ledger").fetchall(), [("a",)])

    def test_python_opens_a_transaction_before_an_insert_and_not_before_a_select(self):
        con = self.table()
        other = self.connect()
        self.one(con, "SELECT cache_set('alone', 1)")
        self.assertFalse(con.in_transaction)
        self.assertEqual(self.one(other, "SELECT cache_has('alone')"), 1)

        con.execute("INSERT INTO item VALUES (1)")
        self.one(con, "SELECT cache_set('together', 1)")
        self.assertTrue(con.in_transaction)
        self.assertEqual(self.one(other, "SELECT cache_has('together')"), 0)
        con.rollback()
        self.assertEqual(self.one(con, "SELECT cache_has('together')"), 0)

    def test_a_mark_by_select_survives_the_rollback_of_with_unless_something_has_begun(self):
        for level, begins, seen in (("", False, 1), (None, False, 1), (None, True, 0)):
            with self.subTest(level=level, begins=begins):
                con = self.connect(isolation_level=level)
                self.one(con, "SELECT ledger_forget('mails', 'user-7')")
                with self.assertRaises(ZeroDivisionError), con:
                    if begins:
                        con.execute("BEGIN IMMEDIATE")
                    self.one(con, "SELECT ledger_mark('mails', 'user-7')")
                    raise ZeroDivisionError
                self.assertEqual(self.one(con, "SELECT ledger_seen('mails', 'user-7')"), seen)

    def test_every_isolation_level(self):
        for level in (None, "", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"):
            with self.subTest(level=level):
                con = self.connect(isolation_level=level)
                con.execute("CREATE TABLE IF NOT EXISTS item(id)")
                con.execute("INSERT INTO item SELECT 1 WHERE ledger_mark('levels', ?)", (str(level),))
                self.assertEqual(con.in_transaction, level is not None)
                con.commit()
                con.execute("BEGIN")
                self.one(con, "SELECT ledger_mark('levels', 'undone')")
                con.execute("ROLLBACK")
                self.assertEqual(self.one(con, "SELECT ledger_seen('levels', ?)", str(level)), 1)
                self.assertEqual(self.one(con, "SELECT ledger_seen('levels', 'undone')"), 0)
                con.close()

    @unittest.skipIf(sys.version_info < (3, 12), "Python 3.12 brought autocommit=")
    def test_autocommit_attribute(self):
        for autocommit in (True, False):
            with self.subTest(autocommit=autocommit):
                con = self.connect(autocommit=autocommit)
                self.one(con, "SELECT cache_set('k', ?)", autocommit)
                if not autocommit:
                    con.commit()
                con.close()
                self.assertEqual(self.one(self.connect(), "SELECT cache_get('k')"), autocommit)

    def test_the_users_lastrowid_stays(self):
        con = self.table()
        row = con.execute("INSERT INTO item SELECT 'x' WHERE ledger_mark('rowids', 'x')").lastrowid
        for i in range(20):
            self.one(con, "SELECT cache_set(?, ?)", i, i)
        self.assertEqual(self.one(con, "SELECT last_insert_rowid()"), row)

    def test_migrations_from_a_program(self):
        con = self.connect()
        steps = [(1, "items", "CREATE TABLE item(id)"), (2, "state", "ALTER TABLE item ADD COLUMN state")]
        for _ in range(2):
            con.executemany("INSERT INTO kv_migration(version, name, up) VALUES (?, ?, ?)", steps)
            con.commit()
            self.assertEqual(self.one(con, "SELECT migrate()"), 2)
        con.execute("INSERT INTO kv_migration(version, name, up) VALUES (3, 'bad', 'CREATE TABLE a(x); CREATE TABEL b(x)')")
        con.commit()
        with self.assertRaisesRegex(sqlite3.OperationalError, r"^migrate: migration 3 \(bad\):1: near \"TABEL\".*statement 2"):
            con.execute("SELECT migrate()")
        self.assertEqual(con.execute("SELECT name FROM sqlite_schema WHERE name = 'a'").fetchall(), [])
        self.assertFalse(con.in_transaction)


class Threads(LarderTest):
    def test_a_connection_for_each_thread(self):
        threads, ids = 4, 200
        self.one(self.connect(), "SELECT cache_set('counter', 0)")
        new, problems = [], []

        def work():
            try:
                con = load(sqlite3.connect(self.path, timeout=30))
                marked = sum(self.one(con, "SELECT ledger_mark('shared', ?)", i) for i in range(ids))
                for _ in range(50):
                    self.one(con, "SELECT cache_incr('counter')")
                new.append(marked)
                con.close()
            except Exception as problem:  # pylint: disable=broad-except
                problems.append(problem)

        workers = [threading.Thread(target=work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(problems, [])
        self.assertEqual(sum(new), ids)
        self.assertEqual(self.one(self.connect(), "SELECT cache_get('counter')"), threads * 50)

    def test_one_connection_handed_from_thread_to_thread(self):
        con = self.connect(check_same_thread=False)
        got = []
        for i in range(3):
            worker = threading.Thread(target=lambda: got.append(self.one(con, "SELECT cache_incr('n')")))
            worker.start()
            worker.join()
        self.assertEqual(got, [1, 2, 3])


class Closing(LarderTest):
    def use_everything(self, con):
        self.one(con, "SELECT cache_set('k', 1, 60)")
        self.one(con, "SELECT cache_get('k')")
        self.one(con, "SELECT ledger_mark('a')")
        self.one(con, "SELECT checkpoint_advance('c', 1)")
        self.one(con, "SELECT kv_sweep()")
        con.execute("INSERT INTO kv_cache(key, value) VALUES ('other', 2)")
        con.execute("SELECT * FROM kv_cache, kv_ledger, kv_progress, kv_checkpoint, kv_stats, kv_help").fetchall()
        con.commit()

    def test_close_frees_the_file(self):
        con = self.connect()
        self.use_everything(con)
        con.close()
        # The last connection that really closes takes the WAL with it.
        self.assertEqual(os.listdir(os.path.dirname(self.path)), ["app.db"])

    def test_close_with_a_cursor_half_read(self):
        con = self.connect()
        self.use_everything(con)
        cursor = con.execute("SELECT key FROM kv_cache")
        cursor.fetchone()
        con.close()
        with self.assertRaises(sqlite3.ProgrammingError):
            cursor.fetchone()

    def test_close_inside_a_transaction_undoes_it(self):
        con = self.connect()
        self.use_everything(con)
        con.execute("BEGIN")
        self.one(con, "SELECT cache_set('k', 'changed')")
        con.close()
        self.assertEqual(self.one(self.connect(), "SELECT cache_get('k')"), 1)

    def test_never_closed(self):
        for _ in range(20):
            self.use_everything(load(sqlite3.connect(":memory:")))

    def test_many_connections_leave_no_open_file(self):
        def count():
            return len(os.listdir("/proc/self/fd"))

        self.use_everything(con := self.connect())
        con.close()
        before = count()
        for _ in range(50):
            con = load(sqlite3.connect(self.path))
            self.one(con, "SELECT cache_incr('n')")
            con.close()
        self.assertEqual(count(), before)


if __name__ == "__main__":
    unittest.main()
