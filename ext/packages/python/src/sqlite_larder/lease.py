"""Leases: one holder at a time, who is late has lost."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from types import TracebackType
from typing import Optional, Type

from .connections import Connections
from .errors import LarderError, LeaseHeld, LeaseLost
from .loading import dbapi
from .values import LEFT_OUT, Duration, OptionalDuration, duration, seconds

logger = logging.getLogger("sqlite_larder")

_ACQUIRE = "SELECT lease_acquire(?, ?, ?)"
_CHECK = "SELECT lease_check(?, ?)"
_RENEW = "SELECT lease_renew(?, ?, ?)"
_RELEASE = "SELECT lease_release(?, ?)"
_WAIT = "SELECT kv_wait(?)"

_LONGEST_WAIT = 0.5  # seconds, so that Python can handle its signals


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
            self._value(_CHECK, (self.name, self.token))
        except dbapi.OperationalError as error:
            if " is lost: " in str(error):
                raise LeaseLost(str(error)) from None
            raise

    def renew(self, ttl: OptionalDuration = LEFT_OUT) -> None:
        """Held for `ttl` from now on, or for as long as before."""
        ttl = self._ttl if ttl is LEFT_OUT else duration(ttl)
        if not self._value(_RENEW, (self.name, self.token, ttl)):
            raise self._lost()

    def __enter__(self) -> Lease:
        deadline = time.monotonic() + self._wait
        while True:
            token = self._value(_ACQUIRE, (self.name, self._ttl, self._owner))
            if token is not None:
                break
            left = deadline - time.monotonic()
            if left <= 0:
                raise LeaseHeld(f"somebody else holds the lease {self.name!r}")
            self._value(_WAIT, (min(left, _LONGEST_WAIT),))
        self.token = token
        self._process = os.getpid()
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if self._process != os.getpid():
            return  # the child of a fork leaves its parent's lease alone
        try:
            held = self._value(_RELEASE, (self.name, self.token))
        except (dbapi.Error, LarderError):
            if error is None:
                raise
            logger.exception("the lease %r could not be released", self.name)  # the error of the block is the one to be raised
            return
        if not held and error is None:
            raise self._lost()

    def _lost(self) -> LeaseLost:
        return LeaseLost(f"the lease {self.name!r} with token {self.token} is lost")
