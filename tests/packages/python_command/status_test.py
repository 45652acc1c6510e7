"""larder status: for people, for programs, live."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess

import pytest
from conftest import LARDER, Terminal, wait_until


@pytest.fixture
def filled(folder):
    folder.sql("SELECT run_start('import', '5m', 200)")
    folder.sql("SELECT run_tick(1, 50)")
    folder.sql("SELECT run_start('export', '5m')")
    folder.sql("SELECT run_finish(2, 'failed', 'no such host' || char(10) || 'Traceback')")
    folder.sql("INSERT INTO kv_ledger(ledger, id) VALUES ('mails', 'a'), ('mails', 'b'), ('mails', 'c'), ('mails', 'd')")
    folder.sql("SELECT ledger_mark('mails', 'a'), ledger_next('mails', '5m', 'Ada')")
    folder.sql("SELECT lease_acquire('billing', NULL, 'Bob'), cache_set('k', 'value', '1h')")
    return folder


def lines_of(text):
    return [line.split() for line in text.splitlines()]


def test_for_people(filled):
    lines = lines_of(filled.succeed("status", "app.db"))
    run = next(line for line in lines if line[:1] == ["import"])
    assert run[1:4] == ["running", "#####---------------", "50/200"]
    assert next(line for line in lines if line[:1] == ["export"])[:2] == ["export", "failed"]
    assert next(line for line in lines if line[:1] == ["mails"])[1:5] == ["#####---------------", "1/4", "2", "1"]
    assert next(line for line in lines if line[:1] == ["b"])[1:4] == ["mails", "Ada", "1"]
    assert next(line for line in lines if line[:1] == ["billing"])[1] == "Bob"
    assert ["cache:", "1", "entries,", "6", "bytes"] in lines


def test_claims_of_a_larder_that_did_not_note_when_they_began(filled):
    filled.sql("UPDATE larder_ledger SET claimed_at = NULL")
    assert ["b", "mails", "Ada", "1", "5.0m"] in lines_of(filled.succeed("status", "app.db"))


def test_of_errors_the_first_line(filled):
    output = filled.succeed("status", "app.db")
    assert "no such host\n" in output and "Traceback" not in output


def test_for_programs(filled):
    status = json.loads(filled.succeed("status", "app.db", "--json"))
    assert set(status) == {"database", "at", "runs", "ledgers", "claims", "cache", "leases", "file"}
    exported, imported = status["runs"]
    assert (imported["job"], imported["status"], imported["done"], imported["total"]) == ("import", "running", 50, 200)
    assert exported["error"] == "no such host\nTraceback"
    assert status["ledgers"][0]["pending"] == 2
    assert [(each["id"], each["owner"]) for each in status["claims"]] == [("b", "Ada")]
    assert status["cache"] == {"entries": 1, "dead": 0, "bytes": 6}
    (lease,) = status["leases"]
    assert (lease["name"], lease["owner"], lease["expires_at"]) == ("billing", "Bob", None)


def test_of_each_job_the_latest_run(folder):
    for _ in range(3):
        folder.larder("run", "app.db", "nightly", "--", "false")
    folder.succeed("run", "app.db", "nightly", "--", "true")
    runs = json.loads(folder.succeed("status", "app.db", "--json"))["runs"]
    assert [(run["id"], run["status"]) for run in runs] == [(4, "finished")]


def test_a_file_without_larders_tables(folder):
    folder.sql("CREATE TABLE item(x)")
    before = (folder / "app.db").read_bytes()
    assert folder.succeed("status", "app.db").startswith("cache: 0 entries, 0 bytes\nfile: ")
    assert json.loads(folder.succeed("status", "app.db", "--json"))["runs"] == []
    assert (folder / "app.db").read_bytes() == before


def test_an_empty_file(folder):
    (folder / "app.db").touch()
    assert folder.succeed("status", "app.db").startswith("cache: 0 entries, 0 bytes\n")


def test_a_file_that_is_only_read(filled):
    done = subprocess.run(["sqlite3", filled / "app.db", "PRAGMA journal_mode = delete"], capture_output=True, text=True)
    assert done.stdout == "delete\n"
    for path in (filled / "app.db", filled.path):
        path.chmod(path.stat().st_mode & ~0o222)
    assert "import" in filled.succeed("status", "app.db")


def test_neither_colours_nor_cuts_where_no_terminal_is(folder, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    job = "a job with a long name " * 20
    folder.sql("SELECT run_start(?, '5m', 10)", job)
    output = folder.succeed("status", "app.db")
    assert "\x1b" not in output and job in output
    assert not any(line.endswith(" ") for line in output.splitlines())


def test_names_are_shown_and_not_obeyed(folder):
    folder.sql("SELECT run_start('[red]a' || char(27) || '[31m' || char(10) || 'b', '5m'), lease_acquire(x'00ff', '5m')")
    output = folder.succeed("status", "app.db")
    assert "[red]a\\x1b[31m\\nb" in output and "x'00ff'" in output
    status = json.loads(folder.succeed("status", "app.db", "--json"))
    assert (status["runs"][0]["job"], status["leases"][0]["name"]) == ("[red]a\x1b[31m\nb", "00FF")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_names_that_the_terminal_lacks(folder, monkeypatch, encoding):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    folder.sql("SELECT run_start('na\u00efve \u2603 \U0001f40d', '5m', 3)")
    process = folder.start("status", "app.db", stdout=subprocess.PIPE)
    output = process.communicate()[0].decode(encoding)
    expected = "na\u00efve \u2603 \U0001f40d".encode(encoding, "backslashreplace").decode(encoding)
    assert process.returncode == 0 and expected in output


def test_a_reader_that_leaves(filled):
    shell = f"{' '.join(LARDER)} status app.db --json --watch --interval 10ms | head -n 2"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], cwd=filled.path, capture_output=True, timeout=20)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, b"", 2)


def test_watch_needs_a_terminal_or_json(folder):
    folder.sql("SELECT run_start('import', '5m')")
    done = folder.larder("status", "app.db", "--watch")
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr.startswith("larder: --watch needs a terminal")


def test_watch_until_ctrl_c(filled):
    terminal = Terminal(filled, "status", "app.db", "--watch", "--interval", "50ms")
    terminal.read_until("50/200")
    filled.sql("SELECT run_tick(1, 25)")
    terminal.read_until("75/200")
    os.write(terminal.descriptor, b"\x03")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown
    assert "\x1b[36mrunning" in terminal.shown  # in colour
    assert terminal.shown.rfind("\x1b[?25h") > terminal.shown.rfind("\x1b[?25l") >= 0  # the cursor is there again


def test_no_color(filled, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal(filled, "status", "app.db")
    assert terminal.end() == 0
    assert "#####---------------" in terminal.shown
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", terminal.shown)


def test_watch_in_json_ended_by_ctrl_c(filled):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = filled.start("status", "app.db", "--watch", "--json", "--interval", "10ms", **pipes)
    assert [json.loads(process.stdout.readline())["runs"][1]["done"] for _ in range(3)] == [50, 50, 50]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")


def test_watch_sees_what_others_write(filled):
    process = filled.start("status", "app.db", "--watch", "--json", "--interval", "10ms", stdout=subprocess.PIPE)
    filled.sql("SELECT run_tick(1, 100)")
    wait_until(lambda: json.loads(process.stdout.readline())["runs"][1]["done"] == 150)
