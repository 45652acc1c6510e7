"""A function whose results are cached, and worked out by one process at a time."""

from __future__ import annotations

import contextlib
import functools
import inspect
import json
import os
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, Generic, Optional, TypeVar

from .connections import Connections
from .errors import LarderError
from .loading import dbapi
from .transaction import Transaction
from .values import Codec, Duration, Key, duration

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    P = ParamSpec("P")
else:
    P = TypeVar("P")
R = TypeVar("R")

_GET = "SELECT cache_get(?)"
_CLAIM = "SELECT CASE WHEN cache_get(?1) IS NULL THEN cache_claim(?1, ?2) ELSE 0 END"
_OLD = "SELECT coalesce(cache_get(?1), cache_stale(?1, ?2))"
_SET = "SELECT cache_set(?, ?, ?, ?) IS NULL"
_WAIT = "SELECT kv_wait(0.5)"  # not longer, so that Python can handle its signals
_DELETE = "SELECT cache_del(?)"
# Storing something that is dead already ends a claim. Where there is an old value it is left: nobody tries again before the
# claim ends by itself, and meanwhile the old value is good enough.
_GIVE_UP = "SELECT coalesce(cache_get(?1), cache_stale(?1, ?2), cache_set(?1, NULL, 0)) IS NULL"

_arguments_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _name_of(function: Callable[..., Any]) -> str:
    """Only what is defined once and for all has a name that tells it from others: closures have all the same, and so
    have the methods of two objects."""
    name = getattr(function, "__qualname__", None)
    is_bound = not isinstance(getattr(function, "__self__", None), (type(None), ModuleType))
    if name is None or "<locals>" in name or "<lambda>" in name or is_bound:
        raise TypeError(
            f"memoize: others may have the same name as {function!r}; say memoize(name=...), "
            "or memoize(key=...) with what makes a key of the arguments"
        )
    return f"{function.__module__}.{name}"


def _must_have_texts_as_keys(value: Any) -> None:
    """JSON makes texts of the others, so that {1: x} and {"1": x} were the same arguments."""
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a dict with the key {key!r}, which is no text, cannot be part of a key")
            _must_have_texts_as_keys(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _must_have_texts_as_keys(each)


class Memoized(Generic[P, R]):
    """What memoize() makes of a function. None is stored as JSON's null, so that NULL is a miss and nothing else."""

    def __init__(
        self,
        connections: Connections,
        codec: Codec,
        function: Callable[P, R],
        ttl: Duration,
        stale: Duration,
        lease: Duration,
        tag: Optional[str],
        key: Optional[Callable[..., Key]],
        name: Optional[str],
    ) -> None:
        if not callable(function):
            raise TypeError(f"memoize: {function!r} is no function")
        if inspect.iscoroutinefunction(function):
            raise TypeError("memoize: a coroutine cannot be stored; memoize a plain function and await asyncio.to_thread(it)")
        functools.update_wrapper(self, function)
        self._connections = connections
        self._value = connections.value
        self._codec = codec
        self._function = function
        self._ttl = duration(ttl)
        self._stale = duration(stale)
        self._lease = duration(lease)
        self._tag = tag
        self._make_key = key
        self._name = "" if key is not None else f"{_name_of(function) if name is None else name}:"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        key = self.key(*args, **kwargs)
        found = self._value(_GET, (key,))
        if found is None:
            return self._after_miss(key, lambda: self._function(*args, **kwargs))
        return self._result(found)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else functools.partial(self, instance)

    def __reduce__(self) -> str:
        return self._function.__qualname__  # pickled by name, as any function

    def key(self, *args: P.args, **kwargs: P.kwargs) -> Key:
        """The key under which the result for these arguments is stored."""
        if self._make_key is not None:
            return self._make_key(*args, **kwargs)
        try:
            _must_have_texts_as_keys([args, kwargs])
            key = self._name + _arguments_as_text(args)
            return key + _arguments_as_text(kwargs) if kwargs else key
        except TypeError as error:
            raise TypeError(f"{self._name} {error}; memoize(key=...) takes what makes a key of the arguments") from error

    def forget(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Removes the result for these arguments; says whether there was one."""
        return bool(self._value(_DELETE, (self.key(*args, **kwargs),)))

    def _result(self, found: Any) -> R:
        result: R = self._codec.decode(found)
        return result

    def _after_miss(self, key: Key, work: Callable[[], R]) -> R:
        while not self._claim(key):
            found = self._value(_OLD, (key, self._stale))
            if found is not None:
                return self._result(found)
            if self._connections.get().in_transaction:
                break  # nobody else can store anything now
            self._value(_WAIT)
        return self._work_out(key, work)

    def _claim(self, key: Key) -> bool:
        with Transaction(self._connections):
            return bool(self._value(_CLAIM, (key, self._lease)))

    def _work_out(self, key: Key, work: Callable[[], R]) -> R:
        process = os.getpid()
        try:
            result = work()
            stored = self._codec.serialize(None) if result is None else self._codec.encode(result)
            self._value(_SET, (key, stored, self._ttl, self._tag))
        except BaseException:
            if process == os.getpid():  # and not in the child of a fork, whose parent goes on
                with contextlib.suppress(dbapi.Error, LarderError), Transaction(self._connections):
                    self._value(_GIVE_UP, (key, self._stale))
            raise
        return self._result(stored)  # as the next one will see it: a list, and not a tuple
