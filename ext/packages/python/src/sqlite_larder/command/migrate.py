"""larder migrate: what is pending in a folder of migrations, and applying it."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from .database import Row, rows, value
from .failure import Exit, Failure
from .text import printable, span

_PLAN = "SELECT version, name, state, duration FROM kv_migration(?)"


def plan(connection: sqlite3.Connection, folder: str) -> list[Row]:
    if not os.path.isdir(folder):
        raise Failure(Exit.NO_INPUT, f"{folder}: no such folder")
    return rows(connection, _PLAN, folder)


def migrate(connection: sqlite3.Connection, folder: str, target: int | None, any_order: bool, wait: float) -> dict[str, Any]:
    """Applies what is pending; what the answer calls applied is what was not before."""
    value(connection, "SELECT kv_busy_timeout(?)", int(wait * 1000))  # another process may be migrating all the while
    before = {_key(row) for row in plan(connection, folder) if row["state"] == "applied"}
    version = value(connection, "SELECT migrate(?, ?, ?)", folder, target, "any order" if any_order else None)
    after = [row for row in plan(connection, folder) if row["state"] == "applied"]
    return {"user_version": version, "applied": [row for row in after if _key(row) not in before]}


def _key(row: Row) -> tuple[Any, Any]:
    return row["version"], row["name"]


def shown(row: Row) -> str:
    """A line of the plan, or of what was applied."""
    name = f"{row['state']} {_version(row['version'])} {printable(row['name'])}"
    return f"{name} ({span(row['duration'])})" if row["duration"] is not None else name


def _version(version: int | None) -> str:
    return "repeatable" if version is None else str(version)
