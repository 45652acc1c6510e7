#!/usr/bin/env python3
"""A replicated file, kv_config('replicated', 1): the same random calls on two files give the same answers and the same rows.

One file lives in one process. The other one is closed and opened again, restored from a backup, and moved to another process, whose pid,
host name and system clock are others, all at random moments. (The clock is libfaketime's and the host name takes root: where one is not to
be had, the test does without and says so.)

    replicated_test.py [SEEDS [CALLS]]
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import larder_python  # noqa: E402

FAKETIME = next((str(path) for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
PROLOGUE = [
    "CREATE TABLE effect(id INTEGER PRIMARY KEY, what TEXT)",
    "CREATE TABLE session(id INTEGER PRIMARY KEY, at REAL)",
    "SELECT kv_config('replicated', 1)",
    "SELECT kv_clock(1790000000)",
    "SELECT kv_config('cache.max_entries', 100), kv_config('cache.max_bytes', 8000), kv_config('ledger.max_attempts', 3)",
    "INSERT INTO kv_expiry VALUES ('session', 'at', 20, 's')",
]


class Calls:
    """A sequence of statements, drawn from `seed`."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.now = 1790000000.0
        self.version = 0
        self.in_transaction = False

    def word(self, most=60):
        return f"'k{self.random.randrange(most)}'"

    def ttl(self):
        return self.random.choice(["1", "5", "'1m'", "NULL", "NULL", "NULL", "'1d'", "'2d'", "0", "0.25"])

    def token(self):
        return self.random.randrange(1, 12)

    def clock(self):
        self.now += self.random.choice([0, 0.001, 0.5, 1, 3, 10])
        behind = self.random.choice([0, 0, 0, 5, 100])  # a machine whose clock is behind
        return f"SELECT kv_clock({self.now - behind:.3f})"

    def cache(self):
        key = f"'k{int(300 * self.random.random() ** 3)}'"  # some are in constant use
        value = f"'{'v' * self.random.randrange(150)}'"
        return self.random.choice([
            *[f"SELECT cache_set({key}, {value}, {self.ttl()})"] * 6, *[f"SELECT cache_get({key})"] * 9, f"SELECT cache_incr({key}, 1, {self.ttl()})",
            f"SELECT cache_add({key}, {value}, {self.ttl()})", f"SELECT cache_touch({key}, {self.ttl()})", f"SELECT cache_del({key})",
            f"SELECT cache_claim({key}, 3)", f"SELECT cache_set({key}, 1, NULL, 't{self.random.randrange(5)}')", f"SELECT cache_get({key}, NULL, {self.ttl()})",
            f"SELECT cache_clear_tag('t{self.random.randrange(5)}')", f"SELECT cache_pop({key})", f"INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES ({key}, {value}, {self.ttl()})",
            f"DELETE FROM kv_cache WHERE key = {key}", f"SELECT cache_clear('k{self.random.randrange(6)}')" if self.random.random() < 0.1 else "SELECT 1",
        ])

    def ledger(self):
        ledger, entry, owner = self.random.choice(["'q'", "'r'"]), self.word(30), self.random.choice(["'me'", "'you'", "NULL"])
        return self.random.choice([
            f"SELECT ledger_add({ledger}, {entry}, 'payload', {self.random.choice([0, 0, 2, 20])}, {self.random.randrange(3)})",
            f"SELECT ledger_next({ledger}, 5, 'me', 3)", f"SELECT ledger_release({ledger}, {entry}, {self.token()}, {self.random.choice([0, 3])})",
            f"UPDATE kv_ledger SET priority = {self.random.randrange(5)} WHERE ledger = {ledger} AND id = {entry}", f"SELECT ledger_next({ledger}, 5, {owner})", f"SELECT ledger_next({ledger}, 2, 'me')",
            f"SELECT ledger_claim({ledger}, {entry}, 4, 'you')", f"SELECT ledger_done({ledger}, {entry}, {self.token()}, 'result', {self.ttl()})",
            f"SELECT ledger_fail({ledger}, {entry}, {self.token()}, 'error', {self.ttl()})", f"SELECT ledger_mark({ledger}, {entry}, NULL, {self.ttl()})",
            f"SELECT ledger_renew({ledger}, {entry}, {self.token()}, 9)", f"SELECT ledger_skip({ledger}, {entry}, 'no')", f"SELECT ledger_forget({ledger}, {entry})",
            f"INSERT INTO effect(what) SELECT {entry} WHERE ledger_mark('effects', {entry})",
        ])

    def other(self):
        name, owner = self.random.choice(["'a'", "'b'"]), self.random.choice(["'me'", "'you'", "NULL"])
        return self.random.choice([
            f"SELECT lease_acquire({name}, 3, {owner})", f"SELECT lease_renew({name}, {self.token()}, 4)", f"SELECT lease_release({name}, {self.token()})",
            f"SELECT run_start({name}, 5, 10, {owner})", f"SELECT rate_take({name}, 3, 10, {self.random.randrange(4)})", f"INSERT INTO session(at) VALUES ({self.now})",
            "SELECT kv_config('run.keep', 30)", f"SELECT run_tick({self.token()}, 2)", f"SELECT run_finish({self.token()})",
            f"SELECT checkpoint_set({name}, {self.token()})", f"SELECT checkpoint_advance({name}, {self.token()})", "SELECT kv_sweep()", "SELECT kv_sweep(3)", "SELECT kv_sweep(700)",
            "SELECT kv_config('cache.policy', 'fifo')" if self.random.random() < 0.2 else "SELECT kv_config('cache.policy', 'lru')",
            f"SELECT kv_config('cache.max_entries', {self.random.randrange(60, 140)})",
        ])

    def migration(self):
        if self.random.random() < 0.6:
            self.version += 1
            return (f"INSERT INTO kv_migration(version, name, up, down) VALUES ({self.version}, 'm', 'CREATE TABLE m{self.version}(x)',"
                    f" 'DROP TABLE m{self.version}')")
        return self.random.choice(["SELECT migrate()", f"SELECT migrate_down({max(self.version - 2, 0)})", "SELECT version, state FROM kv_migration",
                                   f"DELETE FROM kv_migration WHERE version = {self.version}"])

    def transaction(self):
        if self.in_transaction:
            self.in_transaction = False
            return self.random.choice(["COMMIT", "COMMIT", "ROLLBACK"])
        self.in_transaction = True
        return self.random.choice(["BEGIN", "BEGIN IMMEDIATE"])

    def batches(self, calls):
        """Groups of statements; between two of them the file may go elsewhere."""
        batch = []
        for _ in range(calls):
            kind = self.random.choices([self.clock, self.cache, self.ledger, self.other, self.migration, self.transaction], [12, 45, 25, 10, 2, 6])[0]
            batch.append(kind())
            if not self.in_transaction and self.random.random() < 0.02:
                yield batch
                batch = []
        yield batch + (["COMMIT"] if self.in_transaction else [])


def answer(con, statement):
    try:
        return con.execute(statement).fetchall()
    except sqlite3.Error as error:
        return str(error)


def work(path):
    """This script as another process: statements come as JSON, a batch a line, and answers go back."""
    con = larder_python.connect(path, isolation_level=None)
    for line in sys.stdin:
        print(json.dumps([answer(con, statement) for statement in json.loads(line)]), flush=True)
    con.close()


class Elsewhere:
    """The file in another process: another pid, and where it can be had another host name and another time."""

    def __init__(self, path, random):
        command = [sys.executable, __file__, "work", str(path)]
        environment = dict(os.environ)
        if FAKETIME and not larder_python.PRELOAD:
            environment.update(LD_PRELOAD=FAKETIME, FAKETIME=random.choice(["+400d", "-3d", "+1h", "-900s"]))
        if can_rename_host():
            command = ["unshare", "--uts", "sh", "-c", f'hostname host{random.randrange(100)}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answers(self, batch):
        self.process.stdin.write(json.dumps(batch) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def can_rename_host():
    return subprocess.run(["unshare", "--uts", "hostname", "elsewhere"], capture_output=True).returncode == 0 if shutil.which("unshare") else False


def restore_from_backup(path):
    with sqlite3.connect(path) as source, sqlite3.connect(f"{path}.copy") as copy:
        source.backup(copy)
    source.close()
    copy.close()
    for file in path.parent.glob(path.name + "*"):
        if file.name != f"{path.name}.copy":
            file.unlink()
    os.rename(f"{path}.copy", path)


def dump(path):
    con = sqlite3.connect(path)
    lines = list(con.iterdump()) + [f"user_version {con.execute('PRAGMA user_version').fetchone()[0]}"]
    con.close()
    return lines


def compare(seed, calls, folder):
    here, there = folder / "here.db", folder / "there.db"
    moves = random.Random(-seed)
    con = larder_python.connect(here, isolation_level=None)
    other = Elsewhere(there, moves)
    for batch in [PROLOGUE, *Calls(seed).batches(calls)]:
        mine = json.loads(json.dumps([answer(con, statement) for statement in batch]))
        for statement, got, want in zip(batch, other.answers(batch), mine):
            if got != want:
                return f"{statement}: {want} here, {got} elsewhere"
        if moves.random() < 0.5:
            other.close()
            if moves.random() < 0.3:
                restore_from_backup(there)
            other = Elsewhere(there, moves)
    con.close()
    other.close()
    for mine, theirs in zip(dump(here), dump(there)):
        if mine != theirs:
            return f"{mine}\n  here, elsewhere\n{theirs}"
    return None if len(dump(here)) == len(dump(there)) else "one file has more rows"


def main():
    if sys.argv[1:2] == ["work"]:
        return work(sys.argv[2])
    seeds, calls = (int(argument) for argument in (sys.argv[1:] + ["3", "1500"][len(sys.argv) - 1:]))
    print(f"another clock: {'yes' if FAKETIME and not larder_python.PRELOAD else 'no'}, another host name: {'yes' if can_rename_host() else 'no'}")
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            difference = compare(seed, calls, Path(folder))
        if difference:
            sys.exit(f"FAIL seed {seed}: {difference}")
    print(f"{seeds} x {calls} calls: the same answers and the same rows")


if __name__ == "__main__":
    main()
