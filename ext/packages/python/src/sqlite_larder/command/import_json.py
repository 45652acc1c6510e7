"""larder import-json: takes over what a script has kept in a JSON file so far."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..values import Codec, Json
from .database import transaction
from .failure import Exit, Failure
from .text import printable

_CODEC = Codec(Json())


@dataclass(frozen=True)
class Target:
    """Where keys and values go: SQL with the parameters :key and :value, and those that the target fixes."""

    name: str
    has: str
    put: str
    fixed: dict[str, Any] = field(default_factory=dict)
    takes_ids: bool = False  # a list of ids, without values


def cache(ttl: float | None, tag: str | None) -> Target:
    put = "INSERT OR REPLACE INTO kv_cache(key, value, ttl, tag) VALUES (:key, :value, :ttl, :tag)"
    return Target("the cache", "SELECT cache_has(:key)", put, {"ttl": ttl, "tag": tag})


def checkpoints() -> Target:
    has = "SELECT count(*) FROM kv_checkpoint WHERE name = :key"
    return Target("the checkpoints", has, "SELECT checkpoint_set(:key, :value)")


def ledger(name: str, pending: bool) -> Target:
    has = "SELECT count(*) FROM kv_ledger WHERE ledger = :ledger AND id = :key"
    column, status = ("payload", "pending") if pending else ("result", "done")
    put = f"INSERT OR REPLACE INTO kv_ledger(ledger, id, {column}, status) VALUES (:ledger, :key, :value, :status)"
    return Target(f"the ledger {printable(name)}", has, put, {"ledger": name, "status": status}, takes_ids=True)


def import_json(connection: sqlite3.Connection, items: dict[str, Any], target: Target, replace: bool) -> dict[str, int]:
    """All of it or nothing. What is there already stays, unless it is to be replaced."""
    counts = {"added": 0, "replaced": 0, "kept": 0}
    with transaction(connection):
        for key, item in items.items():
            parameters = {"key": key, "value": item, **target.fixed}
            is_there = connection.execute(target.has, parameters).fetchone()[0]
            if not is_there or replace:
                connection.execute(target.put, parameters).fetchall()
            counts["added" if not is_there else "replaced" if replace else "kept"] += 1
    return counts


def read_items(path: str, target: Target) -> dict[str, Any]:
    """The file's keys, and its values as they are to be stored."""
    try:
        content = _parse(path)
        if isinstance(content, list) and target.takes_ids:
            content = {_id(path, each): None for each in content}
        if not isinstance(content, dict):
            wanted = "an object or a list of ids" if target.takes_ids else "an object"
            raise Failure(Exit.DATA, f"{path}: holds no JSON object: {target.name} takes {wanted}")
        return {_whole(path, key, key): _stored(path, key, item) for key, item in content.items()}
    except RecursionError as error:
        raise Failure(Exit.DATA, f"{path}: is nested too deeply") from error


def _parse(path: str) -> Any:
    try:
        if path == "-":
            content = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                content = file.read()
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except OSError as error:
        code = Exit.NO_PERMISSION if isinstance(error, PermissionError) else Exit.NO_INPUT
        raise Failure(code, f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Failure(Exit.DATA, f"{path}: is no JSON: byte {error.start} is not UTF-8") from error
    except ValueError as error:
        raise Failure(Exit.DATA, f"{path}: is no JSON: {error}") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is none of its numbers")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Of a key that comes twice one value would be lost, and nobody can say which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key in found if counts[key] > 1)
        raise ValueError(f"the key {printable(twice)} comes {counts[twice]} times in one object")
    return found


def _id(path: str, item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, (int, float)) and not isinstance(item, bool):
        return json.dumps(item)
    raise Failure(Exit.DATA, f"{path}: a list of ids holds texts and numbers, and not {json.dumps(item)[:80]}")


def _stored(path: str, key: str, item: Any) -> Any:
    """As the Store would, so that it reads what the JSON file had."""
    try:
        stored = _CODEC.encode(item)
    except ValueError as error:  # a number that is infinite, in a list or an object
        raise Failure(Exit.DATA, f"{path}: {printable(key)}: {error}") from error
    return _whole(path, key, stored) if isinstance(stored, str) else stored


def _whole(path: str, key: str, text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Failure(Exit.DATA, f"{path}: {printable(key)}: holds half a character: \\u{ord(text[error.start]):x}") from error
    return text
