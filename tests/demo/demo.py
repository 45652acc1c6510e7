#!/usr/bin/env python3
"""demo.py LARDER: runs sql/recipes/resumable-import.sql in the sqlite3 shell, kills the shell with SIGKILL in the middle, starts
the very same script again, and so on; at the end checks that each record is stored exactly once. Exits with 1 if not.

Works on a copy in a scratch folder. LARDER_PRELOAD, if set, is preloaded into the shell (a sanitizer's runtime).
"""

import csv
import math
import os
import pty
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

RECIPES = Path(__file__).resolve().parents[2] / "sql" / "recipes"
RECIPE = "resumable-import.sql"
KILLS = 5

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def bold(text):
    return paint("1", text)


def verdict(good):
    return paint("32", "ok  ") if good else paint("31", "FAIL")


class Database:
    """A plain second connection, without Larder: what it stores are ordinary tables."""

    def __init__(self, path):
        self.path = path
        self.connection = None

    def is_wal(self):
        """Bytes 18 and 19 of the file are 2 in WAL mode. Reading a new file as a database could keep the shell from switching it."""
        try:
            with open(self.path, "rb") as file:
                return file.read(20)[18:] == b"\2\2"
        except FileNotFoundError:
            return False

    def value(self, sql, otherwise=0):
        if self.connection is None:
            if not self.is_wal():
                return otherwise
            self.connection = sqlite3.connect(self.path, timeout=10)
        try:
            return self.connection.execute(sql).fetchone()[0]
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return otherwise
            raise

    def imported(self):
        return self.value("SELECT count(*) FROM airport")

    def marked(self):
        return self.value("SELECT count(*) FROM larder_ledger WHERE ledger = 'airports' AND status = 'done'")

    def checkpoint(self):
        return self.value("SELECT value FROM larder_checkpoint WHERE name = 'airports'") if self.marked() else 0

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


class Shell:
    """The sqlite3 shell with the recipe as its input. Its output is a terminal, so that each line arrives before a kill."""

    def __init__(self, larder, database):
        folder = Path(database).parent
        environment = dict(os.environ)
        if environment.get("LARDER_PRELOAD"):
            environment["LD_PRELOAD"] = environment["LARDER_PRELOAD"]
        self.terminal, inner = pty.openpty()
        with open(folder / RECIPE, "rb") as script:
            self.process = subprocess.Popen(
                ["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {larder}", Path(database).name],
                cwd=folder, stdin=script, stdout=inner, stderr=inner, env=environment)
        os.close(inner)
        self.pending = b""
        self.lines = []

    def read(self, seconds):
        """Takes what the shell has printed, waiting at most `seconds`. False at its end."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # Linux: the shell has ended
            data = b""
        *lines, self.pending = (self.pending + data).replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            self.lines.append(line.decode())
            print("  " + self.lines[-1], flush=True)
        return bool(data)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def finish(self):
        while self.read(1):
            pass
        os.close(self.terminal)
        return self.process.wait()


def run(number, larder, path, records, kills_left):
    """One start of the script, killed at a random moment while `kills_left`. Returns a row of the table at the end."""
    database = Database(path)
    before = database.imported()
    # Far enough from the end that the kill comes before it.
    target = before + random.randint(1, max(2, 2 * (records - before) // (kills_left + 2))) if kills_left else None
    print(bold(f"Start {number}"), flush=True)
    shell = Shell(larder, path)
    while shell.read(0.0005):
        if target is not None and database.imported() >= target:
            shell.kill()
            break
    status = shell.finish()
    if status not in (0, -signal.SIGKILL):
        sys.exit(f"the shell failed with exit code {status}")
    # The first connection after a kill recovers the file; this one was there all along, so begin with a new one.
    database.close()
    after = database.imported()
    killed = status == -signal.SIGKILL and after < records
    if killed:
        print("  " + paint("31", f"killed with SIGKILL at {after} records"), flush=True)
    skipped = next((int(line.split()[2]) for line in shell.lines if "done before this start" in line), None)
    consistent = after == database.marked() == database.checkpoint()
    database.close()
    return {"start": number, "skipped": skipped, "imported": after - before, "records": after, "killed": killed,
            "right": consistent and skipped == before, "bar": next((l for l in reversed(shell.lines) if l.startswith("[")), "")}


def longest_distances(rows):
    """The longest distance between two airports of each state, worked out again by other means than SQL."""
    places = defaultdict(list)
    for row in rows:
        places[row["state"]].append((math.radians(float(row["latitude"])), math.radians(float(row["longitude"]))))

    def distance(a, b):
        h = (math.sin((b[0] - a[0]) / 2) ** 2 + math.cos(a[0]) * math.cos(b[0]) * math.sin((b[1] - a[1]) / 2) ** 2)
        return 2 * 6371 * math.asin(math.sqrt(h))

    return {state: max(distance(a, b) for i, a in enumerate(here) for b in here[i:]) for state, here in places.items()}


def check(path, rows):
    """Compares what is stored with the file. Yields (what was checked, whether it holds)."""
    connection = sqlite3.connect(path)
    columns = ("iata", "name", "city", "state", "country", "latitude", "longitude")
    stored = connection.execute(f"SELECT {', '.join(columns)}, state_span_km FROM airport").fetchall()
    counted = Counter(row[0] for row in stored)
    wanted = {row["iata"] for row in rows}
    lost = len(wanted - counted.keys())
    doubled = sum(1 for count in counted.values() if count > 1)
    yield f"{len(stored)} records stored, {lost} lost, {doubled} doubled", len(stored) == len(rows) and not lost and not doubled

    in_file = {row["iata"]: row for row in rows}

    def equal(record):
        row = in_file[record[0]]
        # SQLite before 3.43 may read a decimal number to another last bit than Python does.
        return (all(record[i] == row[columns[i]] for i in range(5)) and
                all(math.isclose(record[i], float(row[columns[i]]), rel_tol=1e-14) for i in (5, 6)))

    yield "each equal to its line in airports.csv", not lost and all(map(equal, stored))

    spans = longest_distances(rows)
    yield (f"the longest distance right for all {len(spans)} states",
           all(row[7] is not None and math.isclose(row[7], spans[row[3]], rel_tol=1e-9, abs_tol=1e-6) for row in stored))

    marks = {id for (id,) in connection.execute("SELECT id FROM larder_ledger WHERE ledger = 'airports' AND status = 'done'")}
    yield f"ledger: {len(marks)} marks, those of the records", marks == wanted
    (checkpoint,) = connection.execute("SELECT value FROM larder_checkpoint WHERE name = 'airports'").fetchone()
    yield f"checkpoint: line {checkpoint}, the last", checkpoint == len(rows)
    (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    yield f"PRAGMA integrity_check: {integrity}", integrity == "ok"
    connection.close()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    larder = Path(sys.argv[1]).resolve()
    if not larder.exists():
        sys.exit(f"there is no {larder}")
    with open(RECIPES / "airports.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    print(bold(f"Importing {len(rows)} airports with {RECIPE}; the shell is killed {KILLS} times on the way") + "\n")
    with tempfile.TemporaryDirectory(prefix="larder-demo-") as scratch:
        for name in (RECIPE, "airports.csv"):
            shutil.copy(RECIPES / name, scratch)
        path = os.path.join(scratch, "airports.db")
        runs = []
        while not runs or runs[-1]["killed"]:
            kills_left = KILLS - len(runs)
            runs.append(run(len(runs) + 1, larder, path, len(rows), max(kills_left, 0)))

        print("\n" + bold("start   skipped   imported   records after   ended"))
        for row in runs:
            end = "SIGKILL" if row["killed"] else "finished"
            print(f"{row['start']:>5}   {row['skipped']!s:>7}   {row['imported']:>8}   {row['records']:>13}   {end}")
        print(f"\n{runs[-1]['bar']}\n")

        checks = list(check(path, rows))
    kills = sum(row["killed"] for row in runs)
    checks.append((f"{kills} kills, all of them before the end", kills >= 3))
    checks.append(("after each kill: records = marks = checkpoint, and all of them skipped at the next start",
                   all(row["right"] for row in runs)))
    for text, good in checks:
        print(f"{verdict(good)} {text}")
    sys.exit(0 if all(good for _, good in checks) else 1)


if __name__ == "__main__":
    main()
