"""larder shell: SQL by hand, with Larder loaded."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlite_larder import dbapi, loadable_path

from .database import Missing, open_database
from .failure import Exit, Failure
from .text import printable

_PROMPT, _MORE = "larder> ", "   ...> "
_LEAVE = (".quit", ".exit")


def run_shell(path: str, statements: Sequence[str]) -> int:
    """SQLite's own shell where there is one that can load Larder, and else a small one."""
    with open_database(path, Missing.IS_MADE) as connection:
        connection.execute("PRAGMA schema_version").fetchone()  # so an error of the file is said in the same way as elsewhere
    full = os.path.abspath(path)
    load = f'.load "{_quoted(loadable_path())}"'
    program = shutil.which("sqlite3")
    if program and _can_load(program, load):
        sys.stdout.flush()
        return _call([program, "-cmd", load, full, *statements])
    with open_database(path) as connection:
        return _run_statements(connection, statements) if statements else _converse(connection)


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')


def _can_load(program: str, load: str) -> bool:
    """Some shells are older than Larder takes, and some are built without loading."""
    trial = subprocess.run([program, "-batch", "-bail", "-cmd", load, ":memory:", "SELECT kv_version()"], capture_output=True)
    return trial.returncode == 0 and trial.stdout.strip() != b""


def _call(command: list[str]) -> int:
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


def _converse(connection: sqlite3.Connection) -> int:
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        print(f"Larder's own small shell, on SQLite {dbapi.sqlite_version}. Statements end with a semicolon; .quit leaves.")
    code = Exit.OK
    for statement in _statements(at_terminal):
        if _run_statements(connection, [statement]) and not at_terminal:
            code = Exit.FOUND  # and goes on, as SQLite's shell does
    return code


def _statements(at_terminal: bool) -> Iterator[str]:
    if at_terminal:
        with suppress(ImportError):
            import readline  # noqa: F401 - gives input() a history
    text = ""
    while True:
        try:
            line = _whole(input((_MORE if text else _PROMPT) if at_terminal else ""))
        except EOFError:
            break
        except KeyboardInterrupt:  # forgets what was typed
            print()
            text = ""
            continue
        except UnicodeDecodeError as error:
            raise Failure(Exit.DATA, "stdin: is not UTF-8") from error
        if not text and line.strip() in _LEAVE:
            return
        *whole, text = _split(text + line + "\n")
        yield from whole
    if text.strip():
        yield text


def _whole(line: str) -> str:
    """What is no UTF-8 is in some locales read as halves of characters."""
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise Failure(Exit.DATA, "stdin: is not UTF-8") from error
    if "\0" in line:
        raise Failure(Exit.DATA, "stdin: holds a NUL, which SQL does not")
    return line


def _split(text: str) -> list[str]:
    """Its statements, and last what is not complete yet."""
    found, rest = [], ""
    for piece in re.split("(?<=;)", text):
        rest += piece
        if dbapi.complete_statement(rest):
            found.append(rest)
            rest = ""
    return [*found, rest.lstrip()]


def _run_statements(connection: sqlite3.Connection, statements: Sequence[str]) -> int:
    try:
        for statement in (each for text in statements for each in _split(text)):
            for row in connection.execute(statement):
                print("|".join("" if each is None else printable(each) for each in row))
    except dbapi.Error as error:
        sys.stdout.flush()
        print(f"Error: {error}", file=sys.stderr)
        return Exit.FOUND
    return Exit.OK
