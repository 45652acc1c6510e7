"""What ends the command: the exit codes, and the one line that goes with each."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes. Above 1 they are those of BSD's <sysexits.h> and of the shell, as far as these have a fitting one."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Exit:
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "all is well"
    FOUND = 1, "check, sweep or migrate --plan found something, or a statement of shell failed"
    USAGE = 64, "the command line is wrong"
    DATA = 65, "the data is wrong: no database, no JSON, a migration that fails"
    NO_INPUT = 66, "a file or a folder is missing"
    UNAVAILABLE = 69, "Larder does not work here: this Python cannot load extensions, or this is no Unix"
    LOST = 70, "run: the run lost its lease, and larder ended the command"
    CANNOT_CREATE = 73, "a file cannot be written"
    IO = 74, "the disk is full or fails"
    NOT_NOW = 75, "try again later: another run is active, or the database is locked"
    NO_PERMISSION = 77, "permission denied"
    CANNOT_EXECUTE = 126, "run: the command cannot be executed"
    NOT_FOUND = 127, "run: there is no such command"
    SIGNAL = 128, "plus n: signal n ended the command, or larder itself"


# SQLite's errors by what their messages say: not before Python 3.11 do exceptions have SQLite's own code.
_SQLITE_ERRORS = (
    ("is locked", Exit.NOT_NOW),
    ("disk is full", Exit.IO),
    ("disk I/O error", Exit.IO),
    ("readonly database", Exit.NO_PERMISSION),
    ("unable to open database", Exit.NO_INPUT),
    ("larder needs SQLite", Exit.UNAVAILABLE),
    ("shared object", Exit.UNAVAILABLE),
)


class Failure(Exception):
    """An error that the command explains in one line."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code

    @classmethod
    def of_sqlite(cls, error: Exception, path: str) -> Failure:
        message = str(error)
        codes = (code for words, code in _SQLITE_ERRORS if words in message)
        return cls(next(codes, Exit.DATA), f"{path}: {message}")

    @property
    def may_pass(self) -> bool:
        """Whether the same may succeed a moment later."""
        return self.code in (Exit.NOT_NOW, Exit.IO)
