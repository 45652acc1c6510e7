"""Keeps the lease of a run while the command lives, and ends the command when the lease is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from .database import open_database, value

LEAST_LEASE = 1.0  # seconds: of a shorter one the parts are too short to be kept
_LONGEST_NAP = 5.0  # seconds: so soon it is noticed that the machine was suspended


@dataclass(frozen=True)
class Pace:
    """How the lease is divided, so that the command has ended when another run can start.

    A heartbeat comes every third. When none could be written for `patience`, the command is told to end; that may be late by
    a nap, and by a wait for a lock that is as long. What does not end within `grace` is killed.
    """

    lease: float
    kill_after: float

    @property
    def interval(self) -> float:
        return self.lease / 3

    @property
    def grace(self) -> float:
        return min(self.kill_after, self.lease / 6)

    @property
    def patience(self) -> float:
        return self.lease - self.grace - 2 * self.nap

    @property
    def nap(self) -> float:
        return min(_LONGEST_NAP, self.lease / 12)


class Heartbeat(threading.Thread):
    """A thread: nothing that the main thread waits for can hold it up, nor can a locked file hold up signals there."""

    def __init__(self, path: str, run: int, pace: Pace, end: Callable[[], None]) -> None:
        super().__init__(name="larder-heartbeat", daemon=True)
        self._path = path
        self._run_id = run
        self._pace = pace
        self._end = end
        self._over = threading.Event()
        self._beat_at = time.time()  # by the clock that the lease goes by, which runs on while the machine is suspended
        self.lost: str | None = None  # why

    def finish(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while self.lost is None and not self._over.wait(self._pace.nap):
            if not 0 <= time.time() - self._beat_at < self._pace.interval:  # below 0 somebody has set the clock back
                self._beat()
        if self.lost is not None:
            self._end()

    def _beat(self) -> None:
        now = time.time()
        try:
            with open_database(self._path, timeout=self._pace.nap) as connection:
                held = value(connection, "SELECT run_tick(?, 0)", self._run_id)
        except Exception as failure:  # whatever it is, there was no heartbeat
            if time.time() - self._beat_at >= self._pace.patience:
                self.lost = f"no heartbeat could be written: {failure}"
            return
        self._beat_at = now
        if not held:
            self.lost = "its lease was over"
