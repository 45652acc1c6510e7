"""Loads the extension, which lies beside this file, into connections of whatever library made them."""

from __future__ import annotations

import contextlib
import importlib
import os
import sqlite3
import sys
import warnings
from pathlib import Path
from typing import Any, Iterator, Union

from .errors import LoadError

_SUFFIXES = {"darwin": ".dylib", "win32": ".dll"}
_LOAD_BARE = "SELECT load_extension(?, 'sqlite3_larder_bare_init')"  # changes no setting of the connection
_CANNOT_LOAD = (
    "the module {module} of this Python ({python}) was built without loading of extensions. Any of these helps: "
    "`pip install pysqlite3-binary`, which sqlite_larder.connect() and Store then use by themselves; "
    "`pip install apsw`, whose connections load() takes; a Python that can, such as that of most Linux distributions"
)


def loadable_path() -> str:
    """The path of the extension, for whatever loads it by path."""
    path = Path(__file__).resolve().parent / ("larder" + _SUFFIXES.get(sys.platform, ".so"))
    if not path.exists():
        raise LoadError(f"{path} is missing: install sqlite-larder from a wheel or from its source distribution")
    return str(path)


def load(connection: Any) -> None:
    """Loads Larder into an open connection of sqlite3, pysqlite3, apsw or SQLAlchemy.

    An engine of SQLAlchemy is taken, too, and loads Larder into each connection that it opens from then on. Loading of
    extensions is allowed for that moment, and forbidden afterwards.
    """
    if _is_sqlalchemy(connection):
        _load_into_sqlalchemy(connection)
    elif _library(connection) == "aiosqlite":
        raise TypeError("load: for a connection of aiosqlite write `await load_async(connection)`")
    else:
        _load(connection)


async def load_async(connection: Any) -> None:
    """Loads Larder into an open connection of aiosqlite."""
    if not _CAN_LOAD:  # aiosqlite has it from sqlite3
        raise _cannot_load("sqlite3")
    path = _without_suffix()
    await connection.enable_load_extension(True)
    try:
        with _explained():
            await connection.load_extension(path)
    finally:
        await connection.enable_load_extension(False)


def load_as_plugin(connection: Any) -> None:
    """For a program that calls its plugins on every connection: no setting changes, and a failure does not stop it."""
    try:
        _load(connection, bare=True)
    except Exception as error:  # which depends on the library
        warnings.warn(f"sqlite-larder: {error}", stacklevel=3)


def connect(path: Union[str, os.PathLike[str]], *, timeout: float = 5.0, **options: Any) -> sqlite3.Connection:
    """Opens a database file with Larder loaded, in autocommit mode: begin transactions yourself, with BEGIN IMMEDIATE.

    `options` are those of sqlite3.connect(). Where sqlite3 cannot load extensions, this is a connection of pysqlite3.
    """
    options.setdefault("isolation_level", None)
    connection: sqlite3.Connection = dbapi.connect(path, timeout=timeout, **options)
    try:
        load(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _load(connection: Any, *, bare: bool = False) -> None:
    allow = _method(connection, "enable_load_extension", "enableloadextension")
    load_extension = _method(connection, "load_extension", "loadextension")
    path = _without_suffix()
    allow(True)
    try:
        with _explained():
            if bare:
                connection.cursor().execute(_LOAD_BARE, (path,)).fetchone()
            else:
                load_extension(path)
    finally:
        allow(False)


def _without_suffix() -> str:
    """SQLite tries a path as it is, then with the suffix, and reports only the latter: that there is no `larder.so.so`."""
    return os.path.splitext(loadable_path())[0]


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """What the system's loader reports is a LoadError. Other errors are Larder's own and speak for themselves."""
    try:
        yield
    except Exception as error:  # which depends on the library
        if "error during initialization" in str(error) or "not authorized" in str(error):
            raise
        raise LoadError(f"{error} ({loadable_path()} is there: is it for another machine or C library?)") from error


def _method(connection: Any, name: str, older_name: str) -> Any:
    """A method, by the name that it has in older versions of apsw, too."""
    method = getattr(connection, name, None) or getattr(connection, older_name, None)
    if method is not None:
        return method
    if hasattr(connection, "in_transaction"):
        raise _cannot_load("sqlite3" if isinstance(connection, sqlite3.Connection) else _library(connection))
    raise TypeError(f"load: {connection!r} is no connection to SQLite that is known here")


def _cannot_load(module: str) -> LoadError:
    return LoadError(_CANNOT_LOAD.format(module=module, python=sys.executable))


def _library(connection: Any) -> str:
    return type(connection).__module__.partition(".")[0]


def _is_sqlalchemy(connection: Any) -> bool:
    return _library(connection) == "sqlalchemy"


def _load_into_sqlalchemy(connection: Any) -> None:
    connection = getattr(connection, "sync_engine", connection)  # of an AsyncEngine
    if hasattr(connection, "dialect") and hasattr(connection, "pool"):  # an Engine
        event: Any = importlib.import_module("sqlalchemy.event")
        event.listen(connection, "connect", lambda opened, _record: load(opened))
    elif hasattr(connection, "run_async"):  # what stands for a connection of aiosqlite
        connection.run_async(load_async)
    else:
        pooled = getattr(connection, "connection", connection)
        load(pooled.dbapi_connection)


def _dbapi() -> Any:
    if not _CAN_LOAD:
        try:
            return importlib.import_module("pysqlite3")
        except ImportError:
            pass  # load() tells what to do when it is called
    return sqlite3


_CAN_LOAD = hasattr(sqlite3.Connection, "enable_load_extension")

# The module whose connections connect() makes, and whose errors these raise: sqlite3, or else pysqlite3.
dbapi: Any = _dbapi()
