"""BEGIN IMMEDIATE and COMMIT, or everything rolled back; a savepoint inside of another transaction."""

from __future__ import annotations

import sqlite3
import time
from types import TracebackType
from typing import Optional, Tuple, Type

from .connections import Connections
from .errors import LarderError

# How it begins, is committed and is rolled back.
_Statements = Tuple[str, str, Tuple[str, ...]]
_OUTERMOST: _Statements = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_NESTED: _Statements = (
    "SAVEPOINT larder_store", "RELEASE larder_store", ("ROLLBACK TO larder_store", "RELEASE larder_store")
)

# Who waits for the lock looks for it every few tenths of a millisecond, and a loop over transactions would take it again in less.
# So after a long one the others get their turn.
_LONG = 0.1  # seconds
_TURN = 0.002


class Transaction:
    """A context manager, which gives the connection that the transaction is on."""

    __slots__ = ("_connections", "_connection", "_commit", "_rollback", "_began")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._connection: Optional[sqlite3.Connection] = None

    def __enter__(self) -> sqlite3.Connection:
        if self._connection is not None:
            raise LarderError("this transaction is entered already: each block wants a store.transaction() of its own")
        connection = self._connections.get()
        begin, self._commit, self._rollback = _NESTED if connection.in_transaction else _OUTERMOST
        connection.execute(begin)
        self._connection = connection
        self._began = time.monotonic()
        return connection

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        assert self._connection is not None
        connection, self._connection = self._connection, None
        try:
            self._end(connection, kind is None)
        finally:
            if time.monotonic() - self._began > _LONG and self._commit == "COMMIT":
                time.sleep(_TURN)

    def _end(self, connection: sqlite3.Connection, succeeded: bool) -> None:
        if not succeeded:
            self._roll_back(connection)
            return
        self._connections.must_be_open()  # else it is rolled back with that
        if not self._connections.are_with(connection):
            raise LarderError("a transaction is ended in the process and the thread that began it")
        try:
            connection.execute(self._commit)
        except BaseException:  # such as a deferred foreign key
            self._roll_back(connection)
            raise

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        """An error may have done it already, and the child of a fork leaves it to its parent."""
        if self._connections.are_with(connection) and connection.in_transaction:
            for statement in self._rollback:
                connection.execute(statement)
