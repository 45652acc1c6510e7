"""larder migrate: the plan, applying it, and what fails."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time

import pytest


@pytest.fixture
def migrations(folder):
    (folder / "migrations").mkdir()
    (folder / "migrations" / "1_item.sql").write_text("CREATE TABLE item(x);")
    (folder / "migrations" / "2_index.sql").write_text("CREATE INDEX item_x ON item(x);")
    return folder / "migrations"


def names(folder):
    return [name for (name,) in folder.sql("SELECT name FROM sqlite_schema WHERE name LIKE 'item%' ORDER BY name")]


def test_plan_apply_and_nothing_left_to_do(folder, migrations):
    done = folder.larder("migrate", "app.db", "migrations/", "--plan")
    assert (done.returncode, done.stdout) == (1, "pending 1 item\npending 2 index\n")
    assert not (folder / "app.db").exists()
    lines = folder.succeed("migrate", "app.db", "migrations/").splitlines()
    assert [line.split(" (")[0] for line in lines] == ["applied 1 item", "applied 2 index"]
    assert names(folder) == ["item", "item_x"]
    assert folder.succeed("migrate", "app.db", "migrations/") == ""
    assert folder.succeed("migrate", "app.db", "migrations/", "--plan").startswith("applied 1 item")


def test_in_json(folder, migrations):
    done = folder.larder("migrate", "app.db", "migrations/", "--plan", "--json")
    assert done.returncode == 1
    states = [(each["version"], each["name"], each["state"]) for each in json.loads(done.stdout)]
    assert states == [(1, "item", "pending"), (2, "index", "pending")]
    answer = json.loads(folder.succeed("migrate", "app.db", "migrations/", "--json"))
    assert answer["user_version"] == 2
    assert [(each["version"], each["state"]) for each in answer["applied"]] == [(1, "applied"), (2, "applied")]
    assert json.loads(folder.succeed("migrate", "app.db", "migrations/", "--json"))["applied"] == []


def test_up_to_a_version(folder, migrations):
    folder.succeed("migrate", "app.db", "migrations/", "--to", "1")
    assert names(folder) == ["item"]


def test_one_that_fails_leaves_nothing(folder, migrations):
    (migrations / "3_broken.sql").write_text("CREATE TABLE item_3(x);\nCREATE INDX oops;")
    done = folder.larder("migrate", "app.db", "migrations/")
    assert (done.returncode, done.stdout) == (65, "")
    reason = 'migrations/3_broken.sql:2: near "INDX": syntax error (statement 2, nothing was applied)'
    assert done.stderr == f"larder: app.db: migrate: {reason}\n"
    assert names(folder) == []


def test_one_that_was_changed(folder, migrations):
    folder.succeed("migrate", "app.db", "migrations/")
    (migrations / "1_item.sql").write_text("CREATE TABLE item(x, y);")
    done = folder.larder("migrate", "app.db", "migrations/", "--plan")
    assert (done.returncode, done.stdout.splitlines()[0].split(" (")[0]) == (1, "changed 1 item")
    assert folder.larder("migrate", "app.db", "migrations/").returncode == 65


def test_one_that_comes_late(folder, migrations):
    folder.succeed("migrate", "app.db", "migrations/")
    (migrations / "0_early.sql").write_text("CREATE TABLE item_0(x);")
    assert folder.larder("migrate", "app.db", "migrations/").returncode == 65
    assert folder.succeed("migrate", "app.db", "migrations/", "--any-order").startswith("applied 0 early")


def test_repeatable_ones(folder, migrations):
    for path in list(migrations.iterdir()):
        path.rename(migrations / f"V{path.name.replace('_', '__')}")
    (migrations / "R__view.sql").write_text("DROP VIEW IF EXISTS item_view; CREATE VIEW item_view AS SELECT * FROM item;")
    assert "applied repeatable view" in folder.succeed("migrate", "app.db", "migrations/")


def test_a_folder_that_is_missing(folder):
    done = folder.larder("migrate", "app.db", "nowhere/")
    assert (done.returncode, done.stderr) == (66, "larder: nowhere/: no such folder\n")


def test_waits_for_another_process_that_migrates(folder, migrations):
    other = sqlite3.connect(folder / "app.db", isolation_level=None)
    other.execute("PRAGMA journal_mode = wal")
    other.execute("BEGIN IMMEDIATE")
    hurried = folder.larder("migrate", "app.db", "migrations/", "--wait", "100ms")
    assert hurried.returncode == 75 and "is locked" in hurried.stderr
    waiting = folder.start("migrate", "app.db", "migrations/", stdout=subprocess.PIPE)
    time.sleep(6)  # longer than SQLite waits by itself
    other.close()
    assert waiting.wait() == 0
    assert names(folder) == ["item", "item_x"]
