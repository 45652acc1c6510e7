"""larder check, sweep and shell."""

from __future__ import annotations

import json
import os

import pytest
from sqlite_larder import loadable_path


def test_check_says_nothing_of_a_file_that_is_well(folder):
    folder.succeed("run", "app.db", "nightly", "--", "true")
    assert folder.succeed("check", "app.db") == ""
    assert "ok: integrity: " in folder.succeed("check", "app.db", "--verbose")
    assert {each["status"] for each in json.loads(folder.succeed("check", "app.db", "--json"))} == {"ok"}


def test_check_finds_something(folder):
    folder.sql("CREATE TABLE kv_progress(x)")
    done = folder.larder("check", "app.db")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("warning: names: the table main.kv_progress hides Larder's table")
    done = folder.larder("check", "app.db", "--json")
    assert done.returncode == 1
    assert [each["name"] for each in json.loads(done.stdout) if each["status"] != "ok"] == ["names"]


@pytest.fixture
def dead(folder):
    folder.sql("SELECT kv_config('sweep.per_insert', 0)")
    for key in "abc":
        folder.sql("SELECT cache_set(?, 1, 0.001)", key)
    return folder


def test_sweep(dead):
    assert json.loads(dead.succeed("sweep", "app.db", "--max-rows", "1", "--json")) == {"removed": 1, "failed": []}
    assert dead.succeed("sweep", "app.db", "--verbose") == "2 removed\n"
    assert dead.succeed("sweep", "app.db") == ""


def test_a_sweep_that_a_trigger_stops(folder):
    folder.sql("CREATE TABLE session(at REAL)")
    folder.sql("INSERT INTO session VALUES (1)")
    folder.sql("INSERT INTO kv_expiry VALUES ('session', 'at', 1, 's')")
    folder.sql("CREATE TRIGGER keep BEFORE DELETE ON session BEGIN SELECT raise(ABORT, 'keep it'); END")
    done = folder.larder("sweep", "app.db")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("larder: app.db: session: ") and "keep it" in done.stderr
    assert json.loads(folder.larder("sweep", "app.db", "--json").stdout)["failed"][0]["table_name"] == "session"


BROKEN_SHELLS = {
    "of SQLite": None,
    "missing": "",
    "that cannot load": '#!/bin/sh\necho "Error: unknown command or invalid arguments: \\"load\\"" >&2; exit 1\n',
    "that says nothing of what it cannot do": "#!/bin/sh\nexit 0\n",
}


@pytest.fixture(params=list(BROKEN_SHELLS))
def shell(request, folder, monkeypatch):
    """SQLite's own shell, and Larder's where there is no such that works."""
    text = BROKEN_SHELLS[request.param]
    if text is not None:
        (folder / "bin").mkdir()
        if text:
            folder.script("bin/sqlite3", "")
            (folder / "bin" / "sqlite3").write_text(text)
        monkeypatch.setenv("PATH", str(folder / "bin"))
    return folder


def test_shell(shell):
    assert shell.succeed("shell", "app.db", "SELECT cache_set('k', 42), cache_has('k')") == "42|1\n"
    assert shell.succeed("shell", "app.db", input="SELECT 1;\nSELECT\n cache_get('k'), NULL; SELECT ';';\n") == "1\n42|\n;\n"
    assert shell.succeed("shell", "app.db", input="SELECT 1;\n.quit\nSELECT 2;\n") == "1\n"
    assert shell.succeed("shell", "app.db", input="SELECT 1") == "1\n"


def test_shell_with_an_error(shell):
    done = shell.larder("shell", "app.db", "SELECT cache_set('k')")
    assert done.returncode == 1 and "wrong number of arguments" in done.stderr
    done = shell.larder("shell", "app.db", input="SELECT nothing;\nSELECT 2;\n")
    assert (done.returncode, done.stdout) == (1, "2\n")


@pytest.mark.parametrize("text", [b"sel\xff", b"SELECT 1\0;", b"SELECT \xff;"])
def test_shell_with_input_that_is_no_text(shell, text):
    with (shell / "input").open("wb") as file:
        file.write(text)
    with (shell / "input").open("rb") as file:
        shell.larder("shell", "app.db", stdin=file, encoding="utf-8", errors="replace")  # which looks for a traceback


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_larders_own_shell_refuses_what_is_not_utf8(folder, monkeypatch, locale):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LC_ALL", locale)
    (folder / "input").write_bytes(b"SELECT '\xff';")
    with (folder / "input").open("rb") as file:
        done = folder.larder("shell", "app.db", stdin=file)
    assert (done.returncode, done.stdout, done.stderr) == (65, "", "larder: stdin: is not UTF-8\n")


def test_shell_without_stdin(shell):
    done = shell.larder("shell", "app.db", preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stdout) == (0, "")


def test_shell_of_a_path_with_quotes(folder):
    """The extension's path is quoted for SQLite's shell, and the file's needs no quoting."""
    odd = folder / 'it\'s "odd" \\ here'
    odd.mkdir()
    package = os.path.dirname(loadable_path())
    (odd / "sqlite_larder").symlink_to(package)
    assert folder.succeed("shell", f"{odd.name}/.import it's.db", "SELECT kv_version() > ''") == "1\n"
