"""What a worker does: claims jobs, settles them, and waits for more."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Callable, Iterator, NoReturn, Optional, Type, Union

from .connections import Connections
from .errors import LeaseLost, describe
from .values import LEFT_OUT, Codec, Duration, OptionalDuration, duration

logger = logging.getLogger("sqlite_larder")

_NEXT = "SELECT ledger_next(?, ?, ?)"
_IS_HELD = (
    "SELECT count(*) FROM kv_ledger "
    "WHERE ledger = ? AND id = ? AND token = ? AND status = 'claimed' "
    "AND (lease_until IS NULL OR lease_until > kv_clock())"
)
_PAYLOAD = "SELECT payload FROM kv_ledger WHERE ledger = ? AND id = ?"
_DONE = "SELECT ledger_done(?, ?, ?, ?, ?)"
_FAIL = "SELECT ledger_fail(?, ?, ?, ?, ?)"
_RENEW = "SELECT ledger_renew(?, ?, ?, ?)"
_RELEASE = "SELECT ledger_release(?, ?, ?)"
_WAIT = "SELECT kv_wait(0.5)"  # not longer, so that Python can handle its signals

_may_be_hex = re.compile("(?:[0-9A-F]{2})*").fullmatch
_EXIT_CODE = 128 + signal.SIGTERM


def backoff(attempt: int) -> float:
    """In a minute, two, four, and so on up to an hour."""
    return min(60.0 * 2.0 ** min(attempt - 1, 6), 3600.0)


class Job:
    """A claimed id. As a context manager it is done when its block ends, and failed when that raises an exception."""

    def __init__(self, work: Work, id: str, payload: Any, attempt: int, token: int) -> None:
        self.id = id
        self.payload = payload
        self.attempt = attempt
        self.token = token
        self.settled = False
        self._is_stuck = False
        self._process = os.getpid()
        self._work = work
        self._value = work.connections.value

    def done(self, result: Any = None, *, keep: Duration = None) -> None:
        """The job is done. Call it in the transaction of the job's effect, which LeaseLost then undoes."""
        self._settle(_DONE, self._work.codec.encode(result), duration(keep))

    def fail(self, error: Union[str, BaseException], *, retry_in: OptionalDuration = LEFT_OUT) -> None:
        """The attempt failed. The job is tried again after `retry_in`; None is never."""
        if retry_in is LEFT_OUT:
            retry_in = self._work.retry_in(self.attempt)
        self._settle(_FAIL, describe(error), duration(retry_in))

    def release(self) -> None:
        """Gives the job back, as if it had not been claimed."""
        self._settle(_RELEASE)

    def renew(self, lease: OptionalDuration = LEFT_OUT) -> None:
        """The job is claimed for `lease` from now on, or for as long as before."""
        lease = self._work.lease if lease is LEFT_OUT else duration(lease)
        self._must_hold(self._value(_RENEW, (self._work.ledger, self.id, self.token, lease)))

    def _settle(self, sql: str, *details: Any) -> None:
        self._must_hold(self._value(sql, (self._work.ledger, self.id, self.token, *details)))
        self.settled = True

    def _must_hold(self, held: int) -> None:
        if not held:
            raise LeaseLost(f"the claim of {self.id!r} in the ledger {self._work.ledger!r} is lost: another worker may have it")

    def __enter__(self) -> Job:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> bool:
        """An exception is the end of the attempt, not of the worker."""
        if self._is_inherited():
            return False
        if error is None:
            self._succeed()
        elif isinstance(error, Exception):
            self._fail_with(error)
        else:
            self._end(self.release)  # the worker is told to stop
        return isinstance(error, Exception)

    def _succeed(self) -> None:
        self._end(self._fail_undone if self.settled else self.done)

    def _fail_undone(self) -> None:
        self.fail("what has settled the job was rolled back")

    def _fail_with(self, error: Exception) -> None:
        logger.error("%s: %r failed, attempt %d", self._work.ledger, self.id, self.attempt, exc_info=error)
        self._end(lambda: self.fail(error))

    def _is_inherited(self) -> bool:
        """Whether this is the child of a fork, which leaves its parent's job alone unless it settles it by a call."""
        return self._process != os.getpid()

    def _is_held(self) -> bool:
        return bool(self._value(_IS_HELD, (self._work.ledger, self.id, self.token)))

    def _end(self, settle: Callable[[], None]) -> None:
        """Settles the job unless that was done, and not in a transaction that was rolled back.

        That the claim is lost is for the log then: nothing can be undone any more.
        """
        if self._is_inherited() or self._is_stuck or self.settled and not self._is_held():
            return
        self.settled = True
        try:
            settle()
        except LeaseLost as lost:
            logger.warning("%s", lost)
        except Exception:  # such as a locked file: it comes back when its lease ends, and has not failed
            self._is_stuck = True
            raise


class Work:
    """The loop of a worker."""

    def __init__(
        self,
        connections: Connections,
        codec: Codec,
        ledger: str,
        lease: Union[float, str, None],
        owner: Optional[str],
        retry_in: Callable[[int], Duration],
        wait: bool,
    ) -> None:
        self.connections = connections
        self.codec = codec
        self.ledger = ledger
        self.lease = lease
        self.retry_in = retry_in
        self._owner = owner
        self._wait = wait

    def __iter__(self) -> Iterator[Job]:
        with _Termination() as termination:
            while not termination.requested:
                job = self._next()
                if job is not None:
                    if self._can_read(job):
                        yield from self._one(job, termination)
                elif self._wait:
                    self.connections.value(_WAIT)
                else:
                    return
            termination.exit()

    def _one(self, job: Job, termination: _Termination) -> Iterator[Job]:
        try:
            with termination.at_once():
                yield job
        except BaseException:  # GeneratorExit does not tell why the loop was left
            job._end(job.release if termination.requested else lambda: job.fail("the worker left its loop"))
            raise
        job._succeed()

    def _next(self) -> Optional[Job]:
        answer = self.connections.value(_NEXT, (self.ledger, self.lease, self._owner))
        if answer is None:
            return None
        job = json.loads(answer)
        return Job(self, job["id"], self._payload(job), job["attempt"], job["token"])

    def _payload(self, job: Any) -> Any:
        """As it is stored."""
        payload = job["payload"]
        if isinstance(payload, str) and _may_be_hex(payload):  # in JSON a BLOB is the text of its hex digits
            payload = self.connections.value(_PAYLOAD, (self.ledger, job["id"]))
        return payload

    def _can_read(self, job: Job) -> bool:
        """A payload that cannot be read is the failure of its job, and not the end of every worker that claims it."""
        try:
            job.payload = self.codec.decode(job.payload)
        except Exception as error:  # which depends on the serializer
            job._fail_with(error)
            return False
        return True


class _Termination:
    """Makes SystemExit of SIGTERM, so that blocks are left in order. It replaces the default action only, in the main thread."""

    def __init__(self) -> None:
        self.requested = False
        self._at_once = False
        self._installed = False

    def __enter__(self) -> _Termination:
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, self._handle)
            self._installed = True
        return self

    def __exit__(self, *_: Any) -> None:
        if self._installed and threading.current_thread() is threading.main_thread():
            if signal.getsignal(signal.SIGTERM) == self._handle:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def _handle(self, _signal: int, _frame: Optional[FrameType]) -> None:
        self.requested = True
        if self._at_once:
            self.exit()

    def exit(self) -> NoReturn:
        raise SystemExit(_EXIT_CODE)

    @contextlib.contextmanager
    def at_once(self) -> Iterator[None]:
        """While a job is worked on it is interrupted; between jobs the loop looks for itself, so that no claim is forgotten."""
        self._at_once = True
        try:
            if self.requested:
                self.exit()
            yield
        finally:
            self._at_once = False
