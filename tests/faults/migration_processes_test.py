#!/usr/bin/env python3
"""A directory of migrations and processes that do not behave: four that start at once on an empty file, again and again; one that is
killed with SIGKILL in the midst of going up or down, a hundred times; one that is stopped with Ctrl-C.

Each process is this script again, with a role as its argument: it says that it is ready, waits for a line, and migrates.
"""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import larder_python  # noqa: E402

ROUNDS = 12  # of four processes
KILLS = 110
ATTEMPTS = 5 * KILLS
ROWS = 20000

# Up and down, with everything that can be half done: rows, columns, a rebuilt parent, triggers.
MIGRATIONS = {
    "001_items.sql": f"""-- +goose Up
CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE part(item INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE);
INSERT INTO item WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) SELECT i, 'item ' || i FROM n;
INSERT INTO part SELECT id FROM item;
CREATE TRIGGER item_gone AFTER DELETE ON item BEGIN SELECT 1; SELECT 2; END;
-- +goose Down
DROP TABLE part;
DROP TABLE item;
""",
    "002_rebuild.sql": """-- +goose Up
CREATE TABLE new_item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT);
INSERT INTO new_item(id, name) SELECT id, name FROM item;
DROP TABLE item;
ALTER TABLE new_item RENAME TO item;
CREATE INDEX item_name ON item(name);
-- +goose Down
DROP INDEX item_name;
ALTER TABLE item DROP COLUMN state;
""",
    "003_states.sql": """-- +goose Up
UPDATE item SET state = 'new';
CREATE TABLE log(entry);
INSERT INTO log VALUES ('applied');
-- +goose Down
DROP TABLE log;
UPDATE item SET state = NULL;
""",
}


def migrate(call):
    """The role of a process: readies itself, waits for a line, calls, and says what came out."""
    connection = larder_python.connect("test.db")
    print("ready", flush=True)
    sys.stdin.readline()
    print("begun", flush=True)
    print(connection.execute(f"SELECT {call}").fetchone()[0], flush=True)


class Process:
    def __init__(self, folder, call):
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__), call], cwd=folder, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.read("ready")

    def read(self, line):
        got = self.process.stdout.readline().strip()
        if got != line:
            sys.exit(f"FAIL a process says {got!r}: {self.process.communicate()[1]}")

    def go(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self):
        output, errors = self.process.communicate()
        return self.process.returncode, output.strip(), errors


def expect(good, problem):
    if not good:
        sys.exit(f"FAIL {problem}")


def new_folder(folder, migrations):
    (Path(folder) / "migrations").mkdir()
    for name, text in migrations.items():
        (Path(folder) / "migrations" / name).write_text(text, encoding="utf-8")


def look(folder):
    """The version the file is at, as any client sees it. Fails when that is not the whole of it."""
    connection = sqlite3.connect(os.path.join(folder, "test.db"))

    def value(sql):
        return connection.execute(sql).fetchone()[0]

    expect(value("PRAGMA integrity_check") == "ok", "the file is damaged")
    expect(value("SELECT count(*) FROM pragma_foreign_key_check()") == 0, "rows that refer to nothing")
    version = value("PRAGMA user_version")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    history = [row[0] for row in connection.execute("SELECT version FROM larder_migration ORDER BY 1")] if "larder_migration" in tables else []
    expect(history == list(range(1, version + 1)), f"user_version is {version}, the history {history}")
    own = {name for name in tables if not name.startswith("larder_")}
    expect(own == (set(), {"item", "part"}, {"item", "part"}, {"item", "part", "log"})[version], f"version {version} has the tables {own}")
    if version > 0:
        expect(value("SELECT count(*) FROM item") == ROWS and value("SELECT count(*) FROM part") == ROWS, f"version {version} has lost rows")
        columns = value("SELECT count(*) FROM pragma_table_info('item')")
        expect(columns == (2 if version == 1 else 3), f"version {version} has {columns} columns")
    if version == 3:
        expect(value("SELECT count(*) FROM item WHERE state = 'new'") == ROWS, "a part of the rows is changed")
        expect(value("SELECT count(*) FROM log") == 1, "version 3 was applied more than once")
    connection.close()
    return version


def four_at_once():
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="larder-race-") as folder:
            new_folder(folder, MIGRATIONS)
            processes = [Process(folder, "migrate('migrations/')") for _ in range(4)]
            for process in processes:
                process.go()
            for process in processes:
                status, output, errors = process.end()
                expect(status == 0 and output == "begun\n3", f"one of four: {output} {errors}")
            expect(look(folder) == 3, "four at once have not arrived")
    print(f"{ROUNDS} times four processes at once, each time applied once")


def kill_again_and_again():
    """The file lives on: what a kill leaves is what the next process finds."""
    outcomes = Counter()
    with tempfile.TemporaryDirectory(prefix="larder-kill-") as folder:
        new_folder(folder, MIGRATIONS)
        version, duration = 0, 0.05
        for attempt in range(ATTEMPTS):
            if sum(outcomes.values()) >= KILLS:
                break
            low, high = (0, 3) if attempt % 3 else (1, 3)
            target = high if version == low else low
            process = Process(folder, f"migrate('migrations', {target})" if target > version else f"migrate_down({target}, 'migrations')")
            process.go()
            process.read("begun")
            start = time.monotonic()
            if attempt % 20 != 0:  # now and then it may finish, which tells how long that takes
                time.sleep(random.triangular(0, 1.1 * duration, duration))  # the end is where it gets narrow
                process.process.send_signal(signal.SIGKILL)
            status, output, errors = process.end()
            expect(status in (0, -signal.SIGKILL), f"a process failed: {errors}")
            after = look(folder)
            if status == 0:
                duration = time.monotonic() - start
            if status == 0 or output:
                expect(after == target, f"a process said that it was done, and the version is {after}")
            else:
                expect(after in (version, target), f"killed on the way from {version} to {target}, the version is {after}")
                outcomes["old version" if after == version else "new version"] += 1
            version = after
    print(f"{sum(outcomes.values())} kills: {dict(outcomes)}")
    expect(sum(outcomes.values()) >= KILLS, f"fewer than {KILLS} kills hit the middle")


def interrupt_the_shell():
    """Ctrl-C in the sqlite3 shell. The migration itself says when it runs: it writes to a pipe."""
    with tempfile.TemporaryDirectory(prefix="larder-interrupt-") as folder:
        endless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;"
        new_folder(folder, {"001_slow.sql": f"CREATE TABLE made(x);\nSELECT writefile('gate', 'x');\n{endless}\n"})
        os.mkfifo(os.path.join(folder, "gate"))
        shell = subprocess.Popen(["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {larder_python.LARDER}", "test.db",
                                  "SELECT migrate('migrations');"], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 env=dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", "")))
        with open(os.path.join(folder, "gate"), encoding="utf-8") as gate:
            expect(gate.read() == "x", "the migration has not begun")
        shell.send_signal(signal.SIGINT)
        output, _ = shell.communicate(timeout=60)
        expect(shell.returncode != 0, "the shell does not fail")
        expect(re.search(r"migrate: migrations/001_slow\.sql:[23]: interrupted \(statement [23], nothing was applied\)", output), output)
        expect(look(folder) == 0, "an interrupted migration has left something")
    print("Ctrl-C: " + output.strip())


def main():
    random.seed(os.environ.get("SEED"))
    four_at_once()
    kill_again_and_again()
    interrupt_the_shell()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        migrate(sys.argv[1])
    else:
        main()
