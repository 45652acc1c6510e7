"""Opening a file with Larder, and asking it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from sqlite_larder import LoadError, connect, dbapi

from .failure import Exit, Failure

Row = dict[str, Any]
BUSY_TIMEOUT = 5.0


class Missing(Enum):
    """What to do about a file that is not there."""

    FAILS = "fails"
    IS_MADE = "is made"
    IS_EMPTY = "counts as an empty one, and is not made"


@contextmanager
def open_database(path: str, missing: Missing = Missing.FAILS, timeout: float = BUSY_TIMEOUT) -> Iterator[sqlite3.Connection]:
    """A connection for the block; whatever SQLite reports in it becomes a Failure."""
    full = os.path.abspath(path)  # a file is meant, also by a name that SQLite takes for something else (:memory:)
    if missing == Missing.IS_EMPTY and not os.path.exists(full):
        full = ":memory:"
    else:
        _look_at(path, full, missing)
    try:
        connection = connect(full, timeout=timeout)
        try:
            connection.text_factory = _decode
            yield connection
        finally:
            connection.close()
    except dbapi.Error as error:
        raise Failure.of_sqlite(error, path) from error
    except LoadError as error:
        raise Failure(Exit.UNAVAILABLE, str(error)) from error


def _look_at(path: str, full: str, missing: Missing) -> None:
    """SQLite says "unable to open database file" to all of these."""
    folder = os.path.dirname(full)
    if os.path.isdir(full):
        raise Failure(Exit.NO_INPUT, f"{path}: is a folder, not a database")
    if not os.path.isdir(folder):
        raise Failure(Exit.NO_INPUT, f"{path}: there is no folder {folder}")
    if not os.path.exists(full):
        if missing != Missing.IS_MADE:
            raise Failure(Exit.NO_INPUT, f"{path}: no such file")
        if not os.access(folder, os.W_OK):
            raise Failure(Exit.CANNOT_CREATE, f"{path}: cannot be created: permission denied")
    elif not os.access(full, os.R_OK):
        raise Failure(Exit.NO_PERMISSION, f"{path}: permission denied")


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")  # a text in a file may hold any bytes


def rows(connection: sqlite3.Connection, sql: str, *parameters: Any) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def value(connection: sqlite3.Connection, sql: str, *parameters: Any) -> Any:
    """The one value that a statement answers."""
    return connection.execute(sql, parameters).fetchone()[0]


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise
