"""Whatever is wrong is said in one line, with an exit code, and without a traceback."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
from importlib.metadata import version

import pytest
from sqlite_larder.command.failure import Exit

READING = (["status", "app.db"], ["check", "app.db"], ["sweep", "app.db"])
WRITING = (
    ["run", "app.db", "j", "--", "true"],
    ["migrate", "app.db", "."],
    ["import-json", "state.json", "app.db"],
    ["shell", "app.db", "SELECT 1"],
)


def names(commands):
    return [command[0] for command in commands]


@pytest.fixture
def folder(folder):
    (folder / "state.json").write_text('{"a": 1}')
    (folder / "1_item.sql").write_text("CREATE TABLE item(x)")
    return folder


def fails(folder, command, code, message):
    done = folder.larder(*command)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"larder: {message}\n")


@pytest.mark.parametrize("command", READING, ids=names(READING))
def test_a_file_that_is_missing(folder, command):
    fails(folder, command, 66, "app.db: no such file")
    assert not (folder / "app.db").exists()


@pytest.mark.parametrize("command", WRITING, ids=names(WRITING))
def test_a_new_file_is_made(folder, command):
    folder.succeed(*command)
    assert (folder / "app.db").exists()


@pytest.mark.parametrize("command", READING + WRITING, ids=names(READING + WRITING))
def test_a_file_that_is_no_database(folder, command):
    (folder / "app.db").write_text("This is a letter to my aunt, and quite a long one. " * 100)
    done = folder.larder(*command)
    assert (done.returncode, done.stdout) == (65, "")
    assert re.fullmatch(r"larder: app\.db: (\w+: )?file is not a database\n", done.stderr)


@pytest.mark.parametrize("command", READING + WRITING, ids=names(READING + WRITING))
def test_a_folder_instead_of_a_file(folder, command):
    (folder / "app.db").mkdir()
    fails(folder, command, 66, "app.db: is a folder, not a database")


def test_a_folder_that_is_missing(folder):
    fails(folder, ["run", "no/app.db", "j", "--", "true"], 66, f"no/app.db: there is no folder {folder / 'no'}")


LOCKED = (READING[0], *WRITING)


@pytest.mark.parametrize("command", LOCKED, ids=names(LOCKED))
def test_a_file_that_is_locked(folder, command):
    connection = sqlite3.connect(folder / "app.db", isolation_level=None)
    connection.execute("CREATE TABLE item_1(x)")
    connection.execute("BEGIN EXCLUSIVE")
    options = ["--wait", "1s"] if command[0] == "migrate" else []
    done = folder.larder(*command[:3], *options, *command[3:])
    connection.close()
    assert done.returncode == 75, done
    assert re.fullmatch(r"larder: app\.db: .*is locked.*\n", done.stderr)


def test_a_run_that_cannot_start_is_in_the_log(folder):
    connection = sqlite3.connect(folder / "app.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    done = folder.larder("run", "app.db", "j", "--json", "runs.jsonl", "--", "true")
    connection.close()
    run = json.loads((folder / "runs.jsonl").read_text())
    assert (run["run"], run["status"], run["exit_code"]) == (None, "failed", 75) and done.returncode == 75
    assert done.stderr == f"larder: {run['error']}\n" and "is locked" in run["error"]


@pytest.mark.parametrize("command", WRITING, ids=names(WRITING))
def test_streams_that_are_closed(folder, command):
    for number in range(3):
        assert folder.larder(*command, preexec_fn=lambda number=number: os.close(number)).returncode == 0


def test_json_from_a_stdin_that_is_closed(folder):
    done = folder.larder("import-json", "-", "app.db", preexec_fn=lambda: os.close(0))
    assert done.returncode == 65 and done.stderr.startswith("larder: -: is no JSON")


def test_a_name_that_means_something_to_sqlite(folder):
    for name in (":memory:", "file:app.db?mode=memory"):
        folder.succeed("run", name, "j", "--", "true")
        assert (folder / name).exists()


def test_a_relative_path_and_a_command_that_goes_elsewhere(folder):
    (folder / "data").mkdir()
    folder.succeed("run", "data/../app.db", "j", "--lease", "2s", "--", "sh", "-c", "cd / && sleep 2.5")
    assert folder.run_of("j") == ("finished", None)


def test_tables_that_a_user_has_put_in_the_way(folder):
    folder.sql("CREATE TABLE larder_run(x)")
    fails(folder, ["run", "app.db", "j", "--", "true"], 65, "app.db: run_start: larder_run in this database is not Larder's")


def test_a_process_that_joins(folder, monkeypatch):
    """Where Larder may not write by itself, it says so."""
    monkeypatch.setenv("LARDER_JOIN", "1")
    done = folder.larder("run", "app.db", "j", "--", "true")
    assert done.returncode == 65 and done.stderr.startswith("larder: app.db: run_start: outside a writing statement")


# What makes a Python that can load extensions into one that cannot, as pyenv builds them: its connections lack the method.
CANNOT_LOAD = """
import functools, sqlite3
class Connection(sqlite3.Connection):
    __module__ = "sqlite3"
    enable_load_extension = None
sqlite3.connect = functools.partial(sqlite3.connect, factory=Connection)
"""


@pytest.mark.parametrize("command", READING + WRITING, ids=names(READING + WRITING))
def test_a_python_that_cannot_load_extensions(folder, monkeypatch, command):
    (folder / "app.db").touch()
    (folder / "sitecustomize.py").write_text(CANNOT_LOAD)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder.path), os.environ.get("PYTHONPATH", "")]))
    done = folder.larder(*command)
    assert (done.returncode, done.stdout) == (69, "")
    assert re.fullmatch(
        r"larder: the module sqlite3 of this Python \(.*\) was built without loading of extensions\. .*\n", done.stderr
    )


@pytest.mark.parametrize(
    "command, message",
    [
        ([], "Missing command (see larder --help)"),
        (["frobnicate"], "No such command 'frobnicate' (see larder --help)"),
        (["run", "app.db"], "Missing argument 'JOB' (see larder run --help)"),
        (["run", "app.db", "j"], "Missing argument '-- COMMAND...' (see larder run --help)"),
        (["run", "app.db", "j", "--lease", "0", "--", "true"], "such as 90, '90s', '15m', '2h' or '7d' (see larder run --help)"),
        (["sweep", "app.db", "--max-rows", "x"], "'x' is not a valid integer range (see larder sweep --help)"),
    ],
)
def test_a_wrong_command_line(folder, command, message):
    done = folder.larder(*command)
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr.startswith("larder: ") and done.stderr.endswith(f"{message}\n") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["1h30m", " 5", "5 s", "-5", "0x5", "1_0", "5S", "999ms", "inf", "nan", "", "1e999", "\u0665"])
def test_times_that_are_none(folder, text):
    assert folder.larder("run", "app.db", "j", "--lease", text, "--", "true").returncode == 64
    assert not (folder / "app.db").exists()


def test_times(folder):
    for text, seconds in (("1500ms", 1.5), ("90", 90), ("90s", 90), ("1.5h", 5400), ("1e2", 100), ("7d", 604800)):
        folder.succeed("run", "app.db", text, "--lease", text, "--", "true")
        assert folder.sql("SELECT lease FROM larder_run WHERE job = ?", text) == [(seconds,)]


@pytest.mark.parametrize("command", [["run", "app.db", "\udcff", "--", "true"], ["migrate", "app.db", "\udcff"]])
def test_arguments_that_are_no_utf8(folder, command):
    done = folder.larder(*command)
    assert done.returncode == 64 and "is not UTF-8 (see larder" in done.stderr


def test_paths_and_commands_that_are_no_utf8(folder):
    folder.succeed("run", "\udcff.db", "j", "--", "true")
    done = folder.larder("run", "app.db", "j", "--", "\udcff")
    assert done.returncode == 127
    assert folder.run_of("j") == ("failed", "\N{REPLACEMENT CHARACTER}: No such file or directory")


def test_names_of_several_lines(folder):
    done = folder.larder("run", "app.db", "two\nlines \x1b[31m", "--", "false")
    assert done.stderr.startswith("larder: two\\nlines \\x1b[31m: run 1: exit code 1") and done.stderr.count("\n") == 1


def test_help_and_version(folder):
    assert folder.succeed("--version").startswith(f"larder {version('sqlite-larder')} (SQLite {sqlite3.sqlite_version}, ")
    text = folder.succeed("--help")
    for code in Exit:
        assert f"{code.value:>5}  {code.meaning}\n" in text
    for command in ("run", "status", "migrate", "check", "sweep", "import-json", "shell"):
        assert folder.succeed(command, "--help").startswith(f"Usage: larder {command} [OPTIONS] ")


def test_output_that_cannot_be_written(folder):
    folder.succeed("run", "app.db", "j", "--", "true")
    for command in (["status", "app.db", "--json"], ["status", "app.db"], ["check", "app.db", "--verbose"]):
        with open("/dev/full", "w") as full:
            process = folder.start(*command, stdout=full, stderr=subprocess.PIPE)
            _, errors = process.communicate()
        assert (process.returncode, errors) == (74, b"larder: [Errno 28] No space left on device\n")


def test_a_summary_that_cannot_be_written(folder):
    for command, code in (("true", 74), ("exit 3", 3)):
        done = folder.larder("run", "app.db", "j", "--json", "/dev/full", "--", "sh", "-c", command)
        assert done.returncode == code and "larder: /dev/full: No space left on device\n" in done.stderr
