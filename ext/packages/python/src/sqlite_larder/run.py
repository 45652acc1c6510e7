"""Runs: one execution of a job at a time."""

from __future__ import annotations

import logging
import os
import threading
import time
from types import TracebackType
from typing import Optional, Type

from .connections import Connections
from .errors import AlreadyRunning, LarderError, LeaseLost, describe
from .loading import dbapi
from .values import Duration, duration, seconds

logger = logging.getLogger("sqlite_larder")

_START = "SELECT run_start(?, ?, ?)"
_TICK = "SELECT run_tick(?, ?, ?)"
_FINISH = "SELECT run_finish(?, ?, ?)"
_SHORT_WAIT = "SELECT kv_busy_timeout(250)"  # milliseconds for which whoever forks, or ends the run, may have to wait
_RETRY = 0.01  # seconds: waiting for the lock most of the time, a beat finds the gap between two long transactions

# Held by a heartbeat while it is in SQLite, and by whoever forks. A child would wait for ever for the locks that a thread of its
# parent, which it has not, was holding; and nobody who starts a run knows that he has such a thread.
_beating = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_beating.acquire, after_in_parent=_beating.release, after_in_child=_beating.release)


class Run:
    """One execution of a job, while the block lasts. A second one at the same time is AlreadyRunning."""

    def __init__(self, connections: Connections, job: str, lease: Duration, total: Optional[int], heartbeat: bool) -> None:
        self.job = job
        self.id = 0
        self._connections = connections
        self._value = connections.value
        self._lease = lease
        self._total = total
        self._beats = heartbeat and lease is not None

    def tick(self, n: int = 1, *, total: Optional[int] = None) -> None:
        """Adds to what is done, and begins the lease anew."""
        if not self._value(_TICK, (self.id, n, total)):
            raise self._lost()

    def __enter__(self) -> Run:
        if self._connections.get().in_transaction:
            raise LarderError(f"the run {self.job!r} must begin outside of a transaction, or nobody else sees it")
        run = self._value(_START, (self.job, duration(self._lease), self._total))
        if run is None:
            raise AlreadyRunning(f"another run of {self.job!r} is alive")
        self.id = run
        self._process = os.getpid()
        self._heartbeat = _Heartbeat(self, seconds(self._lease) / 3) if self._beats else None
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if self._process != os.getpid():
            return  # the child of a fork leaves its parent's run alone
        if self._heartbeat is not None:
            self._heartbeat.end()
        if error is None or isinstance(error, SystemExit) and error.code in (None, 0):
            if not self._value(_FINISH, (self.id, "finished", None)) and error is None:
                raise self._lost()
            return
        try:
            self._value(_FINISH, (self.id, "failed", describe(error)))
        except (dbapi.Error, LarderError):  # the error that ended the block is the one to be raised
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
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._period):
            try:
                self._tick()
            except LarderError:  # the lease is lost, or the store closed, as the block learns by itself
                return

    def _tick(self) -> None:
        """Tries until it succeeds: a failure, such as a locked file, leaves time for more attempts."""
        warn_at = time.monotonic() + self._period / 2  # then half of the lease is over
        while True:
            try:
                with _beating:
                    self._run._value(_SHORT_WAIT)
                    return self._run.tick(0)
            except dbapi.Error as error:
                if time.monotonic() > warn_at:
                    logger.warning("no heartbeat of the run %d of %r: %s", self._run.id, self._run.job, error)
                    warn_at = float("inf")
            if self._over.wait(_RETRY):
                return
