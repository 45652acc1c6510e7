"""What `larder status` shows to people: tables and bars, in colour and live at a terminal, plain elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import click
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.filesize import decimal
from rich.live import Live
from rich.measure import Measurement
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from .text import printable, span

_WIDE = 1000  # columns, where the output goes into a file or a pipe: nothing is to be cut there
_RUN = ("status", "progress", "", "rate", "left", "since", "error")
_LEDGER = ("progress", "", "pending", "claimed", "failed", "dead", "skipped", "rate", "left")
_CLAIM = ("ledger", "by", "attempt", "since", "ends in")
_LEASE = ("held by", "since", "ends in")
_COLOURS = {"running": "cyan", "finished": "green", "failed": "red", "crashed": "red"}


def show(look: Callable[[], dict[str, Any]], interval: float | None) -> None:
    """Once, or again and again with that many seconds in between."""
    width = None if sys.stdout.isatty() else _WIDE
    # Names are shown as they are: nothing in them is markup, or a number to be coloured.
    console = Console(width=width, markup=False, highlight=False, emoji=False)
    if interval is not None:
        _watch(console, look, interval)
    elif console.is_terminal:
        console.print(render(look()))
    else:
        with console.capture() as capture:
            console.print(render(look()))
        print("\n".join(line.rstrip() for line in capture.get().splitlines()))


def _watch(console: Console, look: Callable[[], dict[str, Any]], interval: float) -> None:
    """Until Ctrl-C, which is how people leave, and no error. What was seen last stays on the screen."""
    if not console.is_terminal:
        raise click.UsageError("--watch needs a terminal; --watch --json does not")
    with suppress(KeyboardInterrupt), Live(render(look()), console=console, auto_refresh=False) as live:
        while True:
            time.sleep(interval)
            live.update(render(look()), refresh=True)


def render(status: dict[str, Any]) -> RenderableType:
    now = status["at"]
    tables = (
        _table("run", _RUN, [_run(run, now) for run in status["runs"]]),
        _table("ledger", _LEDGER, [_ledger(ledger) for ledger in status["ledgers"]]),
        _table("claimed", _CLAIM, [_claim(claim, now) for claim in status["claims"]]),
        _table("lease", _LEASE, [_lease(lease, now) for lease in status["leases"]]),
    )
    parts = [part for table in tables if table.row_count for part in (table, Text())]
    return Group(*parts, _sizes(status))


def _table(title: str, columns: Sequence[str], lines: Sequence[Sequence[RenderableType]]) -> Table:
    """Columns in which nothing stands are left out."""
    columns = (title, *columns)
    cells = list(zip(*lines))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    used = [index for index, column in enumerate(cells) if any(cell != "" for cell in column)]
    for index in used:
        no_wrap = columns[index] != "error"  # which is what gives way where the terminal is narrow
        table.add_column(columns[index], no_wrap=no_wrap)
    for line in zip(*(cells[index] for index in used)):
        table.add_row(*line)
    return table


def _run(run: dict[str, Any], now: float) -> list[RenderableType]:
    running = run["status"] == "running"
    since = run["started_at"] if running else run["finished_at"] or run["heartbeat_at"]
    return [
        printable(run["job"]),
        Text(run["status"], style=_COLOURS.get(run["status"], "")),
        _bar(run["done"], run["total"], run["bar"]),
        _count(run["done"], run["total"]),
        _rate(run["rate"]) if running else "",
        span(run["eta"]) if running else "",
        _since(since, now),
        _first_line(run["error"]),
    ]


def _ledger(ledger: dict[str, Any]) -> list[RenderableType]:
    settled = ledger["done"] + ledger["skipped"]
    counts = [str(ledger[name] or "") for name in ("pending", "claimed", "failed", "dead", "skipped")]
    return [
        printable(ledger["ledger"]),
        _bar(settled, ledger["total"], ledger["bar"]),
        _count(settled, ledger["total"]),
        *counts,
        _rate(ledger["rate"]),
        span(ledger["eta"]),
    ]


def _claim(claim: dict[str, Any], now: float) -> list[RenderableType]:
    return [
        printable(claim["id"]),
        printable(claim["ledger"]),
        printable(claim["owner"]),
        str(claim["attempts"]),
        _since(claim["claimed_at"], now),
        _left(claim["lease_until"], now),
    ]


def _lease(lease: dict[str, Any], now: float) -> list[RenderableType]:
    return [
        printable(lease["name"]),
        printable(lease["owner"]),
        _since(lease["acquired_at"], now),
        _left(lease["expires_at"], now),
    ]


def _sizes(status: dict[str, Any]) -> Text:
    cache, file = status["cache"], status["file"]
    dead = f", {cache['dead']} dead" if cache["dead"] else ""
    return Text(
        f"cache: {cache['entries']} entries, {_size(cache['bytes'])}{dead}\n"
        f"file: {_size(file['database_bytes'])}, of which free {_size(file['free_bytes'])}, log {_size(file['wal_bytes'])}"
    )


class _Bar:
    """Rich's bar where there are colours, as without them only its full part can be seen; else Larder's own."""

    def __init__(self, done: int, total: int, plain: str) -> None:
        self._coloured = ProgressBar(total=total, completed=done, width=len(plain))
        self._plain = Text(plain)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._coloured if console.color_system and not console.no_color else self._plain

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(len(self._plain), len(self._plain))


def _bar(done: int, total: int | None, plain: str | None) -> RenderableType:
    return _Bar(done, total, plain) if total and plain else ""


def _count(done: int, total: int | None) -> str:
    return f"{done}/{total}" if total is not None else str(done or "")


def _rate(rate: float | None) -> str:
    return f"{rate:.1f}/s" if rate else ""


def _since(start: float | None, now: float) -> str:
    """Nothing for a claim of a Larder that did not note when it began."""
    return "" if start is None else span(now - start)


def _left(end: float | None, now: float) -> str:
    return "never" if end is None else span(end - now)


def _size(count: float) -> str:
    return decimal(int(count))


def _first_line(text: object) -> RenderableType:
    line = printable(str(text).partition("\n")[0])
    return Text(line, no_wrap=True, overflow="ellipsis") if text else ""
