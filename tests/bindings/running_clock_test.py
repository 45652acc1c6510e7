#!/usr/bin/env python3
"""What only shows while the clock runs and other processes change the file. Everything else in the tests holds the clock still."""
import os
import sqlite3
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from larder_python import connect  # noqa: E402


class RunningClock(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "test.db")
        self.connection = connect(self.path, isolation_level=None)

    def tearDown(self):
        self.connection.close()
        self.folder.cleanup()

    def value(self, sql):
        return self.connection.execute(sql).fetchone()[0]

    def test_the_table_knows_what_died_since_the_last_call(self):
        self.value("SELECT cache_set('a', 'secret', 0.2)")
        time.sleep(0.4)
        self.assertEqual(self.value("SELECT count(*) FROM kv_cache"), 0)

    def test_the_end_is_seen_when_it_comes_and_not_before(self):
        """Asked again and again, from memory most of the time."""
        self.value("SELECT cache_set('a', 1, 2.6), ledger_mark('l', 'id', NULL, 2.6)")
        ends = {
            "SELECT cache_get('a') IS NOT NULL": self.value("SELECT expires_at FROM larder_cache"),
            "SELECT ledger_seen('l', 'id')": self.value("SELECT expires_at FROM larder_ledger"),
        }
        done = max(ends.values()) + 0.1
        while time.time() < done:
            for sql, end in ends.items():
                before, there, after = time.time(), self.value(sql), time.time()
                if after < end - 0.001:
                    self.assertEqual(there, 1, f"{sql}, {end - after} s too early")
                elif before > end + 0.001:
                    self.assertEqual(there, 0, f"{sql}, {before - end} s too late")
        self.assertGreater(self.value("SELECT value FROM kv_stats WHERE name = 'hot_hits'"), 100)

    def test_renewing_with_the_same_ttl(self):
        self.value("SELECT cache_set('a', 1, 4)")
        time.sleep(0.4)
        self.connection.execute("UPDATE kv_cache SET ttl = 4 WHERE key = 'a'")
        self.assertGreater(self.value("SELECT cache_ttl('a')"), 3.8)

    def test_a_schema_that_was_upgraded_meanwhile_is_not_written(self):
        self.value("SELECT cache_set('a', 1)")
        other = connect(self.path, isolation_level=None)
        other.execute("UPDATE larder_meta SET value = 99 WHERE name = 'schema'")
        other.execute("CREATE TABLE of_the_new_version(x)")
        other.close()
        with self.assertRaisesRegex(sqlite3.OperationalError, "version 99, this Larder knows version"):
            for i in range(3):  # the first one is what notices
                self.value(f"SELECT cache_set('a', {i})")


if __name__ == "__main__":
    unittest.main()
