#!/usr/bin/env python3
"""What ends kv_wait(), and where it cannot wait. (tests/concurrency/wait_test.py has two processes, and many wake-ups.)"""
import os
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import connect  # noqa: E402

LONG = 30  # seconds: no test waits so long, unless it fails


class Waiting(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "test.db")
        self.connections = []
        self.mine, self.other = self.connect(), self.connect()
        self.run_on(self.other, "SELECT checkpoint_set('tables', 'are there')")
        self.wait()
        self.began = time.monotonic()

    def tearDown(self):
        for connection in self.connections:
            connection.close()
        self.folder.cleanup()

    def connect(self, path=None, **options):
        self.connections.append(connect(self.path if path is None else path, isolation_level=None, check_same_thread=False, **options))
        return self.connections[-1]

    def run_on(self, connection, sql, *parameters):
        row = connection.execute(sql, parameters).fetchone()
        return row and row[0]

    def wait(self, timeout=0):
        return self.run_on(self.mine, "SELECT kv_wait(?)", timeout)

    def use(self, journal_mode):
        """Only who is alone leaves WAL mode."""
        self.other.close()
        self.assertEqual(self.run_on(self.mine, f"PRAGMA journal_mode = {journal_mode}"), journal_mode)
        self.other = self.connect()
        self.wait()

    def later(self, seconds, function, *arguments):
        timer = threading.Timer(seconds, function, arguments)
        self.addCleanup(timer.join)
        timer.start()

    def assert_was_soon(self):
        self.assertLess(time.monotonic() - self.began, LONG / 2)

    def fails(self, message, sql="SELECT kv_wait(0)", connection=None):
        with self.assertRaisesRegex(sqlite3.OperationalError, message):
            (connection or self.mine).execute(sql).fetchall()

    def test_a_commit_is_told_once(self):
        self.assertEqual(self.wait(), 0)
        self.run_on(self.other, "SELECT cache_set('k', 1)")
        self.assertEqual([self.wait(), self.wait()], [1, 0])

    def test_what_was_read_is_not_new(self):
        self.run_on(self.other, "SELECT cache_set('k', 1)")
        self.assertEqual(self.run_on(self.mine, "SELECT count(*) FROM larder_cache"), 1)
        self.assertEqual(self.wait(), 0)

    def test_an_own_commit_is_not_new(self):
        self.run_on(self.mine, "SELECT cache_set('k', 1)")
        self.assertEqual(self.wait(), 0)
        self.run_on(self.other, "SELECT cache_set('k', 2)")
        self.assertEqual(self.run_on(self.other, "SELECT kv_wait(0)"), 0)

    def test_a_commit_between_the_question_and_the_wait(self):
        for mode in ("wal", "delete", "truncate"):
            self.use(mode)
            self.assertIsNone(self.run_on(self.mine, "SELECT ledger_next('q', '1m')"))
            self.run_on(self.other, "SELECT ledger_add('q', ?)", mode)
            self.assertEqual(self.wait(LONG), 1)
            self.assertIsNotNone(self.run_on(self.mine, "SELECT ledger_next('q', '1m')"))

    def test_a_commit_ends_it(self):
        for mode in ("wal", "delete", "persist"):
            self.use(mode)
            self.later(0.05, self.run_on, self.other, "SELECT cache_set('k', ?)", mode)
            self.assertEqual(self.wait(LONG), 1)
        self.assert_was_soon()

    def test_the_timeout_ends_it(self):
        for timeout in (0.1, "100ms", "0.1"):
            self.began = time.monotonic()
            self.assertEqual(self.wait(timeout), 0)
            self.assertGreaterEqual(time.monotonic() - self.began, 0.099)
        self.assertEqual([self.wait(-5), self.wait("-1h")], [0, 0])

    def test_an_interrupt_ends_it(self):
        for timeout in (LONG, None, 1e300, "inf"):
            self.later(0.05, self.mine.interrupt)
            with self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"):
                self.wait(timeout)
        self.assert_was_soon()
        self.assertEqual(self.wait(), 0)

    def test_the_end_of_a_lease_ends_it(self):
        self.run_on(self.other, "SELECT ledger_claim('q', 'id', 0.3), ledger_claim('r', 'later', 60), ledger_claim('s', 'never', NULL)")
        self.wait()
        self.assertEqual(self.wait(LONG), 1)
        self.assert_was_soon()
        self.assertIsNotNone(self.run_on(self.mine, "SELECT ledger_next('q', 60)"))
        self.assertEqual(self.wait(), 0)

    def test_a_lease_that_ended_since_the_latest_wait(self):
        self.run_on(self.mine, "SELECT kv_clock(1000)")
        self.run_on(self.mine, "SELECT ledger_claim('q', 'id', 60)")
        self.assertEqual(self.wait(), 0)
        self.run_on(self.mine, "SELECT kv_clock(1060)")
        self.assertEqual([self.wait(LONG), self.wait()], [1, 0])

    def test_a_clock_that_stands_still_ends_nothing(self):
        self.run_on(self.mine, "SELECT kv_clock(1000)")
        self.run_on(self.mine, "SELECT ledger_claim('q', 'id', 0.01)")
        self.assertEqual(self.wait(0.1), 0)

    def test_a_clock_that_was_set_back(self):
        self.run_on(self.mine, "SELECT kv_clock(2000)")
        self.wait()
        self.run_on(self.mine, "SELECT kv_clock(1000)")
        self.run_on(self.mine, "SELECT ledger_claim('q', 'id', 60)")
        self.wait()
        self.run_on(self.mine, "SELECT kv_clock(1060)")
        self.assertEqual(self.wait(LONG), 1)

    def test_a_writer_that_keeps_readers_out(self):
        self.use("delete")
        self.run_on(self.mine, "SELECT kv_busy_timeout(0)")
        self.run_on(self.other, "BEGIN EXCLUSIVE")
        self.run_on(self.other, "SELECT cache_set('k', 1)")
        self.assertEqual(self.wait(0.05), 0)
        self.later(0.05, self.run_on, self.other, "COMMIT")
        self.assertEqual(self.wait(LONG), 1)

    def test_no_lock_is_held(self):
        for mode in ("wal", "delete"):
            self.use(mode)
            self.later(0.05, self.run_on, self.other, "BEGIN EXCLUSIVE")
            self.later(0.2, self.run_on, self.other, "COMMIT")
            self.assertEqual(self.wait(0.4), 0)

    def test_a_file_of_which_nothing_was_read(self):
        fresh = self.connect()
        self.run_on(fresh, "SELECT kv_wait(0)")
        self.run_on(self.other, "SELECT cache_set('k', 1)")
        self.assertEqual(self.run_on(fresh, "SELECT kv_wait(?)", LONG), 1)

    def test_a_file_without_larders_tables(self):
        path = self.path + ".own"
        mine, other = self.connect(path), self.connect(path)
        self.run_on(mine, "SELECT kv_wait(0)")
        other.execute("CREATE TABLE own(x)")
        self.assertEqual(self.run_on(mine, "SELECT kv_wait(?)", LONG), 1)
        self.assertEqual(self.run_on(mine, "SELECT kv_wait(0)"), 0)

    def test_exclusive_locking(self):
        self.other.close()
        for mode in ("wal", "delete"):
            mine = self.connect(f"{self.path}.{mode}")
            mine.execute("PRAGMA locking_mode = EXCLUSIVE")
            mine.execute(f"PRAGMA journal_mode = {mode}")
            self.run_on(mine, "SELECT cache_set('k', 1)")
            self.run_on(mine, "SELECT kv_wait(0)")
            self.assertEqual(self.run_on(mine, "SELECT kv_wait(0.05)"), 0)

    def test_where_nothing_new_could_be_seen(self):
        self.mine.execute("BEGIN")
        self.fails("inside a transaction")
        self.mine.execute("COMMIT")
        self.fails("inside a transaction", "SELECT kv_wait(0) FROM sqlite_schema")
        rows = self.mine.execute("SELECT name FROM sqlite_schema")
        rows.fetchone()
        self.fails("inside a transaction")
        rows.close()
        self.assertEqual(self.wait(), 0)

    def test_where_nobody_else_commits(self):
        for path in (":memory:", "", "file:x?mode=memory"):
            self.fails("nobody else can commit", connection=self.connect(path, uri=True))

    def test_where_connections_share_their_pages(self):
        shared = [self.connect(f"file:{self.path}?cache=shared", uri=True) for _ in range(2)]
        for connection in shared:
            self.run_on(connection, "SELECT cache_get('k')")
        self.fails("cache=shared", connection=shared[0])


if __name__ == "__main__":
    unittest.main()
