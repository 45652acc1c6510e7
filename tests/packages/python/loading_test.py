"""load(), load_async(), loadable_path() and connect(), with each library that can be had."""

import asyncio
import sqlite3
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import sqlite_larder
from sqlite_larder import LoadError, connect, dbapi, load, load_async, loadable_path
from sqlite_larder.loading import load_as_plugin

can_load = hasattr(sqlite3.Connection, "enable_load_extension")
VERSION = metadata.version("sqlite-larder")
needs_sqlite3 = pytest.mark.skipif(not can_load, reason="the sqlite3 of this Python cannot load extensions")


def version(connection):
    return connection.execute("SELECT kv_version()").fetchone()[0]


def is_allowed(connection):
    """Whether SQL can load extensions."""
    try:
        connection.execute("SELECT load_extension(?)", (loadable_path(),)).fetchone()
    except Exception as error:
        assert "not authorized" in str(error)
        return False
    return True


def test_the_file_is_in_the_package():
    assert Path(loadable_path()).parent == Path(sqlite_larder.__file__).parent
    assert Path(loadable_path()).read_bytes()[:4] == b"\x7fELF"


def test_a_missing_file_is_named(monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda self: False)
    with pytest.raises(LoadError, match="larder.so is missing"):
        loadable_path()


@pytest.mark.parametrize("plugin", [False, True])
def test_a_file_for_another_machine_is_named(path, monkeypatch, tmp_path, plugin):
    """And not larder.so.so, which is what SQLite tries last."""
    other = tmp_path / "larder.so"
    other.write_bytes(b"made for another machine" * 100)
    monkeypatch.setattr(sqlite_larder.loading, "loadable_path", lambda: str(other))
    message = rf"{other}: invalid ELF header \({other} is there: is it for another machine or C library\?\)"
    if not plugin:
        with pytest.raises(LoadError, match=message):
            connect(path)
        return
    con = dbapi.connect(path)
    with pytest.warns(UserWarning, match=message):
        load_as_plugin(con)
    con.close()


def test_connect(path):
    con = connect(path)
    assert version(con) == VERSION and con.isolation_level is None
    con.execute("CREATE TABLE t(x)")
    con.execute("INSERT INTO t VALUES (1)")
    assert not con.in_transaction
    assert not is_allowed(con)
    con.close()


def test_connect_takes_the_options_of_sqlite3(path):
    con = connect(f"file:{path}?mode=rwc", uri=True, timeout=1.5, isolation_level="IMMEDIATE")
    assert con.isolation_level == "IMMEDIATE"
    assert con.execute("PRAGMA busy_timeout").fetchone() == (1500,)
    con.close()


def test_connect_closes_what_it_cannot_load_into(path, monkeypatch):
    opened = []
    monkeypatch.setattr(sqlite_larder.loading, "load", lambda connection: opened.append(connection) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        connect(path)
    with pytest.raises(dbapi.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


@needs_sqlite3
def test_sqlite3(path):
    con = sqlite3.connect(path)
    load(con)
    assert version(con) == VERSION and not is_allowed(con)
    load(con)  # a second time does no harm
    con.close()


@pytest.mark.skipif(can_load, reason="the sqlite3 of this Python can load extensions")
def test_sqlite3_that_cannot_load(path):
    con = sqlite3.connect(path)
    with pytest.raises(LoadError, match="sqlite3 of this Python .*`pip install pysqlite3-binary`.*`pip install apsw`"):
        load(con)
    with pytest.raises(LoadError, match="`pip install pysqlite3-binary`"):
        asyncio.run(load_async(con))
    con.close()


def test_what_is_no_connection():
    with pytest.raises(TypeError, match="no connection to SQLite"):
        load(object())


def test_without_any_that_can_load(path, monkeypatch):
    """What connect() says where neither sqlite3 nor pysqlite3 can load."""

    class Connection(sqlite3.Connection):
        enable_load_extension = None

    monkeypatch.setattr(sqlite_larder.loading, "dbapi", sqlite3)
    with pytest.raises(LoadError, match="sqlite3 of this Python .*`pip install pysqlite3-binary`"):
        connect(path, factory=Connection)


# A process of its own for each library but the one of connect(): two SQLite libraries cannot share the file, and say so.
def in_a_process(code, *arguments):
    code = "import sys\nfrom sqlite_larder import *\n" + code
    done = subprocess.run([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


def test_apsw(path):
    pytest.importorskip("apsw")
    code = """
import apsw
con = apsw.Connection(sys.argv[1])
load(con)
print(con.execute("SELECT kv_version()").fetchone()[0])
try:
    con.execute("SELECT load_extension(?)", (loadable_path(),)).fetchone()
except apsw.SQLError as error:
    print(error)
"""
    assert in_a_process(code, str(path)) == f"{VERSION}\nnot authorized"


def test_pysqlite3(path):
    pytest.importorskip("pysqlite3")
    code = """
import pysqlite3
con = pysqlite3.connect(sys.argv[1])
load(con)
print(con.execute("SELECT kv_version()").fetchone()[0])
"""
    assert in_a_process(code, str(path)) == VERSION


@needs_sqlite3
def test_sqlalchemy_engine(path):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=sqlalchemy.pool.NullPool)
    load(engine)
    for _ in range(2):  # each connection
        with engine.connect() as con:
            assert con.execute(sqlalchemy.text("SELECT kv_version()")).scalar() == VERSION


@needs_sqlite3
def test_sqlalchemy_connection(path):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    with sqlalchemy.create_engine(f"sqlite:///{path}").connect() as con:
        load(con)
        assert con.execute(sqlalchemy.text("SELECT kv_version()")).scalar() == VERSION


@needs_sqlite3
def test_django(path):
    pytest.importorskip("django")
    code = """
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1]}})
import django
django.setup()
from django.db import connection
from django.db.backends.signals import connection_created

def receiver(sender, connection, **_):
    load(connection.connection)

connection_created.connect(receiver)
with connection.cursor() as cursor:
    cursor.execute("SELECT kv_version()")
    print(cursor.fetchone()[0])
"""
    assert in_a_process(code, str(path)) == VERSION


@needs_sqlite3
def test_sqlalchemy_on_aiosqlite(path):
    pytest.importorskip("aiosqlite")
    asyncio_extension = pytest.importorskip("sqlalchemy.ext.asyncio")
    pytest.importorskip("greenlet")
    from sqlalchemy import text

    async def main():
        engine = asyncio_extension.create_async_engine(f"sqlite+aiosqlite:///{path}")
        load(engine)
        async with engine.connect() as con:
            value = (await con.execute(text("SELECT kv_version()"))).scalar()
        await engine.dispose()
        return value

    assert asyncio.run(main()) == VERSION


@needs_sqlite3
def test_aiosqlite(path):
    aiosqlite = pytest.importorskip("aiosqlite")

    async def main():
        async with aiosqlite.connect(path) as con:
            with pytest.raises(TypeError, match="await load_async"):
                load(con)
            await load_async(con)
            async with con.execute("SELECT kv_version()") as cursor:
                return await cursor.fetchone()

    assert asyncio.run(main()) == (VERSION,)
