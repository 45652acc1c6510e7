"""One connection for each thread, made when the thread first needs one, and never carried over a fork."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import threading
import weakref
from typing import Any, Callable, Optional, Sequence

from .errors import LarderError
from .loading import connect, dbapi

_all_connections: "weakref.WeakSet[Connections]" = weakref.WeakSet()


class _Owner:
    """Closes its connection when the thread that it belongs to has ended."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection: Optional[sqlite3.Connection] = connection
        self._thread = threading.current_thread()

    def close(self) -> None:
        """Unless another thread may be using the connection this moment, which no lock of SQLite's or Python's makes safe."""
        if self._thread.is_alive() and self._thread.ident != threading.get_ident():
            return
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def abandon(self) -> None:
        """In the child of a fork not even closing is safe, so the connection must outlive the interpreter."""
        if self.connection is not None and hasattr(ctypes, "pythonapi"):
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.connection))
        self.connection = None

    def __del__(self) -> None:
        self.close()


class _Thread(threading.local):
    """What belongs to one thread."""

    connection: Optional[sqlite3.Connection] = None
    owner: Optional[_Owner] = None


class Connections:
    """The connections of one Store."""

    def __init__(self, path: str, timeout: float, configure: Optional[Callable[[sqlite3.Connection], Any]]) -> None:
        self._path = path
        self._timeout = timeout
        self._configure = configure
        self._closed = False
        self._begin()
        _all_connections.add(self)

    def _begin(self) -> None:
        self._thread = _Thread()
        self._owners: "weakref.WeakSet[_Owner]" = weakref.WeakSet()

    def get(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection = self._thread.connection
        return self._open() if connection is None or self._closed else connection

    def are_with(self, connection: sqlite3.Connection) -> bool:
        """Whether it is this thread's, and was not inherited by a fork."""
        return self._thread.connection is connection

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The one value of the one row that a statement answers."""
        connection = self._thread.connection
        if connection is None or self._closed:
            connection = self._open()
        return connection.execute(sql, parameters).fetchone()[0]

    def must_be_open(self) -> None:
        """A thread learns here that another has closed the store, and closes what is its own."""
        if self._closed:
            self._close_mine()
            raise LarderError("the store is closed")

    def close(self) -> None:
        """Closes the connection of this thread, and those that threads have left behind. Each other thread closes its own."""
        self._closed = True
        self._close_mine()
        for owner in list(self._owners):
            owner.close()

    def _open(self) -> sqlite3.Connection:
        self.must_be_open()
        try:
            # A connection may be closed in another thread, when its own has ended.
            connection = connect(self._path, timeout=self._timeout, check_same_thread=False)
        except dbapi.OperationalError as error:
            error.args = (f"{error}: {self._path}",)
            raise
        owner = _Owner(connection)
        # Waits in turns: SQLite's own way lets newcomers overtake.
        connection.execute("SELECT kv_busy_timeout(?)", (int(self._timeout * 1000),)).fetchone()
        if self._configure is not None:
            self._configure(connection)
        self._owners.add(owner)
        self._thread.owner = owner
        self._thread.connection = connection
        self.must_be_open()  # close() may have come meanwhile
        return connection

    def _close_mine(self) -> None:
        owner = self._thread.owner
        self._thread.connection = self._thread.owner = None
        if owner is not None:
            owner.close()

    def abandon(self) -> None:
        for owner in list(self._owners):
            owner.abandon()
        self._begin()


def _after_fork() -> None:
    for connections in list(_all_connections):
        connections.abandon()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
