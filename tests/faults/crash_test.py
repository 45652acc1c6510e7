#!/usr/bin/env python3
"""Kills a sqlite3 shell with SIGKILL at random moments, 200 times, in a file that lives on: one in WAL mode, and one with a rollback
journal. After each kill looks at what is in the file: PRAGMA integrity_check, the sweep invariant, and that no call of Larder's was
half applied.

The shell's script marks, caches (new keys, overwrites, changed deadlines, sweeps, bulk loads) and migrates up and down. Before each
statement it prints the statement's label to a terminal, so that after a kill we know what was running.
"""

import os
import pty
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter

KILLS = 110  # for each journal mode
ATTEMPTS = 3 * KILLS
ROUNDS = 25  # of the statements below, in one script
STEP = 3  # migrations that migrate() applies in one call

# What one round does. {n} is a new number for each round, {t} the frozen clock, {k} one of a few keys. Everything a statement or
# transaction leaves behind is something check() can tell from a half of it.
STATEMENTS = [
    ("clock", "SELECT kv_clock({t});"),
    # A mark and what depends on it, as one statement ...
    ("mark: INSERT ... SELECT", "INSERT INTO effect(ledger, id) SELECT 'statement', {n} WHERE ledger_mark('statement', {n});"),
    # ... as one transaction, with a checkpoint and a counter ...
    ("transaction: BEGIN", "BEGIN IMMEDIATE;"),
    ("transaction: effect", "INSERT INTO effect(ledger, id) SELECT 'transaction', {n} WHERE ledger_mark('transaction', {n});"),
    ("transaction: checkpoint", "SELECT checkpoint_advance('transaction', {n});"),
    ("transaction: counter", "SELECT cache_incr('counter', 1);"),
    ("transaction: COMMIT", "COMMIT;"),
    # ... and inside a savepoint that is rolled back.
    ("savepoint", "BEGIN; SAVEPOINT s; SELECT ledger_mark('never', {n}), cache_set('never', {n}); ROLLBACK TO s; COMMIT;"),
    # The value says when it should die: a row whose deadline and value disagree was half written.
    ("cache: new key", "SELECT cache_set('deadline:{n}', {t} + 5, 5);"),
    ("cache: later deadline", "SELECT cache_set('deadline:{k}', {t} + 900, '15m');"),
    ("cache: sooner deadline", "SELECT cache_set('deadline:{k}', {t} + 2, '2s');"),
    ("cache: never", "SELECT cache_set('forever:{k}', {n}, NULL), cache_touch('forever:{k}', '1h'), cache_touch('forever:{k}', NULL);"),
    ("cache: touch", "SELECT cache_touch('touched:{k}', 40 * ({n} % 3)), cache_add('touched:{k}', zeroblob(3000), 60);"),
    ("cache: other", "SELECT cache_cas('forever:{k}', {n}, {n} + 1), cache_pop('touched:{k}'), cache_del('deadline:{k}');"),
    # Forty rows in one statement, all of one generation.
    ("cache: bulk", "INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT 'bulk:' || value, {n}, NULL FROM generate_series(1, 40);"),
    ("cache: fill", "INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT 'wiped:' || value, 1, 9e9 FROM generate_series(1, 40);"),
    ("cache: clear", "SELECT cache_clear('wiped:');"),
    ("sweep", "SELECT kv_sweep();"),
    ("forget", "SELECT ledger_mark('short', {n}, NULL, 3), ledger_forget('short', {n} - 2);"),
    # All or nothing: version, history and tables of STEP migrations.
    ("migrate", "SELECT migrate(NULL, {up});"),
    ("migrate_down", "SELECT migrate_down({down});"),
]

MIGRATIONS = 12  # declared; migration i makes table made_i, with two rows, and column c_i in the table before it


def declarations():
    for i in range(1, MIGRATIONS + 1):
        up = f"CREATE TABLE made_{i}(x); INSERT INTO made_{i} VALUES (1), (2);"
        down = f"DROP TABLE made_{i};"
        if i % STEP != 1:
            up += f" ALTER TABLE made_{i - 1} ADD COLUMN c_{i};"
            down = f"ALTER TABLE made_{i - 1} DROP COLUMN c_{i}; " + down
        yield f"INSERT INTO kv_migration(version, name, up, down) VALUES ({i}, 'm{i}', '{up}', '{down}');"


# What a start does first. Larder switches a new file to WAL with its first write unless it was loaded bare (LARDER_BARE): that is
# how the other file keeps its rollback journal. It does without fsync, which matters to a power failure and not to a kill.
OPENINGS = {
    "wal": "SELECT cache_set('first', 1);",
    "delete": "PRAGMA busy_timeout = 5000; PRAGMA synchronous = OFF; SELECT cache_set('first', 1);",
}


def script(mode, first):
    """The text for one start, whose rounds are numbered from `first`."""
    lines = [".print open", OPENINGS[mode], ".print declare", *declarations(),
             "CREATE TABLE IF NOT EXISTS effect(ledger TEXT, id INTEGER);"]
    for n in range(first, first + ROUNDS):
        up = random.randrange(STEP, MIGRATIONS + 1, STEP)
        numbers = {"n": n, "t": 1_700_000_000 + n, "k": random.randint(1, 6), "up": up, "down": up - STEP}
        for label, sql in STATEMENTS:
            lines += [f".print {label}", sql.format(**numbers)]
    lines.append(".print finished\n")
    return "\n".join(lines)


class Shell:
    """The sqlite3 shell running a script, on a terminal: there each line it prints leaves it at once."""

    def __init__(self, folder, text):
        with open(os.path.join(folder, "script.sql"), "w", encoding="utf-8") as file:
            file.write(text)
        environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
        self.terminal, inner = pty.openpty()
        self.output = []
        self.has_begun = threading.Event()
        with open(os.path.join(folder, "script.sql"), "rb") as script_file:
            self.process = subprocess.Popen(
                ["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {os.environ['LARDER']}", "crash.db"],
                cwd=folder, stdin=script_file, stdout=inner, stderr=inner, env=environment)
        os.close(inner)
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        while True:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:  # the shell has ended
                return
            if not data:
                return
            self.output.append(data)
            self.has_begun.set()

    def wait(self):
        """The exit code, and all lines that were printed."""
        status = self.process.wait()
        self.reader.join()
        os.close(self.terminal)
        return status, b"".join(self.output).decode().replace("\r\n", "\n").split("\n")


LABELS = {label for label, _ in STATEMENTS} | {"open", "declare", "finished"}


def last_label(lines):
    return next((line for line in reversed(lines) if line in LABELS), None)


def check(path):
    """Looks at the file as any client would, without Larder. Yields what is wrong."""
    connection = sqlite3.connect(path)

    def value(sql):
        return connection.execute(sql).fetchone()[0]

    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    integrity = value("PRAGMA integrity_check")
    if integrity != "ok":
        yield f"integrity_check: {integrity}"
    larder = {name for name in tables if name.startswith("larder_")}
    if larder and len(larder) != 10:
        yield f"Larder's tables are half made: {sorted(larder)}"
    if not larder or "effect" not in tables:
        connection.close()
        return

    if value("SELECT count(*) FROM larder_cache WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at"):
        yield "sweep_at is no lower bound of expires_at"
    for ledger in ("statement", "transaction"):
        differing = value(f"""
            SELECT count(*) FROM (
              SELECT * FROM (SELECT CAST(id AS TEXT) FROM effect WHERE ledger = '{ledger}'
                             EXCEPT SELECT id FROM larder_ledger WHERE ledger = '{ledger}')
              UNION ALL
              SELECT * FROM (SELECT id FROM larder_ledger WHERE ledger = '{ledger}'
                             EXCEPT SELECT CAST(id AS TEXT) FROM effect WHERE ledger = '{ledger}'))""")
        rows = value(f"SELECT count(*) FROM effect WHERE ledger = '{ledger}'")
        marks = value(f"SELECT count(*) FROM larder_ledger WHERE ledger = '{ledger}'")
        if differing or rows != marks:
            yield f"{rows} effects and {marks} marks of '{ledger}', {differing} without the other"
    marks = value("SELECT count(*) FROM larder_ledger WHERE ledger = 'transaction'")
    counter = value("SELECT coalesce(max(value), 0) FROM larder_cache WHERE key = 'counter'")
    if counter != marks:
        yield f"the counter is {counter} after {marks} transactions"
    latest = value("SELECT coalesce(max(id), 0) FROM effect WHERE ledger = 'transaction'")
    checkpoint = value("SELECT coalesce(max(value), 0) FROM larder_checkpoint")
    if checkpoint != latest:
        yield f"the checkpoint is {checkpoint}, the latest transaction {latest}"
    if value("SELECT count(*) FROM larder_ledger WHERE ledger = 'never'") + value(
            "SELECT count(*) FROM larder_cache WHERE key = 'never'"):
        yield "what a savepoint rolled back is there"
    if value("SELECT count(*) FROM larder_cache WHERE key GLOB 'deadline:*' AND value IS NOT CAST(expires_at AS INTEGER)"):
        yield "a cache row has the value of one call and the deadline of another"
    if value("SELECT count(*) FROM larder_cache WHERE key GLOB 'bulk:*'") not in (0, 40) or value(
            "SELECT count(DISTINCT value) FROM larder_cache WHERE key GLOB 'bulk:*'") > 1:
        yield "a bulk load is half there"
    if value("SELECT count(*) FROM larder_cache WHERE key GLOB 'wiped:*'") not in (0, 40):
        yield "cache_clear() has removed a part"

    history = [version for (version,) in connection.execute("SELECT version FROM larder_migration ORDER BY version")]
    made = {name for name in tables if name.startswith("made_")}
    version = value("PRAGMA user_version")
    if history != list(range(1, len(history) + 1)) or len(history) % STEP != 0:
        yield f"a part of a migrate() is in the history: {history}"
    if version != len(history) or made != {f"made_{i}" for i in history}:
        yield f"user_version {version}, history {history}, tables {sorted(made)}"
    for i in history:
        rows, columns = value(f"SELECT count(*) FROM made_{i}"), value(f"SELECT count(*) FROM pragma_table_info('made_{i}')")
        if rows != 2 or columns != (1 if i % STEP == 0 else 2):
            yield f"made_{i} has {rows} rows and {columns} columns"
    connection.close()


def undisturbed(folder, text):
    """Runs a script to its end; returns how long that takes. Any failure of a statement shows here."""
    shell = Shell(folder, text)
    shell.has_begun.wait(10)
    start = time.monotonic()
    status, lines = shell.wait()
    if status != 0 or last_label(lines) != "finished":
        sys.exit("FAIL the script does not run: " + " / ".join(lines[-5:]))
    return time.monotonic() - start


def must_be_whole(path, when):
    wrong = list(check(path))
    if wrong:
        sys.exit(f"FAIL {when}: " + "; ".join(wrong))


def journal_mode(path):
    connection = sqlite3.connect(path)
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    return mode


def crash_again_and_again(folder, mode):
    """Returns how many kills hit which statement, and how many starts that took."""
    path = os.path.join(folder, "crash.db")
    killed_at = Counter()
    attempts = 0
    duration = 0.02  # the first starts meet a file that is not there yet
    while sum(killed_at.values()) < KILLS and attempts < ATTEMPTS:
        attempts += 1
        text = script(mode, 1 + attempts * ROUNDS)
        if attempts % 30 == 10:
            duration = undisturbed(folder, text)
            must_be_whole(path, f"{mode}: after a whole script")
            continue
        shell = Shell(folder, text)
        shell.has_begun.wait(10)
        time.sleep(random.uniform(0, duration * 0.95))
        shell.process.send_signal(signal.SIGKILL)
        status, lines = shell.wait()
        label = last_label(lines)
        if status not in (0, -signal.SIGKILL):
            sys.exit("FAIL a statement failed: " + " / ".join(lines[-5:]))
        if status == -signal.SIGKILL and label not in (None, "finished"):
            killed_at[label] += 1
        must_be_whole(path, f"{mode}: kill {sum(killed_at.values())}, at '{label}'")
    undisturbed(folder, script(mode, 1 + (attempts + 1) * ROUNDS))
    must_be_whole(path, f"{mode}: at the end")
    if journal_mode(path) != mode:
        sys.exit(f"FAIL the journal mode is {journal_mode(path)}, not {mode}")
    return killed_at, attempts


def main():
    random.seed(os.environ.get("SEED"))
    total = 0
    for mode in OPENINGS:
        os.environ["LARDER_BARE"] = "1" if mode == "delete" else ""
        with tempfile.TemporaryDirectory(prefix="larder-crash-") as folder:
            killed_at, attempts = crash_again_and_again(folder, mode)
        kills = sum(killed_at.values())
        total += kills
        print(f"journal mode {mode}: {kills} of {attempts} starts were killed between their first statement and their last, in or after")
        for label, count in killed_at.most_common():
            print(f"{count:>5}  {label}")
        if kills < KILLS:
            sys.exit(f"FAIL fewer than {KILLS} kills hit the middle")
    print(f"{total} kills in the middle")


if __name__ == "__main__":
    main()
