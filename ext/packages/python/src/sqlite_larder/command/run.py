"""larder run: a command that does not overlap with itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO

from .child import Child
from .database import Missing, open_database, rows, value
from .failure import Exit, Failure
from .heartbeat import Heartbeat, Pace
from .signals import Signals
from .text import say, span, to_json

_TRY_TO_FINISH = 30.0  # seconds, where the file is locked or the disk is full


@dataclass(frozen=True)
class Job:
    """What is to be run, and how."""

    path: str
    name: str
    command: Sequence[str]
    pace: Pace
    total: int | None
    error_lines: int


@dataclass
class Summary:
    """What became of it: one line of the file that --json names."""

    job: str
    run: int | None = None
    status: str = "active"  # another run is; else as in kv_run, or "lost"
    exit_code: int = Exit.NOT_NOW
    signal: str | None = None
    error: str | None = None
    started_at: float = 0.0
    duration: float = 0.0


def run_job(job: Job, *, skip: bool, verbose: bool, log: IO[bytes] | None) -> int:
    summary = Summary(job.name, started_at=time.time())
    try:
        with Signals() as signals:
            _run(job, summary, signals, skip, verbose)
    except Failure as failure:  # the run could not even be started
        summary.status, summary.exit_code, summary.error = "failed", failure.code, str(failure)
        _write(log, summary)
        raise
    _write(log, summary)
    return summary.exit_code


def _run(job: Job, summary: Summary, signals: Signals, skip: bool, verbose: bool) -> None:
    summary.run = _start(job)
    if summary.run is None:
        _say_who_is_active(job, skip and not verbose)
        summary.exit_code = Exit.OK if skip else Exit.NOT_NOW
        return
    _supervise(job, summary.run, summary, signals)
    _finish(job, summary)
    if summary.error or verbose:
        _say_how_it_ended(summary)


def _write(log: IO[bytes] | None, summary: Summary) -> None:
    summary.duration = round(time.time() - summary.started_at, 3)
    if not log:
        return
    try:
        log.write(to_json(asdict(summary)).encode() + b"\n")
    except OSError as error:
        say(f"{log.name}: {error.strerror}")
        summary.exit_code = summary.exit_code or Exit.IO


def _start(job: Job) -> int | None:
    with open_database(job.path, Missing.IS_MADE) as connection:
        started: int | None = value(connection, "SELECT run_start(?, ?, ?)", job.name, job.pace.lease, job.total)
    return started


def _supervise(job: Job, run: int, summary: Summary, signals: Signals) -> None:
    summary.status = "failed"
    environment = {**os.environ, "LARDER_DATABASE": os.path.abspath(job.path), "LARDER_JOB": job.name, "LARDER_RUN": str(run)}
    try:
        child = Child(job.command, environment, job.error_lines, job.pace.grace)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        summary.exit_code = Exit.NOT_FOUND if missing else Exit.CANNOT_EXECUTE
        name = os.fsencode(error.filename or job.command[0]).decode("utf-8", "replace")
        summary.error = f"{name}: {error.strerror}"
        return
    signals.go_to(child)
    heartbeat = Heartbeat(job.path, run, job.pace, lambda: child.end(job.pace.grace))
    heartbeat.start()
    code = child.wait(signals.pause)
    heartbeat.finish()
    child.dismiss_guard()
    _judge(summary, code, child.last_errors)
    if heartbeat.lost:
        summary.status, summary.exit_code = "lost", Exit.LOST
        summary.error = f"lost: {heartbeat.lost}; larder ended the command"


def _judge(summary: Summary, code: int, last_errors: str) -> None:
    summary.exit_code = code if code >= 0 else Exit.SIGNAL - code
    if code < 0:
        summary.signal = _signal_name(-code)
    if code == 0:
        summary.status = "finished"
    else:
        reason = f"killed by {summary.signal}" if summary.signal else f"exit code {code}"
        summary.error = "\n".join(filter(None, (reason, last_errors)))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"


def _finish(job: Job, summary: Summary) -> None:
    """Writes the end down. Where that fails a command that has succeeded has not, as its run will count as crashed."""
    end = time.monotonic() + min(job.pace.lease, _TRY_TO_FINISH)
    status = "failed" if summary.error else "finished"
    while True:
        try:
            with open_database(job.path) as connection:
                held = value(connection, "SELECT run_finish(?, ?, ?)", summary.run, status, summary.error)
            break
        except Failure as failure:
            if not failure.may_pass or time.monotonic() > end:
                say(f"{job.name}: the end of run {summary.run} could not be written: {failure}")
                summary.exit_code = summary.exit_code or Exit.IO
                return
            time.sleep(1)
    if not held and summary.status != "lost":
        summary.status, summary.exit_code = "lost", summary.exit_code or Exit.LOST
        summary.error = summary.error or "lost: its lease was over when the command ended"


def _say_who_is_active(job: Job, quietly: bool) -> None:
    if quietly:
        return
    with open_database(job.path) as connection:
        active = rows(connection, "SELECT id, owner, started_at FROM kv_run WHERE job = ? AND status = 'running'", job.name)
    said = [f"run {run['id']} of {run['owner']}, for {span(time.time() - run['started_at'])}" for run in active]
    say(f"{job.name}: another run is active ({', '.join(said) or 'it has just ended'})")


def _say_how_it_ended(summary: Summary) -> None:
    reason = (summary.error or "finished").splitlines()[0]
    say(f"{summary.job}: run {summary.run}: {reason}, after {span(time.time() - summary.started_at)}")
