"""What keeps processes apart, or in step: runs, leases, rate limits; and checkpoints."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from types import TracebackType
from typing import Any, Optional, Type, Union

from .connections import Connections
from .errors import AlreadyRunning, LarderError, LeaseHeld, LeaseLost
from .loading import dbapi
from .values import LEFT_OUT, Codec, Duration, OptionalDuration, duration, seconds

logger = logging.getLogger("sqlite_larder")
Kind = Optional[Type[BaseException]]
Trace = Optional[TracebackType]

_RUN_START = "SELECT run_start(?, ?, ?)"
_RUN_TICK = "SELECT run_tick(?, ?, ?)"
_RUN_FINISH = "SELECT run_finish(?, ?, ?)"
_LEASE_ACQUIRE = "SELECT lease_acquire(?, ?, ?)"
_LEASE_CHECK = "SELECT lease_check(?, ?)"
_LEASE_RENEW = "SELECT lease_renew(?, ?, ?)"
_LEASE_RELEASE = "SELECT lease_release(?, ?)"
_WAIT = "SELECT kv_wait(?)"
_RATE_TAKE = "SELECT rate_take(?, ?, ?, ?)"
_CHECKPOINT_GET = "SELECT checkpoint_get(?, ?)"
_CHECKPOINT_SET = "SELECT checkpoint_set(?, ?) IS NULL"
_CHECKPOINT_ADVANCE = "SELECT checkpoint_advance(?, ?)"
_CHECKPOINT_DELETE = "SELECT checkpoint_del(?)"

_LONGEST_WAIT = 0.5  # seconds, so that Python can handle its signals


class Run:
    """One execution of a job, while the block lasts. A second one at the same time is AlreadyRunning."""

    def __init__(self, connections: Connections, job: str, lease: Duration, total: Optional[int], heartbeat: bool) -> None:
        self.job = job
        self.id = 0
        self._connections = connections
        self._value = connections.value
        self._lease = lease
        self._total = total
        self._heartbeat = _Heartbeat(self, seconds(lease) / 3) if heartbeat and lease is not None else None

    def tick(self, n: int = 1, *, total: Optional[int] = None) -> None:
        """Adds to what is done, and begins the lease anew."""
        if not self._value(_RUN_TICK, (self.id, n, total)):
            raise self._lost()

    def __enter__(self) -> Run:
        if self._connections.get().in_transaction:
            raise LarderError(f"the run {self.job!r} must begin outside of a transaction, or nobody else sees it")
        run = self._value(_RUN_START, (self.job, duration(self._lease), self._total))
        if run is None:
            raise AlreadyRunning(f"another run of {self.job!r} is alive")
        self.id = run
        self._process = os.getpid()
        if self._heartbeat is not None:
            self._heartbeat.start()
        return self

    def __exit__(self, kind: Kind, error: Optional[BaseException], trace: Trace) -> None:
        if self._process != os.getpid():
            return  # the child of a fork leaves its parent's run alone
        if self._heartbeat is not None:
            self._heartbeat.end()
        if error is None or isinstance(error, SystemExit) and error.code in (None, 0):
            if not self._value(_RUN_FINISH, (self.id, "finished", None)) and error is None:
                raise self._lost()
            return
        try:
            self._value(_RUN_FINISH, (self.id, "failed", f"{type(error).__name__}: {error}"))
        except dbapi.Error:  # the error that ended the block is the one to be raised
            logger.exception("the run %d of %r could not be ended", self.id, self.job)

    def _lost(self) -> LeaseLost:
        return LeaseLost(f"the run {self.id} of {self.job!r} has lost its lease: another may have begun")


class _Heartbeat:
    """Ticks a run in a thread, and so in a connection, of its own. It tells that the process lives, not that it gets on."""

    def __init__(self, run: Run, period: float) -> None:
        self._run = run
        self._period = period
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of {run.job}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._period):
            try:
                self._run.tick(0)
            except LeaseLost:
                return  # which the block learns by itself
            except dbapi.Error as error:  # locked, for instance; there is time for another beat
                logger.warning("no heartbeat of the run %d of %r: %s", self._run.id, self._run.job, error)


class Lease:
    """Held while the block lasts, and no longer than `ttl` unless renewed. Not reentrant."""

    def __init__(
        self, connections: Connections, name: str, ttl: Duration, owner: Optional[str], wait: Duration
    ) -> None:
        self.name = name
        self.token = 0
        self._value = connections.value
        self._ttl = duration(ttl)
        # The same owner would get a lease a second time; two blocks of one thread are to be two.
        self._owner = owner or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._wait = seconds(wait)

    def check(self) -> None:
        """Raises LeaseLost unless the lease is held. It belongs into the transaction of the write that it guards."""
        try:
            self._value(_LEASE_CHECK, (self.name, self.token))
        except dbapi.OperationalError as error:
            if " is lost: " in str(error):
                raise LeaseLost(str(error)) from None
            raise

    def renew(self, ttl: OptionalDuration = LEFT_OUT) -> None:
        """Held for `ttl` from now on, or for as long as before."""
        ttl = self._ttl if ttl is LEFT_OUT else duration(ttl)
        if not self._value(_LEASE_RENEW, (self.name, self.token, ttl)):
            raise self._lost()

    def __enter__(self) -> Lease:
        deadline = time.monotonic() + self._wait
        while True:
            token = self._value(_LEASE_ACQUIRE, (self.name, self._ttl, self._owner))
            if token is not None:
                break
            left = deadline - time.monotonic()
            if left <= 0:
                raise LeaseHeld(f"somebody else holds the lease {self.name!r}")
            self._value(_WAIT, (min(left, _LONGEST_WAIT),))
        self.token = token
        self._process = os.getpid()
        return self

    def __exit__(self, kind: Kind, error: Optional[BaseException], trace: Trace) -> None:
        if self._process != os.getpid():
            return  # the child of a fork leaves its parent's lease alone
        if not self._value(_LEASE_RELEASE, (self.name, self.token)) and error is None:
            raise self._lost()

    def _lost(self) -> LeaseLost:
        return LeaseLost(f"the lease {self.name!r} with token {self.token} is lost")


class Rate:
    """So many units a period, for all processes that share the file."""

    def __init__(self, connections: Connections, name: str, limit: int, period: Duration) -> None:
        self._value = connections.value
        self._limit = name, limit, duration(period)

    def take(self, cost: int = 1) -> float:
        """0.0 when `cost` units are taken; else the seconds to wait, and nothing is taken."""
        return float(self._value(_RATE_TAKE, (*self._limit, cost)))

    def wait(self, cost: int = 1) -> None:
        """Takes `cost` units, and sleeps until it could. Not inside a transaction, where others would wait, too."""
        while True:
            pause = self.take(cost)
            if not pause:
                return
            time.sleep(pause)


class Checkpoint:
    """How far a job has come."""

    def __init__(self, connections: Connections, codec: Codec, name: str) -> None:
        self.name = name
        self._value = connections.value
        self._codec = codec

    def get(self, default: Any = None) -> Any:
        """The value, or `default`."""
        found = self._value(_CHECKPOINT_GET, (self.name, _NONE))
        return default if found == _NONE else self._codec.decode(found)

    def set(self, value: Any) -> None:
        self._value(_CHECKPOINT_SET, (self.name, self._codec.encode(value)))

    def advance(self, value: Union[int, float, str, bytes]) -> bool:
        """Sets the value if it is greater than the stored one, or the first; says whether it did."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str, bytes)):
            raise TypeError(f"advance: a checkpoint that grows is a number, a text or bytes; got {value!r}")
        return bool(self._value(_CHECKPOINT_ADVANCE, (self.name, value)))

    def delete(self) -> bool:
        """Removes the checkpoint; says whether there was one."""
        return bool(self._value(_CHECKPOINT_DELETE, (self.name,)))


_NONE = secrets.token_bytes(16)  # what checkpoint_get() answers where there is none
