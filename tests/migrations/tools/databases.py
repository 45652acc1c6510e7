"""What is in a database, and what Larder makes of a folder."""

import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass

SHELL = [os.environ.get("SQLITE3", "sqlite3"), "-batch", "-bail", "-init", "/dev/null"]
LARDER = os.path.abspath(os.environ["LARDER"])


@dataclass(frozen=True)
class Outcome:
    done: bool
    output: str


class Failed(Exception):
    """A step that a comparison needs did not work."""


def need(outcome, what):
    if not outcome.done:
        raise Failed(f"{what}: {outcome.output.strip()}")
    return outcome


def larder(database, call):
    """Runs SELECT `call` in the shell, which has loaded Larder."""
    command = [*SHELL, "-cmd", f".load {LARDER}", str(database), f"SELECT {call};"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return Outcome(ran.returncode == 0, ran.stdout + ran.stderr)


def migrate(database, folder, rest=""):
    return larder(database, f"migrate('{folder}'{rest})")


def is_of_larder(table):
    return table.startswith("larder_")


def contents(database, without=()):
    """The database's schema and all its rows, as {part: [lines]}, but for tables of Larder's and those in `without`."""
    with closing(sqlite3.connect(database)) as con:
        schema = [
            (kind, name, table, sql)
            for kind, name, table, sql in con.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
            if table not in without and not is_of_larder(table)
        ]
        # SQLite's own tables come when first needed; of the one that counts for AUTOINCREMENT the rows count.
        found = {"schema": [repr(row) for row in schema if not row[1].startswith("sqlite_")]}
        for kind, name, _, _ in schema:
            if kind == "table" and name != "sqlite_sequence":
                found[f"rows of {name}"] = sorted(map(repr, con.execute(f'SELECT * FROM "{name}"')))
        if any(name == "sqlite_sequence" for _, name, _, _ in schema):
            counts = con.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
            counted = sorted(repr(row) for row in counts if row[0] not in without and not is_of_larder(row[0]))
            if counted:
                found["rows of sqlite_sequence"] = counted
    return found


def differences(one, other):
    """Lines that tell what only one of two contents() has."""
    lines = []
    for part in sorted(one.keys() | other.keys()):
        left, right = one.get(part, []), other.get(part, [])
        if left != right:
            lines += [f"{part}, only the tool: {line}" for line in left if line not in right]
            lines += [f"{part}, only Larder: {line}" for line in right if line not in left]
            if sorted(left) == sorted(right):
                lines.append(f"{part}: in another order")
    return lines
