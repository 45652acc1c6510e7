"""What `larder status` shows to people: tables and bars, in colour and live at a terminal, plain elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.filesize import decimal
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from .text import printable, span

_BAR_WIDTH = 24
_WIDE = 1000  # columns, where the output goes into a file or a pipe: nothing is to be cut there
_COLOURS = {"running": "cyan", "finished": "green", "failed": "red", "crashed": "red"}


def make_console() -> Console:
    """Names are shown as they are: nothing in them is markup, or a number to be coloured."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def show(console: Console, status: dict[str, Any]) -> None:
    if console.is_terminal:
        console.print(render(status))
        return
    with console.capture() as capture:
        console.print(render(status))
    print("\n".join(line.rstrip() for line in capture.get().splitlines()))


def watch(console: Console, look: Callable[[], dict[str, Any]], interval: float) -> None:
    """Until Ctrl-C, which is how people leave, and no error. What was seen last stays on the screen."""
    try:
        with Live(render(look()), console=console, auto_refresh=False) as live:
            while True:
                time.sleep(interval)
                live.update(render(look()), refresh=True)
    except KeyboardInterrupt:
        pass


def render(status: dict[str, Any]) -> RenderableType:
    now = status["at"]
    parts: list[RenderableType] = []
    if status["runs"]:
        parts.append(_table("run", ("status", "progress", "", "rate", "left", "since", "error"), (_run(run, now) for run in status["runs"])))
    if status["ledgers"]:
        columns = ("progress", "", "pending", "claimed", "failed", "dead", "skipped", "rate", "left")
        parts.append(_table("ledger", columns, (_ledger(ledger) for ledger in status["ledgers"])))
    if status["claims"]:
        parts.append(_table("claimed", ("ledger", "by", "attempt", "since", "ends in"), (_claim(claim, now) for claim in status["claims"])))
    if status["leases"]:
        parts.append(_table("lease", ("held by", "since", "ends in"), (_lease(lease, now) for lease in status["leases"])))
    parts.append(_sizes(status))
    return Group(*[each for part in parts for each in (part, Text())][:-1])


def _table(title: str, columns: Iterable[str], cells: Iterable[list[RenderableType]]) -> Table:
    table = Table(title, *columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for row in cells:
        table.add_row(*row)
    return table


def _run(run: dict[str, Any], now: float) -> list[RenderableType]:
    running = run["status"] == "running"
    since = run["started_at"] if running else run["finished_at"] or run["heartbeat_at"]
    return [
        printable(run["job"]),
        Text(run["status"], style=_COLOURS.get(run["status"], "")),
        _bar(run["done"], run["total"]),
        _count(run["done"], run["total"]),
        _rate(run["rate"]) if running else "",
        span(run["eta"]) if running else "",
        span(now - since),
        _first_line(run["error"]),
    ]


def _ledger(ledger: dict[str, Any]) -> list[RenderableType]:
    settled = ledger["done"] + ledger["skipped"]
    counts = [str(ledger[name] or "") for name in ("pending", "claimed", "failed", "dead", "skipped")]
    return [
        printable(ledger["ledger"]),
        _bar(settled, ledger["total"]),
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
        span(now - claim["claimed_at"]),
        _left(claim["lease_until"], now),
    ]


def _lease(lease: dict[str, Any], now: float) -> list[RenderableType]:
    return [
        printable(lease["name"]),
        printable(lease["owner"]),
        span(now - lease["acquired_at"]),
        _left(lease["expires_at"], now),
    ]


def _sizes(status: dict[str, Any]) -> Text:
    cache, file = status["cache"], status["file"]
    dead = f", {cache['dead']} dead" if cache["dead"] else ""
    return Text(
        f"cache: {cache['entries']} entries, {_size(cache['bytes'])}{dead}\n"
        f"file: {_size(file['database_bytes'])}, of which free {_size(file['free_bytes'])}, log {_size(file['wal_bytes'])}"
    )


def _bar(done: int, total: int | None) -> RenderableType:
    return ProgressBar(total=total, completed=done, width=_BAR_WIDTH) if total else ""


def _count(done: int, total: int | None) -> str:
    return f"{done}/{total}" if total is not None else str(done or "")


def _rate(rate: float | None) -> str:
    return f"{rate:.1f}/s" if rate else ""


def _left(end: float | None, now: float) -> str:
    return "never" if end is None else span(end - now)


def _size(count: float) -> str:
    return decimal(int(count))


def _first_line(text: object) -> str:
    return printable(str(text).partition("\n")[0]) if text else ""
