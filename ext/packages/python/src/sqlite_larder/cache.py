"""The cache: values that expire."""

from __future__ import annotations

from typing import Any, Callable, Optional, TypeVar, Union

from .connections import Connections
from .memoize import Memoized, P
from .transaction import Transaction
from .values import LEFT_OUT, MISS, Codec, Duration, Key, OptionalDuration, duration

R = TypeVar("R")
Number = Union[int, float]

_DEFAULT_TTL = "kv_config('cache.default_ttl')"
_GET = "SELECT cache_get(?)"
_GET_OR = "SELECT cache_get(?, ?)"
_GET_TOUCH = "SELECT cache_get(?, ?, ?)"
_SET = "SELECT cache_set(?, ?) IS NULL"  # so that a large value does not come back
_SET_TTL = "SELECT cache_set(?, ?, ?) IS NULL"
_SET_TAG = f"SELECT cache_set(?, ?, {_DEFAULT_TTL}, ?) IS NULL"
_SET_TTL_TAG = "SELECT cache_set(?, ?, ?, ?) IS NULL"
_ADD = "SELECT cache_add(?, ?)"
_ADD_TTL = "SELECT cache_add(?, ?, ?)"
_ADD_TAG = f"SELECT cache_add(?, ?, {_DEFAULT_TTL}, ?)"
_ADD_TTL_TAG = "SELECT cache_add(?, ?, ?, ?)"
_HAS = "SELECT cache_has(?)"
_TTL = "SELECT cache_ttl(?)"
_TOUCH = "SELECT cache_touch(?, ?)"
_POP = "SELECT cache_pop(?, ?)"
_DELETE = "SELECT cache_del(?)"
_INCR = "SELECT cache_incr(?, ?)"
_INCR_TTL = "SELECT cache_incr(?, ?, ?)"
_CLEAR = "SELECT cache_clear()"
_CLEAR_PREFIX = "SELECT cache_clear(?)"
_CLEAR_TAG = "SELECT cache_clear_tag(?)"


class Cache:
    """`ttl` is seconds, a text such as "15m", a timedelta, or None, which is for ever. Left out it is the file's setting."""

    def __init__(self, connections: Connections, codec: Codec) -> None:
        self._connections = connections
        self._value = connections.value
        self._codec = codec
        self._encode = codec.encode
        self._decode = codec.decode
        self._decode_or = codec.decode_or

    def get(self, key: Key, default: Any = None, *, ttl: OptionalDuration = LEFT_OUT) -> Any:
        """The value, or `default`. With `ttl`, what is found gets that deadline: a sliding session."""
        if ttl is LEFT_OUT:
            if default is None:  # a miss and None are the same then
                return self._decode(self._value(_GET, (key,)))
            return self._decode_or(self._value(_GET_OR, (key, MISS)), default)
        return self._decode_or(self._value(_GET_TOUCH, (key, MISS, duration(ttl))), default)

    def set(self, key: Key, value: Any, ttl: OptionalDuration = LEFT_OUT, *, tag: Optional[str] = None) -> None:
        """Stores the value, in place of value, deadline and tag that were there."""
        value = self._encode(value)
        if tag is None:
            if ttl is LEFT_OUT:
                self._value(_SET, (key, value))
            else:
                self._value(_SET_TTL, (key, value, duration(ttl)))
        elif ttl is LEFT_OUT:
            self._value(_SET_TAG, (key, value, tag))
        else:
            self._value(_SET_TTL_TAG, (key, value, duration(ttl), tag))

    def add(self, key: Key, value: Any, ttl: OptionalDuration = LEFT_OUT, *, tag: Optional[str] = None) -> bool:
        """Stores the value unless there is one; says whether it did."""
        value = self._encode(value)
        if tag is None:
            if ttl is LEFT_OUT:
                return bool(self._value(_ADD, (key, value)))
            return bool(self._value(_ADD_TTL, (key, value, duration(ttl))))
        if ttl is LEFT_OUT:
            return bool(self._value(_ADD_TAG, (key, value, tag)))
        return bool(self._value(_ADD_TTL_TAG, (key, value, duration(ttl), tag)))

    def incr(self, key: Key, delta: Number = 1, ttl: OptionalDuration = LEFT_OUT) -> Number:
        """Adds to a number and returns the sum. A key that is not there begins at 0, with `ttl`; others keep their deadline."""
        total: Number
        if ttl is LEFT_OUT:
            total = self._value(_INCR, (key, delta))
        else:
            total = self._value(_INCR_TTL, (key, delta, duration(ttl)))
        return total

    def pop(self, key: Key, default: Any = None) -> Any:
        """Removes the value and returns it, or returns `default`."""
        if key not in self:  # which takes no lock
            return default
        with Transaction(self._connections):  # a value that cannot be read stays
            return self._decode_or(self._value(_POP, (key, MISS)), default)

    def delete(self, key: Key) -> bool:
        """Removes the entry; says whether there was one."""
        return bool(self._value(_DELETE, (key,)))

    def ttl(self, key: Key) -> Optional[float]:
        """The seconds left; infinity when it never expires, None when it is not there."""
        left: Optional[float] = self._value(_TTL, (key,))
        return left

    def touch(self, key: Key, ttl: Duration) -> bool:
        """Sets a new deadline; says whether there was an entry."""
        return bool(self._value(_TOUCH, (key, duration(ttl))))

    def clear(self, prefix: Optional[str] = None) -> int:
        """Removes all entries, or those whose keys begin with `prefix`; returns how many."""
        return int(self._value(_CLEAR) if prefix is None else self._value(_CLEAR_PREFIX, (prefix,)))

    def clear_tag(self, tag: str) -> int:
        """Removes the entries that were stored with the tag; returns how many."""
        return int(self._value(_CLEAR_TAG, (tag,)))

    __iter__ = None  # else `for key in cache` would ask for the keys 0, 1, 2, ...

    def __getitem__(self, key: Key) -> Any:
        found = self._decode_or(self._value(_GET_OR, (key, MISS)), MISS)
        if found is MISS:
            raise KeyError(key)
        return found

    def __setitem__(self, key: Key, value: Any) -> None:
        self._value(_SET, (key, self._encode(value)))

    def __delitem__(self, key: Key) -> None:
        if not self.delete(key):
            raise KeyError(key)

    def __contains__(self, key: Key) -> bool:
        return bool(self._value(_HAS, (key,)))

    def memoize(
        self,
        ttl: Duration = None,
        *,
        stale: Duration = 0,
        lease: Duration = "1m",
        tag: Optional[str] = None,
        key: Optional[Callable[..., Key]] = None,
        name: Optional[str] = None,
    ) -> Callable[[Callable[P, R]], Memoized[P, R]]:
        """Decorates a function, whose results are kept for `ttl`.

        Of many threads and processes that miss at once, one works the result out, within `lease`. The others answer with the
        old one if that died at most `stale` ago, else they wait. The key is the function's name, or `name`, and the JSON of
        its arguments, or what `key` makes of the arguments. A lambda or a function inside of another needs one of the two.
        """
        if callable(ttl):
            raise TypeError("memoize: write it with parentheses: @store.cache.memoize()")
        return lambda function: Memoized(self._connections, self._codec, function, ttl, stale, lease, tag, key, name)
