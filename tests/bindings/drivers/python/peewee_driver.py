"""peewee, which loads an extension on each connection that it opens, one a thread."""

import peewee

from driver import LARDER, Binding


class Peewee(Binding):
    def open(self, path):
        database = peewee.SqliteDatabase(path)
        database.load_extension(LARDER)
        return database

    def versions(self):
        database = peewee.SqliteDatabase(":memory:")
        return peewee.__version__, database.execute_sql("SELECT sqlite_version()").fetchone()[0]

    def execute(self, database, statement):
        return database.execute_sql(statement.sql, statement.values)

    def atomic(self, database, end, statements):
        with database.atomic("IMMEDIATE") as transaction:
            rows = [row for statement in statements for row in self.run(database, statement)]
            if end == "rollback":
                transaction.rollback()
            return rows


Peewee().main()
