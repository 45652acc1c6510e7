"""Larder, as a Python program calls it."""

import sqlite3

import measure


class Larder:
    def __init__(self, path, extension):
        self.con = sqlite3.connect(path, isolation_level=None)
        self.con.enable_load_extension(True)
        self.con.load_extension(extension)
        self.con.execute("SELECT kv_busy_timeout(5000)")

    def get(self, key):
        return self.con.execute("SELECT cache_get(?)", (key,)).fetchone()[0]

    def set(self, key, value, ttl=3600):
        self.con.execute("SELECT cache_set(?, ?, ?)", (key, value, ttl)).fetchone()

    def close(self):
        self.con.close()


if __name__ == "__main__":
    if not hasattr(sqlite3.Connection, "load_extension"):
        measure.not_installed("this Python's sqlite3 cannot load extensions")
    measure.run("Larder, Python", lambda options, path: Larder(path, options.larder))
