"""Checkpoints."""

from __future__ import annotations

from typing import Any, Union

from .connections import Connections
from .values import MISS, Codec

_GET = "SELECT checkpoint_get(?, ?)"
_SET = "SELECT checkpoint_set(?, ?) IS NULL"
_ADVANCE = "SELECT checkpoint_advance(?, ?)"
_DELETE = "SELECT checkpoint_del(?)"


class Checkpoint:
    """How far a job has come."""

    def __init__(self, connections: Connections, codec: Codec, name: str) -> None:
        self.name = name
        self._value = connections.value
        self._codec = codec

    def get(self, default: Any = None) -> Any:
        """The value, or `default`."""
        return self._codec.decode_or(self._value(_GET, (self.name, MISS)), default)

    def set(self, value: Any) -> None:
        self._value(_SET, (self.name, self._codec.encode(value)))

    def advance(self, value: Union[int, float, str, bytes]) -> bool:
        """Sets the value if it is greater than the stored one, or the first; says whether it did."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str, bytes)):
            raise TypeError(f"advance: a checkpoint that grows is a number, a text or bytes; got {value!r}")
        if self._codec.encode(value) != value:
            raise ValueError(f"advance: {value!r} would be stored as JSON, which has no order; set() takes it")
        return bool(self._value(_ADVANCE, (self.name, value)))

    def delete(self) -> bool:
        """Removes the checkpoint; says whether there was one."""
        return bool(self._value(_DELETE, (self.name,)))
