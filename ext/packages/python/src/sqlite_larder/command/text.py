"""How things are shown: names, times, JSON."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from typing import Any

import click

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\+?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(ms|s|m|h|d)?", re.ASCII)


def duration(text: str | float) -> float:
    """Seconds of a time as Larder's functions take it, that has an end: a number, with one unit or none."""
    if not isinstance(text, str):  # click 8.0 converts a default twice
        return float(text)
    match = _DURATION.fullmatch(text)
    seconds = float(match[1]) * _UNITS[match[2] or "s"] if match else 0.0
    if not 0 < seconds < math.inf:
        raise click.BadParameter(f"{text!r} is no time above 0 such as 90, '90s', '15m', '2h' or '7d'")
    return seconds


def utf8(text: str) -> str:
    """What becomes a text in the file. (An argument holds what is no UTF-8 as halves of characters.)"""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise click.BadParameter("is not UTF-8") from error
    return text


def say(message: str) -> None:
    """One line of larder's own, on stderr. Where that is closed nobody wants to know."""
    with suppress(OSError):
        click.echo(f"larder: {printable(message)}", err=True)


def printable(value: object) -> str:
    """A value in one line. What a file holds may be made to move the cursor of whoever looks at it."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in str(value))


def span(seconds: float | None) -> str:
    """A time for people: 1.5m."""
    if seconds is None or not math.isfinite(seconds):
        return ""
    for unit in ("d", "h", "m"):
        if abs(seconds) >= _UNITS[unit]:
            return f"{seconds / _UNITS[unit]:.1f}{unit}"
    return f"{seconds:.1f}s"


def to_json(value: object) -> str:
    """In one line, in ASCII. A BLOB is its hex(), as in ledger_next(); JSON has no infinity, so that is null."""
    return json.dumps(_finite(value), default=lambda blob: blob.hex().upper(), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_json(value: object) -> None:
    print(to_json(value), flush=True)
