"""sqlite-utils."""

from importlib.metadata import version

import sqlite_utils

from driver import LARDER, Binding


class SqliteUtils(Binding):
    def open(self, path):
        database = sqlite_utils.Database(path)
        database.conn.enable_load_extension(True)
        database.conn.load_extension(LARDER)
        return database

    def versions(self):
        (row,) = sqlite_utils.Database(memory=True).query("SELECT sqlite_version() AS version")
        return version("sqlite-utils"), row["version"]

    def execute(self, database, statement):
        return database.execute(statement.sql, statement.values)

    def atomic(self, database, end, statements):
        """`with db.conn` begins nothing: BEGIN does."""
        with database.conn:
            database.execute("BEGIN IMMEDIATE")
            rows = [row for statement in statements for row in self.run(database, statement)]
            if end == "rollback":
                database.conn.rollback()
            return rows


SqliteUtils().main()
