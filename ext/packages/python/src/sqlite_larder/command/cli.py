"""The command line: arguments in, exit code out. What each command does is in the file of its name."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from typing import IO, Any

import click
from sqlite_larder import dbapi

from . import import_json as importing
from . import migrate as migrating
from .database import Missing, open_database, rows, value
from .failure import Exit, Failure
from .heartbeat import LEAST_LEASE, Pace
from .status import status_of
from .text import duration, print_json, printable, say, utf8

_CTRL_C = Exit.SIGNAL + 2
_database = click.argument("database")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_verbose = click.option("-v", "--verbose", is_flag=True, help="Also say what went well.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; whatever goes wrong is one line, and an exit code."""
    _prepare_streams()
    try:
        # Not by main() of click, which answers Ctrl-C and a closed pipe in its own way.
        with _larder.make_context("larder", list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = _larder.invoke(context) or Exit.OK
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as exit:  # --help and --version
        return exit.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "larder"
        say(f"{error.format_message().rstrip('.')} (see {command} --help)")
        return Exit.USAGE
    except Failure as failure:
        say(str(failure))
        return failure.code
    except (KeyboardInterrupt, click.Abort):
        return _CTRL_C
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python would try once more to write what could not be written
        if isinstance(error, BrokenPipeError):  # as in `larder status app.db | head -1`: nobody is left to be told
            return Exit.OK
        say(str(error))
        return Exit.IO


def _prepare_streams() -> None:
    """Whoever starts larder with one of them closed would have it, and its command, write into whatever is opened next."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    # What was closed is None for Python.
    sys.stdin = sys.stdin or open(0, closefd=False)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)
    sys.stderr = sys.stderr or open(2, "w", closefd=False)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the letters of a name


def _exit_codes() -> str:
    lines = (f"{code.value:>5}  {code.meaning}" for code in Exit)
    return "\b\nExit codes, besides those of a command that was run:\n" + "\n".join(lines)


def _show(as_json: bool, answer: object, lines: Iterable[str]) -> None:
    """The answer of a command: for programs, or in lines for people."""
    if as_json:
        print_json(answer)
        return
    for line in lines:
        print(line)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_exit_codes(), no_args_is_help=False)
@click.version_option(
    package_name="sqlite-larder",
    message=f"larder %(version)s (SQLite {dbapi.sqlite_version}, Python {sys.version.split()[0]})",
)
def _larder() -> None:
    """Jobs, caches and ledgers in an SQLite file."""


@_larder.command()
@_database
@click.argument("job", type=utf8)
@click.argument("command", nargs=-1, required=True, metavar="-- COMMAND...")
@click.option(
    "--lease", type=duration, default="5m", show_default=True, help="If larder is killed, the job can start again so much later."
)
@click.option("--total", type=click.IntRange(min=0), help="How many there are to do; the command counts them by run_tick().")
@click.option("--skip", is_flag=True, help="When another run is active, leave quietly and with 0 instead of 75.")
@click.option(
    "--kill-after", type=duration, default="10s", show_default=True, help="From SIGTERM to SIGKILL, when the lease is lost."
)
@click.option(
    "--error-lines",
    type=click.IntRange(0, 1000),
    default=20,
    show_default=True,
    help="So many lines of stderr are kept of a run that fails. 0: it goes through no pipe.",
)
@click.option("--json", "log", metavar="FILE", help="Append what became of the run to FILE, as one line of JSON.")
@_verbose
def run(
    database: str,
    job: str,
    command: tuple[str, ...],
    lease: float,
    total: int | None,
    skip: bool,
    kill_after: float,
    error_lines: int,
    log: str | None,
    verbose: bool,
) -> int:
    """Run COMMAND as JOB, unless another run of JOB is active: larder run app.db nightly -- ./job.sh

    A heartbeat keeps the run alive while the command lives. The command finds LARDER_DATABASE, LARDER_JOB and LARDER_RUN in
    its environment. Its exit code is larder's; 128 and n says that signal n ended it.
    """
    if os.name != "posix":
        raise Failure(Exit.UNAVAILABLE, "run needs a Unix system: process groups and signals")
    if lease < LEAST_LEASE:
        raise click.UsageError("--lease must be at least 1s")
    from .run import Job, run_job

    to_run = Job(database, job, command, Pace(lease, kill_after), total, error_lines)
    with _log_file(log) if log else nullcontext() as file:
        return run_job(to_run, skip=skip, verbose=verbose, log=file)


def _log_file(path: str) -> IO[bytes]:
    """Opened before the command begins: what cannot be written must not be noticed only when hours have passed."""
    try:
        return open(path, "ab", buffering=0)
    except OSError as error:
        raise Failure(Exit.CANNOT_CREATE, f"{path}: {error.strerror}") from error


@_larder.command()
@_database
@click.option("--watch", is_flag=True, help="Go on showing it, until Ctrl-C. With --json: a line each time.")
@click.option("--interval", type=duration, default="1s", show_default=True, help="How often, with --watch.")
@_json
def status(database: str, watch: bool, interval: float, as_json: bool) -> None:
    """Show runs, ledgers and queues, the cache and leases."""
    with open_database(database) as connection:

        def look() -> dict[str, Any]:
            return {"database": database, **status_of(connection)}

        if as_json:
            print_json(look())
        else:
            from .status_view import show  # which takes its time, as it brings rich

            show(look, interval if watch else None)
        with suppress(KeyboardInterrupt):  # which is how people leave, and no error
            while watch and as_json:
                time.sleep(interval)
                print_json(look())


@_larder.command()
@_database
@click.argument("folder", type=utf8)
@click.option("--plan", is_flag=True, help="Only show what there is, and end with 1 if something is pending or in the way.")
@click.option("--to", "target", type=int, help="Apply nothing above this version.")
@click.option("--any-order", is_flag=True, help="Apply also what comes before something that is applied already.")
@click.option("--wait", type=duration, default="60s", show_default=True, help="How long to wait for others that migrate.")
@_json
def migrate(database: str, folder: str, plan: bool, target: int | None, any_order: bool, wait: float, as_json: bool) -> int:
    """Apply the pending migrations of a folder, all of them or none."""
    if plan:
        return _show_plan(database, folder, as_json)
    with open_database(database, Missing.IS_MADE) as connection:
        done = migrating.migrate(connection, folder, target, any_order, wait)
    _show(as_json, done, map(migrating.shown, done["applied"]))
    return Exit.OK


def _show_plan(database: str, folder: str, as_json: bool) -> int:
    with open_database(database, Missing.IS_EMPTY) as connection:
        found = migrating.plan(connection, folder)
    _show(as_json, found, map(migrating.shown, found))
    return Exit.OK if all(row["state"] == "applied" for row in found) else Exit.FOUND


@_larder.command()
@_database
@_verbose
@_json
def check(database: str, verbose: bool, as_json: bool) -> int:
    """Ask the doctor: print what is wrong with the file, and end with 1 if something is."""
    with open_database(database) as connection:
        findings = rows(connection, "SELECT name, status, message FROM kv_check")
    wrong = [each for each in findings if each["status"] != "ok"]
    shown = findings if verbose else wrong
    _show(as_json, findings, (f"{each['status']}: {each['name']}: {printable(each['message'])}" for each in shown))
    return Exit.FOUND if wrong else Exit.OK


@_larder.command()
@_database
@click.option("--max-rows", type=click.IntRange(min=0), help="Remove no more than this.")
@_verbose
@_json
def sweep(database: str, max_rows: int | None, verbose: bool, as_json: bool) -> int:
    """Remove what has expired; end with 1 if the rows of some table could not be."""
    with open_database(database) as connection:
        removed = value(connection, "SELECT kv_sweep(?)", max_rows)
        failed = rows(connection, "SELECT table_name, error FROM kv_expiry WHERE error IS NOT NULL")
    _show(as_json, {"removed": removed, "failed": failed}, [f"{removed} removed"] if verbose else [])
    for each in failed:
        say(f"{database}: {each['table_name']}: {each['error']}")
    return Exit.FOUND if failed else Exit.OK


@_larder.command("import-json")
@click.argument("file")
@_database
@click.option("--ledger", metavar="NAME", type=utf8, help="The keys become ids of this ledger, done, with the values as results.")
@click.option("--pending", is_flag=True, help="With --ledger: the ids wait to be done, and the values are their payloads.")
@click.option("--checkpoints", is_flag=True, help="The keys become checkpoints.")
@click.option("--ttl", type=duration, help="How long the entries of the cache live.")
@click.option("--tag", metavar="TAG", type=utf8, help="The tag of the entries of the cache.")
@click.option("--replace", is_flag=True, help="Overwrite what is there already, instead of leaving it alone.")
@_json
def import_json(
    file: str,
    database: str,
    ledger: str | None,
    pending: bool,
    checkpoints: bool,
    ttl: float | None,
    tag: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Take over a JSON object, whose keys become those of the cache. FILE may be - for stdin."""
    if ledger is not None and checkpoints:
        raise click.UsageError("--ledger and --checkpoints exclude each other")
    if pending and ledger is None:
        raise click.UsageError("--pending needs --ledger")
    if (ledger is not None or checkpoints) and (ttl is not None or tag is not None):
        raise click.UsageError("--ttl and --tag are for the cache")
    if checkpoints:
        target = importing.checkpoints()
    else:
        target = importing.cache(ttl, tag) if ledger is None else importing.ledger(ledger, pending)
    items = importing.read_items(file, target)
    with open_database(database, Missing.IS_MADE) as connection:
        counts = importing.import_json(connection, items, target, replace)
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    _show(as_json, counts, [f"{file} into {target.name} of {database}: {said or 'nothing in it'}"])


@_larder.command()
@_database
@click.argument("sql", nargs=-1, type=utf8)
def shell(database: str, sql: tuple[str, ...]) -> int:
    """Run SQL with Larder loaded: in SQLite's own shell if that can load it, or else in a small one."""
    from .shell import run_shell

    return run_shell(database, sql)
