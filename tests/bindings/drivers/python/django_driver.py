"""Django: Larder is loaded by the signal connection_created; each connection name is a database of the settings."""

import os

import django
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.signals import connection_created

from driver import LARDER, Binding

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, USE_TZ=True)
django.setup()


def load(connection, **_):
    connection.connection.enable_load_extension(True)
    connection.connection.load_extension(LARDER)


connection_created.connect(load)


class Undo(Exception):
    pass


class Django(Binding):
    def open(self, path):
        """The alias of the database: a connection of its own in each thread."""
        alias = f"database{len(connections.settings)}"
        connections.settings[alias] = dict(connections.settings["default"], NAME=os.fspath(path), OPTIONS={"transaction_mode": "IMMEDIATE"})
        return alias

    def close(self, alias):
        connections[alias].close()

    def versions(self):
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT sqlite_version()")
            return django.get_version(), cursor.fetchone()[0]

    def execute(self, alias, statement):
        """Django writes a parameter as %s, whatever the database, and a % as %%. Without parameters it changes nothing."""
        cursor = connections[alias].cursor()
        if statement.values:
            cursor.execute(statement.sql.replace("%", "%%").replace("?", "%s"), statement.values)
        else:
            cursor.execute(statement.sql)
        return cursor

    def atomic(self, alias, end, statements):
        try:
            with transaction.atomic(using=alias):
                rows = [row for statement in statements for row in self.run(alias, statement)]
                if end == "rollback":
                    raise Undo
        except Undo:
            pass
        return rows


Django().main()
