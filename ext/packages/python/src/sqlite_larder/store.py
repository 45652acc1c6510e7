"""The Store: Larder in the shape of Python."""

from __future__ import annotations

import functools
import os
import sqlite3
from types import TracebackType
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple, Type, Union

from .cache import Cache
from .checkpoint import Checkpoint
from .connections import Connections
from .lease import Lease
from .ledger import Ledger
from .rate import Rate
from .run import Run
from .transaction import Transaction
from .values import Codec, Duration, Json, Serializer

_MIGRATE = "SELECT migrate(?)"
_SWEEP = "SELECT kv_sweep(?)"
_SWEEP_ALL = "SELECT kv_sweep()"
_CHECK = "SELECT name, status, message FROM kv_check WHERE status <> 'ok'"


class Finding(NamedTuple):
    """Something that the doctor does not like."""

    name: str
    status: str  # "warning" or "error"
    message: str


class Store:
    """A database file with Larder, for use by all threads of a process, and by the children that it forks.

    Each thread has one connection, in autocommit mode. `timeout` is how many seconds a call waits for its turn to write,
    `serializer` is for values that are none of SQLite's types (JSON if left out), and `configure` is called with each new
    connection, for pragmas and functions of your own.
    """

    def __init__(
        self,
        path: Union[str, os.PathLike[str]],
        *,
        timeout: float = 5.0,
        serializer: Optional[Serializer] = None,
        configure: Optional[Callable[[sqlite3.Connection], Any]] = None,
    ) -> None:
        path = os.fspath(path)
        if path in ("", ":memory:"):
            raise ValueError("a Store needs a file: a database in memory belongs to one connection, and a Store has one a thread")
        self._path = os.path.abspath(path)
        self._options: Dict[str, Any] = {"timeout": timeout, "serializer": serializer, "configure": configure}
        self._connections = Connections(self._path, timeout, configure)
        self._codec = Codec(Json() if serializer is None else serializer)
        self.cache = Cache(self._connections, self._codec)
        self._connections.get()  # so that a file which cannot be opened is an error here

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for SQL of your own. Leave opening and closing it, and its row_factory, to the Store."""
        return self._connections.get()

    def transaction(self) -> Transaction:
        """BEGIN IMMEDIATE, and COMMIT at the end of the block, or after an exception ROLLBACK. In another one: a savepoint."""
        return Transaction(self._connections)

    def ledger(self, name: str) -> Ledger:
        """A set of ids that are done, or a queue of those that are to be."""
        return Ledger(self._connections, self._codec, name)

    def checkpoint(self, name: str) -> Checkpoint:
        """How far a job has come."""
        return Checkpoint(self._connections, self._codec, name)

    def run(self, job: str, lease: Duration = "5m", *, total: Optional[int] = None, heartbeat: bool = True) -> Run:
        """Guards a block against running twice at a time, and shows its progress in kv_run.

        AlreadyRunning is raised while another run is alive. An exception makes the run `failed`. While the block lasts, a thread
        ticks every third of the lease; without `heartbeat` it is for tick() alone to show that the run is alive.
        """
        return Run(self._connections, job, lease, total, heartbeat)

    def lease(self, name: str, ttl: Duration, *, owner: Optional[str] = None, wait: Duration = 0) -> Lease:
        """Holds a lease for the length of a block, but not longer than `ttl`. After `wait` in vain it is LeaseHeld."""
        return Lease(self._connections, name, ttl, owner, wait)

    def rate(self, name: str, limit: int, period: Duration) -> Rate:
        """`limit` units each `period`, for all processes together."""
        return Rate(self._connections, name, limit, period)

    def migrate(self, directory: Union[str, os.PathLike[str]]) -> int:
        """Applies what is pending of a directory of migrations, and returns the resulting user_version."""
        return int(self._connections.value(_MIGRATE, (os.fspath(directory),)))

    def sweep(self, max_rows: Optional[int] = None) -> int:
        """Removes what is dead, and returns how many rows that were."""
        return int(self._connections.value(_SWEEP_ALL) if max_rows is None else self._connections.value(_SWEEP, (max_rows,)))

    def check(self) -> List[Finding]:
        """What is wrong with the file or this connection; an empty list when all is well."""
        return [Finding(*row) for row in self._connections.get().execute(_CHECK)]

    def close(self) -> None:
        """Closes this thread's connection, and rolls back what is not committed.

        In other threads a call that is under way ends as usual. Their next one raises LarderError and closes their connection,
        or the end of the thread does.
        """
        self._connections.close()

    def __reduce__(self) -> Tuple[Callable[[str], Store], Tuple[str]]:
        """Pickled, as for a process that is spawned, it is a store of the same file."""
        return functools.partial(Store, **self._options), (self._path,)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()
