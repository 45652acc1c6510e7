"""Datasette and sqlite-utils load Larder by themselves."""

import json
import sqlite3
import subprocess
import sys

import pytest

can_load = hasattr(sqlite3.Connection, "enable_load_extension")
needs_sqlite3 = pytest.mark.skipif(not can_load, reason="the sqlite3 of this Python cannot load extensions")


def run(*words, **options):
    done = subprocess.run([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    assert done.returncode == 0, done.stdout
    return done.stdout


@needs_sqlite3
def test_sqlite_utils(path):
    sqlite_utils = pytest.importorskip("sqlite_utils")
    db = sqlite_utils.Database(path)
    assert db.execute("SELECT cache_set('k', 'v')").fetchone() == ("v",)
    # Installing a package must not change what other commands do.
    assert db.execute("PRAGMA foreign_keys").fetchone() == (0,) and db.journal_mode == "delete"
    db.close()


@needs_sqlite3
def test_the_command_of_sqlite_utils(path):
    pytest.importorskip("sqlite_utils")
    words = ("-m", "sqlite_utils", "query", str(path))
    assert json.loads(run(*words, "SELECT ledger_mark('mails', 'user-7') AS new")) == [{"new": 1}]
    assert json.loads(run(*words, "SELECT ledger_mark('mails', 'user-7') AS new")) == [{"new": 0}]
    assert "sqlite-larder" in run("-m", "sqlite_utils", "plugins")


ASK_DATASETTE = """
import asyncio, sys
from datasette.app import Datasette

async def main():
    datasette = Datasette([sys.argv[1]])
    await datasette.invoke_startup()
    print((await datasette.client.get("/state.json", params={"sql": sys.argv[2], "_shape": "arrays"})).text)

asyncio.run(main())
"""


def ask_datasette(path, sql):
    """What Datasette answers, in a process of its own: its plugins change the environment."""
    return json.loads(run("-c", ASK_DATASETTE, str(path), sql).splitlines()[-1])  # it writes errors before


@needs_sqlite3
def test_datasette(store, path):
    pytest.importorskip("datasette")
    store.cache["k"] = "v"
    assert ask_datasette(path, "SELECT cache_get('k')")["rows"] == [["v"]]


@needs_sqlite3
def test_visitors_of_datasette_read_no_files(store, path, tmp_path, monkeypatch):
    pytest.importorskip("datasette")
    monkeypatch.delenv("LARDER_NO_FILES", raising=False)
    (tmp_path / "1_secret.sql").write_text("SELECT 1")
    sql = f"SELECT up FROM kv_migration('{tmp_path}')"
    assert store.connection.execute(sql).fetchall() == [("SELECT 1",)]
    answer = ask_datasette(path, sql)
    assert not answer.get("rows") and "LARDER_NO_FILES" in answer["error"]


@needs_sqlite3
def test_a_plugin_that_cannot_load_stops_nobody(path, monkeypatch):
    from sqlite_larder import loading, sqlite_utils_plugin

    monkeypatch.setattr(loading, "loadable_path", lambda: "/no/such/file")
    con = sqlite3.connect(path)
    with pytest.warns(UserWarning, match="sqlite-larder: /no/such/file"):
        sqlite_utils_plugin.prepare_connection(con)
    con.close()


def test_neither_is_imported_before_it_runs():
    names = "{'datasette', 'sqlite_utils', 'pluggy'}"
    assert run("-c", f"import sys, sqlite_larder; print({names} & sys.modules.keys())") == "set()\n"
