"""Checkpoints."""

from __future__ import annotations

import secrets
from typing import Any, Union

from .connections import Connections
from .values import Codec

_GET = "SELECT checkpoint_get(?, ?)"
_SET = "SELECT checkpoint_set(?, ?) IS NULL"
_ADVANCE = "SELECT checkpoint_advance(?, ?)"
_DELETE = "SELECT checkpoint_del(?)"

_NONE = secrets.token_bytes(16)  # what checkpoint_get() answers where there is none; no stored value is equal to it


class Checkpoint:
    """How far a job has come."""

    def __init__(self, connections: Connections, codec: Codec, name: str) -> None:
        self.name = name
        self._value = connections.value
        self._codec = codec

    def get(self, default: Any = None) -> Any:
        """The value, or `default`."""
        found = self._value(_GET, (self.name, _NONE))
        return default if found == _NONE else self._codec.decode(found)

    def set(self, value: Any) -> None:
        self._value(_SET, (self.name, self._codec.encode(value)))

    def advance(self, value: Union[int, float, str, bytes]) -> bool:
        """Sets the value if it is greater than the stored one, or the first; says whether it did."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str, bytes)):
            raise TypeError(f"advance: a checkpoint that grows is a number, a text or bytes; got {value!r}")
        return bool(self._value(_ADVANCE, (self.name, value)))

    def delete(self) -> bool:
        """Removes the checkpoint; says whether there was one."""
        return bool(self._value(_DELETE, (self.name,)))
