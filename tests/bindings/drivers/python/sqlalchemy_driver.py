"""SQLAlchemy, with the two events that make engine.begin() a transaction. Each connection name is an engine, with its pool."""

import sqlalchemy
from sqlalchemy import create_engine, event

from driver import LARDER, Binding


class SqlAlchemy(Binding):
    def open(self, path):
        engine = create_engine(f"sqlite:///{path}")

        @event.listens_for(engine, "connect")
        def connect(con, _):
            con.isolation_level = None
            con.enable_load_extension(True)
            con.load_extension(LARDER)

        @event.listens_for(engine, "begin")
        def begin(con):
            con.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def close(self, engine):
        engine.dispose()

    def versions(self):
        with create_engine("sqlite://").connect() as con:
            return sqlalchemy.__version__, con.exec_driver_sql("SELECT sqlite_version()").scalar()

    def one(self, con, statement):
        rows = con.exec_driver_sql(statement.sql, tuple(statement.values))
        return [tuple(row) for row in rows] if statement.has_rows else []

    def run(self, engine, statement):
        with engine.begin() as con:
            return self.one(con, statement)

    def first(self, engine, count, statement):
        with engine.connect() as con:
            rows = iter(con.exec_driver_sql(statement.sql, tuple(statement.values)))
            return [tuple(next(rows)) for _ in range(count)]

    def atomic(self, engine, end, statements):
        with engine.connect() as con, con.begin() as transaction:
            rows = [row for statement in statements for row in self.one(con, statement)]
            if end == "rollback":
                transaction.rollback()
            return rows


SqlAlchemy().main()
