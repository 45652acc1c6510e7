#!/usr/bin/env python3
"""Kills a process with SIGKILL at random moments of a migrate() of 50 files, in WAL mode and with a rollback journal. After each
kill the file has the old version or the new one, and nothing in between; once migrate() has returned, it has the new one.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import larder_python  # noqa: E402

import sqlite3  # noqa: E402

KILLS = 100  # in the middle of a migrate(), for each journal mode
MOST_ATTEMPTS = 5 * KILLS
OLD, NEW = 10, 60  # the newest version before and after

# The pages of a transaction do not fit in memory, so that SQLite writes them to the file, or to the WAL, before the commit.
OPENING = "PRAGMA cache_size = 10; PRAGMA synchronous = OFF"


def write_files(folder, versions):
    for i in versions:
        (folder / f"V{i}__made_{i}.sql").write_text(
            f"CREATE TABLE made_{i}(x PRIMARY KEY, y);\n"
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100)\n"
            f"INSERT INTO made_{i} SELECT n, hex(randomblob(50)) FROM number;\n"
            + (f"ALTER TABLE made_{i - 1} ADD COLUMN z DEFAULT {i};\n" if i > 1 else "")
            + (f"DROP TABLE made_{i - 2};\n" if i > 2 else ""), encoding="utf-8")
    (folder / "R__newest.sql").write_text(
        f"DROP VIEW IF EXISTS newest; CREATE VIEW newest AS SELECT {versions[-1]} AS version, count(*) AS n FROM made_{versions[-1]};",
        encoding="utf-8")


def connect(path):
    connection = larder_python.connect(path, isolation_level=None)
    for statement in OPENING.split(";"):
        connection.execute(statement)
    return connection


def version_in(path):
    """Looks at the file without Larder, and returns its version. Whatever does not belong to this version is a failure."""
    connection = sqlite3.connect(path)

    def value(sql):
        try:
            return connection.execute(sql).fetchone()[0]
        except sqlite3.OperationalError as error:
            return str(error)

    version = value("PRAGMA user_version")
    found = {
        "integrity_check": value("PRAGMA integrity_check"),
        "history": value("SELECT count(*) || ' up to ' || max(version) FROM larder_migration"),
        "tables": value("SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE name GLOB 'made_*' ORDER BY rowid)"),
        "rows": value(f"SELECT count(*) FROM made_{version}"),
        "repeatable": value("SELECT version || ', ' || n FROM newest"),
    }
    expected = {
        "integrity_check": "ok",
        "history": f"{version} up to {version}",
        "tables": f"made_{version - 1},made_{version}",
        "rows": 100,
        "repeatable": f"{version}, 100",
    }
    connection.close()
    if version not in (OLD, NEW) or found != expected:
        sys.exit(f"FAIL user_version {version}: {found}")
    return version


class Migrating:
    """A process that migrates. It says when it begins to, and when it has."""

    def __init__(self, path, folder):
        self.reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            connection = connect(path)
            os.write(writer, b"b")
            connection.execute("SELECT migrate(?)", (str(folder),)).fetchone()
            os.write(writer, b"d")
            os._exit(0)
        os.close(writer)
        if os.read(self.reader, 1) != b"b":
            sys.exit("FAIL the process did not begin")

    def kill(self):
        """Returns whether migrate() had returned."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        is_done = os.read(self.reader, 1) == b"d"
        os.close(self.reader)
        return is_done

    def wait(self):
        os.read(self.reader, 1)
        self.kill()


def begin_old(path, kept):
    for file in path.parent.glob(path.name + "*"):
        file.unlink()
    shutil.copy(kept, path)


def kill_again_and_again(folder, mode):
    """Returns how many kills hit the middle, and how many of the files had the new version."""
    path, kept = folder / "app.db", folder / "kept.db"
    (folder / "old").mkdir()
    (folder / "new").mkdir()
    write_files(folder / "old", range(1, OLD + 1))
    write_files(folder / "new", range(1, NEW + 1))
    connection = connect(kept)
    connection.execute("SELECT migrate(?)", (str(folder / "old"),))
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
        sys.exit(f"FAIL the journal mode is not {mode}")
    connection.close()

    begin_old(path, kept)
    start = time.monotonic()
    Migrating(path, folder / "new").wait()
    duration = time.monotonic() - start
    in_the_middle = attempts = new = 0
    while in_the_middle < KILLS and attempts < MOST_ATTEMPTS:
        attempts += 1
        if version_in(path) == NEW:
            begin_old(path, kept)
        process = Migrating(path, folder / "new")
        time.sleep(random.uniform(0, duration))
        is_done = process.kill()
        is_new = version_in(path) == NEW
        if is_done and not is_new:
            sys.exit("FAIL migrate() had returned, and its work is gone")
        in_the_middle += not is_done
        new += is_new and not is_done
    if in_the_middle < KILLS:
        sys.exit(f"FAIL only {in_the_middle} of {attempts} kills hit the middle")
    return f"{attempts} kills, {in_the_middle} in the middle of {duration * 1000:.0f} ms; of these files {new} have the new version"


def main():
    random.seed(os.environ.get("SEED"))
    for mode in ("wal", "delete"):
        os.environ["LARDER_BARE"] = "1" if mode == "delete" else ""
        with tempfile.TemporaryDirectory(prefix="larder-kill-") as folder:
            print(f"journal mode {mode}: {kill_again_and_again(Path(folder), mode)}")


if __name__ == "__main__":
    main()
