#!/usr/bin/env python3
"""Files whose tables are of version 1, as version_1.sql has them: read as they are, and given the columns and tables of this version by the
first write. That loses nothing, ends in the same tables as those of a new file, happens whole or not at all when the process is killed, and
once when two begin at the same time.

With "big" as the argument it takes a million rows instead of fifty thousand."""

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import larder_python  # noqa: E402

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text()
NOW = 1790000002  # shortly after the file was written
BIG = "big" in sys.argv
ROWS = 1_000_000 if BIG else 50_000
KILLS = 40 if BIG else 15
COLUMNS = {1: 13, 2: 16}  # of the ledger, by version
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(what)
        print(f"FAIL {what}: got {got!r}, want {want!r}")


def write_version_1(path):
    con = sqlite3.connect(path)
    con.executescript("PRAGMA journal_mode = WAL;" + VERSION_1)
    con.close()


def values(con, *queries):
    return [con.execute(query).fetchone()[0] for query in queries]


def tables(con):
    """Larder's own tables and indexes, without how they are written."""
    rows = con.execute("SELECT name, sql FROM sqlite_schema WHERE name GLOB 'larder_*' AND type <> 'trigger' AND sql IS NOT NULL")
    return {name: "".join(sql.split()) for name, sql in rows}


def version_of(con):
    return values(con, "SELECT value FROM larder_meta WHERE name = 'schema'")[0]


def columns_of_the_ledger(con):
    return len(con.execute("PRAGMA table_info(larder_ledger)").fetchall())


READS = {
    "SELECT cache_get('greeting')": "hello",
    "SELECT cache_has('short')": 1,
    "SELECT length(cache_get('long'))": 1500,
    "SELECT ledger_result('import', 'a')": "result of a",
    "SELECT ledger_seen('import', 'c')": 0,
    "SELECT checkpoint_get('offset')": 42,
    "SELECT group_concat(status) FROM kv_run": "running",
    "SELECT group_concat(owner) FROM kv_lease": "me",
    "SELECT group_concat(state) FROM kv_migration": "applied",
    "SELECT kv_config('ledger.max_attempts')": 3,
    "SELECT total FROM kv_progress WHERE ledger = 'queue'": 4,
}


def reads_as_it_is(folder):
    path = folder / "read.db"
    write_version_1(path)
    for uri in (f"file:{path}", f"file:{path}?mode=ro"):
        con = larder_python.connect(uri, uri=True)
        con.execute("SELECT kv_clock(?)", (NOW,))
        for query, want in READS.items():
            expect(f"{uri}: {query}", values(con, query)[0], want)
        expect("the doctor", values(con, "SELECT message FROM kv_check WHERE name = 'tables'")[0],
               "7, of version 1; the next call that writes adds what is new")
        expect("its errors", values(con, "SELECT count(*) FROM kv_check WHERE status = 'error'")[0], 0)
        expect("reading adds nothing", (version_of(con), columns_of_the_ledger(con)), (1, COLUMNS[1]))
        con.close()


def upgraded_is_like_new(folder):
    path = folder / "upgrade.db"
    write_version_1(path)
    con = larder_python.connect(path)
    con.execute("SELECT kv_clock(?)", (NOW,))
    before = {table: con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("larder_ledger", "larder_cache")}
    con.execute("SELECT checkpoint_set('offset', 43)")
    for table, rows in before.items():
        after = con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        expect(f"the rows of {table}", [row[: len(rows[0])] for row in after], rows)
    expect("version", version_of(con), 2)
    new = larder_python.connect(":memory:")
    new.execute("SELECT checkpoint_set('a', 1)")
    expect("the tables", tables(con), tables(new))
    expect("the doctor", con.execute("SELECT name, message FROM kv_check WHERE status = 'error'").fetchall(), [])
    expect("what waited is claimed", con.execute("SELECT ledger_next('queue', '5m') ->> 'id'").fetchone()[0], "third")
    con.close()


def in_a_transaction_that_is_rolled_back(folder):
    path = folder / "rollback.db"
    write_version_1(path)
    con = larder_python.connect(path, isolation_level=None)
    old = tables(con)
    for _ in range(2):
        con.execute("BEGIN")
        con.execute("SELECT ledger_mark('import', 'new')")
        expect("inside", version_of(con), 2)
        con.execute("ROLLBACK")
        expect("rolled back", (version_of(con), tables(con)), (1, old))
    con.execute("SELECT ledger_mark('import', 'new')")
    expect("and then", (version_of(con), con.execute("SELECT ledger_seen('import', 'new')").fetchone()[0]), (2, 1))
    con.close()


def fill(path):
    write_version_1(path)
    con = sqlite3.connect(path)
    con.execute("PRAGMA synchronous = OFF")
    con.execute(
        "INSERT INTO larder_ledger(ledger, id, status, token, claimable_at, created_at)"
        " WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " SELECT 'many', i, iif(i % 2, 'pending', 'done'), iif(i % 2, 1, NULL), iif(i % 2, 1790000000.0 + i, NULL), 1790000000.0 FROM n", (ROWS,))
    con.commit()
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    con.close()


def upgrade_in_a_process(path):
    return subprocess.Popen([sys.executable, __file__, "upgrade", path])


def killed_in_the_middle(folder):
    full = folder / "full.db"
    fill(full)
    took = time.monotonic()
    whole = folder / "whole.db"
    shutil.copy(full, whole)
    if upgrade_in_a_process(whole).wait() != 0:
        return failures.append("the upgrade")
    took = time.monotonic() - took
    print(f"{ROWS} rows: upgraded in {took:.2f} s, with the start of the process")
    versions = Counter()
    for i in range(KILLS):
        path = folder / f"killed{i}.db"
        shutil.copy(full, path)
        process = upgrade_in_a_process(path)
        time.sleep(random.uniform(0.2, 1.05) * took)
        process.kill()
        process.wait()
        con = sqlite3.connect(path)
        version = version_of(con)
        versions[version] += 1
        expect("the columns fit the version", columns_of_the_ledger(con), COLUMNS[version])
        expect("integrity", values(con, "PRAGMA integrity_check", "SELECT count(*) FROM larder_ledger WHERE ledger = 'many'"), ["ok", ROWS])
        con.close()
        for file in folder.glob(f"killed{i}.db*"):
            file.unlink()
    print(f"{KILLS} kills: {versions[1]} files still of version 1, {versions[2]} of version 2")


def two_at_once(folder):
    for i in range(5):
        path = folder / f"two{i}.db"
        write_version_1(path)
        processes = [upgrade_in_a_process(path) for _ in range(3)]
        expect("both succeed", [process.wait() for process in processes], [0, 0, 0])
        con = larder_python.connect(path)
        expect("once", (version_of(con), columns_of_the_ledger(con)), (2, COLUMNS[2]))
        con.close()


WRITES = (
    "SELECT cache_set('a', 1)", "SELECT cache_incr('n')", "SELECT ledger_mark('a')", "SELECT ledger_claim('q', 'a', 60)", "SELECT ledger_next('q', 60)",
    "SELECT lease_acquire('a', 60)", "SELECT checkpoint_set('a', 1)", "SELECT run_start('a', 60)", "SELECT rate_take('a', 5, 60)",
    "INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('b', 1)", "INSERT INTO kv_ledger(ledger, id) VALUES ('q', 1)",
)  # fmt: skip


def changed_by_a_later_version_meanwhile(folder):
    """A later version that older ones must not write beside gives its tables other names: then a connection that has them compiled is
    refused at its first call."""
    for write in WRITES:
        path = folder / "later.db"
        con = larder_python.connect(path, isolation_level=None)
        con.execute(write).fetchall()
        later = sqlite3.connect(path)
        names = [name for (name,) in later.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'larder_*'") if name != "larder_meta"]
        later.executescript("BEGIN; UPDATE larder_meta SET value = 99 WHERE name = 'schema';" + "".join(f"ALTER TABLE {name} RENAME TO {name}_99;" for name in names) + "COMMIT")
        before = list(later.iterdump())
        try:
            con.execute(write).fetchall()
            failures.append(f"{write} was not refused")
        except sqlite3.OperationalError as error:
            expect(write, "have version 99, this Larder knows version 2 and will not write to them" in str(error), True)
        expect(f"{write} has changed nothing", list(later.iterdump()) == before, True)
        con.close()
        later.close()
        for file in folder.glob("later.db*"):
            file.unlink()


def main():
    if sys.argv[1:2] == ["upgrade"]:
        con = larder_python.connect(sys.argv[2], timeout=60)
        con.execute("SELECT checkpoint_set('offset', 44)")
        con.close()
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for test in (reads_as_it_is, upgraded_is_like_new, in_a_transaction_that_is_rolled_back, changed_by_a_later_version_meanwhile, killed_in_the_middle, two_at_once):
            test(folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
