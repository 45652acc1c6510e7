#!/usr/bin/env python3
"""better-sqlite3 in worker threads: four at once open a new file, without a timeout of their own, load Larder and write. Nothing may fail,
a hundred times, and each write is there."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import bindings  # noqa: E402

ROUNDS, WORKERS = 100, 4
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_workers.js")


def main():
    environment = bindings.need_node("better-sqlite3")
    from larder_python import LARDER, connect

    with tempfile.TemporaryDirectory(prefix="larder-workers-") as folder:
        said = subprocess.check_output(["node", SCRIPT, LARDER, folder, str(ROUNDS), str(WORKERS)], env=environment, text=True)
        failed = json.loads(said)
        written = Counter()
        for round_ in range(ROUNDS):
            con = connect(os.path.join(folder, f"{round_}.db"), isolation_level=None)
            written[con.execute("SELECT cache_get('n')").fetchone()[0]] += 1
            con.close()
    for step in ("load", "write"):
        print(f"{step}: {len(failed[step])} of {ROUNDS * WORKERS} failed", dict(Counter(failed[step])))
    print("writes a file:", dict(written))
    sys.exit(0 if not failed["load"] and not failed["write"] and written == {WORKERS: ROUNDS} else 1)


main()
