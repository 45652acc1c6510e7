"""Rate limits."""

from __future__ import annotations

import time

from .connections import Connections
from .values import Duration, duration

_TAKE = "SELECT rate_take(?, ?, ?, ?)"


class Rate:
    """So many units a period, for all processes that share the file."""

    def __init__(self, connections: Connections, name: str, limit: int, period: Duration) -> None:
        self._value = connections.value
        self._limit = name, limit, duration(period)

    def take(self, cost: int = 1) -> float:
        """0.0 when `cost` units are taken; else the seconds to wait, and nothing is taken."""
        return float(self._value(_TAKE, (*self._limit, cost)))

    def wait(self, cost: int = 1) -> None:
        """Takes `cost` units, and sleeps until it could. Not inside a transaction, where others would wait, too.

        Nothing is put aside for who waits: others that go on taking one at a time may keep a greater `cost` waiting for ever.
        """
        while True:
            pause = self.take(cost)
            if not pause:
                return
            time.sleep(pause)
