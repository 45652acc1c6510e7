"""Ledgers: what is done, and who does the rest."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator, Optional, TypeVar

from .connections import Connections
from .transaction import Transaction
from .values import Codec, Duration, Key, duration
from .work import Job, Work, backoff

T = TypeVar("T")

_MARK = "SELECT ledger_mark(?, ?)"
_MARK_RESULT = "SELECT ledger_mark(?, ?, ?, ?)"
_SEEN = "SELECT ledger_seen(?, ?)"
_RESULT = "SELECT ledger_result(?, ?)"
_FORGET = "SELECT ledger_forget(?, ?)"
_FORGET_ALL = "SELECT ledger_forget(?)"
_ADD = "SELECT ledger_add(?, ?, ?, ?, ?)"
_SKIP = "SELECT ledger_skip(?, ?, ?)"


class Ledger:
    """A named set of ids. Ids are text; a number is its digits."""

    def __init__(self, connections: Connections, codec: Codec, name: str) -> None:
        self._connections = connections
        self._value = connections.value
        self._codec = codec
        self.name = name

    def mark(self, id: Key, result: Any = None, *, keep: Duration = None) -> bool:
        """Marks the id as done, for as long as `keep` says; True when it is new, False when it was done already."""
        if result is None and keep is None:
            return bool(self._value(_MARK, (self.name, id)))
        return bool(self._value(_MARK_RESULT, (self.name, id, self._codec.encode(result), duration(keep))))

    def seen(self, id: Key) -> bool:
        """Whether the id is done."""
        return bool(self._value(_SEEN, (self.name, id)))

    def result(self, id: Key) -> Any:
        """With what the id was marked or done; None when it is not done."""
        return self._codec.decode(self._value(_RESULT, (self.name, id)))

    def skip(self, id: Key, reason: str) -> bool:
        """The id will not be done; False when it is done or skipped already."""
        return bool(self._value(_SKIP, (self.name, id, reason)))

    def forget(self, id: Key) -> bool:
        """Forgets one id, so that it can be done anew; says whether it was known."""
        return bool(self._value(_FORGET, (self.name, id)))

    def forget_all(self) -> int:
        """Forgets all ids of the ledger; returns how many."""
        return int(self._value(_FORGET_ALL, (self.name,)))

    def add(self, id: Key, payload: Any = None, *, delay: Duration = 0, priority: int = 0) -> bool:
        """Adds an id to the queue, for work() from `delay` on, the greatest priority first; False when it is known."""
        if isinstance(id, bytes):
            raise TypeError("add: the id of a job must be a text or a number, as work() reads it from JSON")
        return bool(self._value(_ADD, (self.name, id, self._codec.encode(payload), duration(delay), priority)))

    def todo(self, items: Iterable[T], key: Optional[Callable[[T], Key]] = None) -> Iterator[T]:
        """The items that are not done. The body of the loop and the item's mark are one transaction.

        The transaction is committed when the loop comes back for the next item. An exception that leaves the loop undoes the
        item that it came from, and so do `break` and `return`. Use it in the `for` itself and not through a variable, which
        would keep the transaction open. The database is locked for other writers while the body runs.
        """
        for item in items:
            id: Any = item if key is None else key(item)
            if self.seen(id):
                continue
            with Transaction(self._connections):
                if self.mark(id):  # unless another process came first
                    yield item

    def work(
        self,
        lease: Duration,
        *,
        owner: Optional[str] = None,
        retry_in: Callable[[int], Duration] = backoff,
        wait: bool = True,
    ) -> Iterator[Job]:
        """The jobs of the queue, each claimed for `lease`, one after the other; waits for more, unless `wait` is False.

        A job is done when the loop comes back for the next one. In the loop write `with job:` around what may fail: an exception
        is then logged and kept as the job's error, the job is tried again after `retry_in(attempt)`, and the loop goes on. A loop
        that is left in the middle of a job without that (by an exception, `break` or `return`) fails the job in the same way.
        SIGTERM, as long as the process has not set a handler of its own, gives the job back, and exits with 143.
        """
        return iter(Work(self._connections, self._codec, self.name, duration(lease), owner, retry_in, wait))
