"""The Store that a good engineer writes over sqlite3, rather than take one from somewhere."""

import sqlite3
import time

import measure

SCHEMA = """
CREATE TABLE IF NOT EXISTS cache(key TEXT PRIMARY KEY, value, created_at INTEGER, expires_at INTEGER);
CREATE INDEX IF NOT EXISTS cache_expires_at ON cache(expires_at);
"""

GET = "SELECT value FROM cache WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)"

SET = """
INSERT INTO cache(key, value, created_at, expires_at) VALUES (?, ?, ?, ?)
ON CONFLICT(key) DO UPDATE SET value = excluded.value, created_at = excluded.created_at, expires_at = excluded.expires_at
"""


class Store:
    def __init__(self, path):
        self.con = sqlite3.connect(path, timeout=5, isolation_level=None)
        self.con.execute("PRAGMA journal_mode = WAL")
        self.con.execute("PRAGMA synchronous = NORMAL")
        self.con.executescript(SCHEMA)

    def get(self, key):
        row = self.con.execute(GET, (key, int(time.time()))).fetchone()
        return row and row[0]

    def set(self, key, value, ttl=3600):
        now = int(time.time())
        self.con.execute(SET, (key, value, now, now + ttl))

    def close(self):
        self.con.close()


if __name__ == "__main__":
    measure.run("Store over sqlite3, Python", lambda options, path: Store(path))
