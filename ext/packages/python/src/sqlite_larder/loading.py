"""Loads the extension that lies beside this file into a connection of whatever library made it."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any, cast

from .errors import LoadError

BARE = "sqlite3_larder_bare_init"  # the entry point that changes no setting of the connection
_SUFFIXES = {"darwin": ".dylib", "win32": ".dll"}
_CANNOT_LOAD = """\
{module} of this Python ({python}) was built without loading of extensions. Any of these helps: pip install pysqlite3-binary, \
which sqlite_larder.connect() and Store then use by themselves; pip install apsw, whose connections load() takes; \
or the Python of your distribution"""


def loadable_path() -> str:
    """The path of the extension, for whatever loads it by path."""
    path = Path(__file__).resolve().parent / ("larder" + _SUFFIXES.get(sys.platform, ".so"))
    if not path.exists():
        raise LoadError(f"{path} is missing: install sqlite-larder from a wheel or from its source distribution")
    return str(path)


def load(connection: Any, *, bare: bool = False) -> None:
    """Loads Larder into an open connection: sqlite3's, pysqlite3's, apsw's or SQLAlchemy's.

    A SQLAlchemy engine is taken, too, and loads Larder into each connection that it opens from then on. Loading of
    extensions is allowed for the moment only, and forbidden afterwards. With `bare`, no setting of the connection changes.
    """
    engine = getattr(connection, "sync_engine", connection)  # of an AsyncEngine
    if _is_engine(engine):
        _load_into_each(engine, bare)
        return
    driver = _driver_connection(connection)
    if hasattr(driver, "run_async"):  # what SQLAlchemy puts around aiosqlite
        driver.run_async(lambda inner: load_async(inner, bare=bare))
    elif type(driver).__module__.partition(".")[0] == "aiosqlite":
        raise TypeError("load: for a connection of aiosqlite write `await load_async(connection)`")
    else:
        _load(driver, bare)


async def load_async(connection: Any, *, bare: bool = False) -> None:
    """Loads Larder into an open connection of aiosqlite."""
    await connection._execute(_load, connection._conn, bare)


def _load(connection: Any, bare: bool) -> None:
    allow = _method(connection, "enable_load_extension", "enableloadextension")
    allow(True)
    try:
        if bare:
            connection.cursor().execute("SELECT load_extension(?, ?)", (loadable_path(), BARE)).fetchone()
        else:
            _method(connection, "load_extension", "loadextension")(loadable_path())
    finally:
        allow(False)


def _method(connection: Any, *names: str) -> Any:
    """The first of the names that the connection has. (apsw calls them without underscores in its older versions.)"""
    for name in names:
        method = getattr(connection, name, None)
        if method is not None:
            return method
    if isinstance(connection, sqlite3.Connection) or hasattr(connection, "isolation_level"):
        raise LoadError(_CANNOT_LOAD.format(module=_module_of(connection), python=sys.executable))
    raise TypeError(f"load: {connection!r} is no connection to SQLite that is known here")


def _module_of(connection: Any) -> str:
    return type(connection).__module__.partition(".")[0]


def _is_engine(connection: Any) -> bool:
    sqlalchemy = sys.modules.get("sqlalchemy.engine")  # whoever has an engine has imported it
    return sqlalchemy is not None and isinstance(connection, sqlalchemy.Engine)


def _load_into_each(engine: Any, bare: bool) -> None:
    from sqlalchemy import event

    event.listen(engine, "connect", lambda connection, _record: load(connection, bare=bare))


def _driver_connection(connection: Any) -> Any:
    """What is inside SQLAlchemy's Session, Connection and pool; anything else as it is."""
    if not type(connection).__module__.startswith("sqlalchemy."):
        return connection
    if hasattr(connection, "run_async"):
        return connection
    pooled = connection.connection
    return getattr(pooled, "dbapi_connection", pooled)


def connect(path: Any, *, timeout: float = 5.0, **options: Any) -> sqlite3.Connection:
    """Opens a database file with Larder loaded, in autocommit mode: begin transactions yourself, with BEGIN IMMEDIATE.

    `options` are those of sqlite3.connect(). Where sqlite3 cannot load extensions, this is a connection of pysqlite3.
    """
    settings = {"isolation_level": None, **options}
    connection = dbapi.connect(path, timeout=timeout, **settings)
    try:
        load(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _dbapi() -> Any:
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3
    try:
        import pysqlite3
    except ImportError:
        return sqlite3  # whose connection load() then refuses, with the reason
    return pysqlite3


# The module whose connections connect() makes, and whose errors these raise: sqlite3, or else pysqlite3.
dbapi = cast("type[sqlite3]", _dbapi())  # type: ignore[valid-type]
