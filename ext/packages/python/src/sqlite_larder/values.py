"""How Python's values are stored, and how they are told apart when they are read.

Text, bytes, int, float and None are SQLite's own types and are stored as they are. Anything else is stored as a text: MARK,
and the JSON of the value. A text that itself begins with MARK is stored in that way, too, as a JSON string. So a text
that begins with MARK is always JSON, any other is always itself, whatever it looks like.

MARK is white space that JSON allows: every JSON parser, and SQLite's json_extract(), reads such a value as it stands.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta
from enum import Enum
from typing import Any, Literal, Protocol, Union

MARK = " \t"

# What a call answers where there is nothing. No stored value is equal to it, as nobody else knows it.
MISS = secrets.token_bytes(16)

Key = Union[str, int, float, bytes]
Duration = Union[float, str, timedelta, None]  # seconds, a text such as "15m", or None, which is for ever


class Left(Enum):
    """What stands for an argument that was left out, where None has a meaning of its own."""

    OUT = "left out"


LEFT_OUT = Left.OUT
OptionalDuration = Union[Duration, Literal[Left.OUT]]


class Serializer(Protocol):
    """Makes a text of what is none of SQLite's types, and reads it again. The module `json` is one."""

    def dumps(self, value: Any, /) -> str: ...

    def loads(self, text: str, /) -> Any: ...


class Json:
    """The default: JSON without needless spaces, and without NaN and Infinity, which JSON does not have."""

    def __init__(self) -> None:
        self.dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
        self.loads = json.JSONDecoder().decode


class Codec:
    """Between a value of Python's and one of SQLite's."""

    def __init__(self, serializer: Serializer) -> None:
        self._dumps = serializer.dumps
        self._loads = serializer.loads

    def encode(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return self.serialize(value) if value.startswith(MARK) else value
        if kind is int:
            return value if -0x8000000000000000 <= value <= 0x7FFFFFFFFFFFFFFF else self.serialize(value)
        if kind is float:
            if value != value:
                raise ValueError("NaN cannot be stored: SQLite makes NULL of it")
            return value
        if value is None or isinstance(value, (bytes, bytearray, memoryview)):
            return value
        return self._encode_other(value)

    def _encode_other(self, value: Any) -> Any:
        """A subclass, such as a member of an enumeration, is stored as what it is made of; anything else is JSON."""
        if isinstance(value, bool):
            return self.serialize(value)
        if isinstance(value, str):
            return self.encode(str.__str__(value))
        if isinstance(value, int):
            return self.encode(int.__int__(value))
        if isinstance(value, float):
            return self.encode(float.__float__(value))
        return self.serialize(value)

    def serialize(self, value: Any) -> str:
        try:
            return MARK + self._dumps(value)
        except TypeError as error:
            raise TypeError(f"{error}; Store(path, serializer=...) takes one that knows it") from error

    def decode_or(self, value: Any, default: Any) -> Any:
        """`default` instead of MISS."""
        if type(value) is bytes:
            return default if value == MISS else value
        return self.decode(value)

    def decode(self, value: Any) -> Any:
        if type(value) is str and value.startswith(MARK):
            return self._loads(value[len(MARK) :])
        return value


def duration(value: Duration) -> Union[float, str, None]:
    """As Larder takes it."""
    if value != value:
        raise ValueError("NaN is no duration: SQLite makes NULL of it, which is for ever")
    return value.total_seconds() if isinstance(value, timedelta) else value


_DURATION = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(ms|s|m|h|d|)")
_UNITS = {"ms": 0.001, "s": 1, "": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(value: Duration) -> float:
    """A duration as a number of seconds."""
    value = duration(value)
    if value is None:
        return float("inf")
    if not isinstance(value, str):
        return float(value)
    parts = _DURATION.fullmatch(value)
    if parts is None:
        raise ValueError(f"a duration is a number of seconds, a text such as '15m', or None; got {value!r}")
    return float(parts[1]) * _UNITS[parts[2]]
