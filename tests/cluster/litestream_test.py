#!/usr/bin/env python3
"""litestream_test.py [KILLS]: Litestream copies a file while two processes write and sweep. Again and again it is killed with SIGKILL, what
it has copied until then is restored and must be whole, and it is started again. In the end the restored file has the dump of the source.

A short run is a test; `make cluster` is the long one: 20 kills.
"""

import os
import random
import subprocess
import sys
import tempfile
import time

from installed import litestream
from larder_python import connect  # of tests/support, which `installed` has put into the path

WRITERS = 2
PATIENCE = 60  # seconds
TABLES = "CREATE TABLE effect(writer TEXT NOT NULL, id INTEGER NOT NULL)"  # no key: that each id comes once is the ledger's business

# Of each writer there is everything up to some number, or the copy has a hole; the checkpoint was set right behind the effect.
WRONG = """
SELECT writer || ': ' || count(*) || ' effects up to ' || max(id) || ', checkpoint ' || checkpoint_get(writer)
FROM effect GROUP BY writer
HAVING count(*) <> max(id) OR checkpoint_get(writer) NOT IN (max(id), max(id) - 1) OR count(*) <> sum(ledger_seen(writer, id))
UNION ALL SELECT message FROM kv_check WHERE status = 'error'
UNION ALL SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"""


def write(path, me):
    """Until it is killed."""
    connection = connect(path, isolation_level=None, timeout=30)
    # Else it may be SQLite that moves the WAL into the file, while no Litestream is there to see it.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    n = 0
    while True:
        n += 1
        connection.execute("INSERT INTO effect SELECT ?1, ?2 WHERE ledger_mark(?1, ?2)", (me, n))
        connection.execute("SELECT checkpoint_advance(?, ?)", (me, n)).fetchone()
        connection.execute("SELECT cache_set(?, randomblob(?), ?)", (random.randrange(500), random.randrange(2000), random.random())).fetchone()
        if n % 50 == 0:
            connection.execute("SELECT kv_sweep()").fetchone()


class Replica:
    """The file `source`, and a folder that has a copy of it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.source, self.url = os.path.join(folder, "app.db"), f"file://{folder}/replica"

    def files(self):
        return {name for _, _, names in os.walk(os.path.join(self.folder, "replica")) for name in names}

    def copy_until_killed(self):
        """It is killed some time after it has copied something."""
        before, deadline = self.files(), time.monotonic() + PATIENCE
        process = subprocess.Popen([self.program, "replicate", self.source, self.url], stdout=subprocess.DEVNULL)
        while self.files() <= before and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 1))
        process.kill()
        process.wait()

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], stdout=subprocess.DEVNULL, check=True)

    def copy(self):
        """All that is there."""
        self.run("replicate", "-once", self.source, self.url)

    def restore(self):
        """Returns the path of the restored file."""
        path = os.path.join(self.folder, "restored.db")
        self.run("restore", "-force", "-o", path, self.url)
        return path


def look(path):
    """How many effects are in a restored file, and what is wrong with it."""
    connection = connect(path)
    wrong = [row[0] for row in connection.execute(WRONG)]
    effects, = connection.execute("SELECT count(*) FROM effect").fetchone()
    connection.close()
    return effects, wrong


def disturb(replica, kills):
    """Returns how many effects there were in each copy that a killed process has left, and what was wrong."""
    counts, wrong = [], []
    for _ in range(kills):
        replica.copy_until_killed()
        effects, found = look(replica.restore())
        counts.append(effects)
        wrong += found
    return counts, wrong


def dump(path):
    return subprocess.run([os.environ.get("SQLITE3", "sqlite3"), path, ".dump"], stdout=subprocess.PIPE, check=True).stdout


def run(replica, kills):
    setup = connect(replica.source)
    setup.execute(TABLES)
    setup.execute("SELECT cache_set('first', 1)").fetchone()
    setup.close()
    replica.copy()
    writers = [subprocess.Popen([sys.executable, __file__, "write", replica.source, f"writer {i}"]) for i in range(WRITERS)]
    try:
        counts, wrong = disturb(replica, kills)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    replica.copy()
    restored = replica.restore()
    effects, found = look(restored)
    print(f"{kills} kills of Litestream; effects in the copies: {', '.join(map(str, counts))}, at the end {effects}", flush=True)
    if dump(restored) != dump(replica.source):
        found.append("the restored file differs from the source")
    if counts != sorted(counts) or len(set(counts)) < 2:
        found.append("the copies do not grow")
    return wrong + found


def main():
    if sys.argv[1:2] == ["write"]:
        return write(*sys.argv[2:])
    kills = int(sys.argv[1]) if len(sys.argv) == 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        wrong = run(Replica(litestream(), folder), kills)
    if wrong:
        sys.exit("FAIL " + "; ".join(wrong))


if __name__ == "__main__":
    main()
