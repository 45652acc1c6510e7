#!/usr/bin/env python3
"""The recipes for several workers, each started again and again in four sqlite3 shells side by side that are killed with SIGKILL at
random moments: in the end everything is done, and each effect is there exactly once."""

import os
import random
import signal
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from larder_python import LARDER, connect  # noqa: E402

RECIPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "sql", "recipes")
SHELLS = 4
KILLS = 40  # of shells that were still at work
PATIENCE = 120  # seconds

# Recipe: what says that nothing is left to do, and queries with what they must give at the end.
EXPECTED = {
    "work_queue.sql": ("SELECT done + dead = total FROM kv_progress WHERE ledger = 'thumbnails'", {
        "SELECT count(*), count(DISTINCT path) FROM thumbnail": (495, 495),
        "SELECT total, done, dead FROM kv_progress WHERE ledger = 'thumbnails'": (500, 495, 5),
        "SELECT count(*) FROM thumbnail JOIN photo USING (path) WHERE thumbnail.width = photo.width / 10": (495,),
        "SELECT count(*) FROM kv_ledger WHERE status = 'dead' AND attempts = 3": (5,),
    }),
    "exactly_once.sql": ("SELECT done = 300 FROM kv_progress WHERE ledger = 'transfers'", {
        "SELECT count(*), count(DISTINCT key), sum(amount) FROM transfer": (300, 300, 45150),
        "SELECT sum(balance), min(balance) FROM account": (100000, 45150),
        "SELECT count(*) FROM kv_ledger WHERE json_extract(result, '$.status') = 'ok'": (300,),
    }),
}


class Shells:
    def __init__(self, folder, recipe):
        self.folder, self.recipe, self.kills, self.ends = folder, recipe, 0, 0
        self.running = [self.start() for _ in range(SHELLS)]

    def start(self):
        command = ["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {LARDER}", "recipe.db"]
        environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
        with open(os.path.join(self.folder, self.recipe), "rb") as script:
            return subprocess.Popen(command, cwd=self.folder, stdin=script, env=environment, text=True,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def reap(self, shell):
        _, said = shell.communicate()
        if shell.returncode == -signal.SIGKILL:
            self.kills += 1
        elif shell.returncode == 0 and not said:
            self.ends += 1
        else:
            sys.exit(f"FAIL {self.recipe}: a shell ended with {shell.returncode}: {said}")

    def turn(self, kills):
        """Kills one of the shells, if that is wanted, and starts anew those that have ended."""
        if kills:
            random.choice(self.running).send_signal(signal.SIGKILL)
        for number, shell in enumerate(self.running):
            if shell.poll() is not None:
                self.reap(shell)
                self.running[number] = self.start()

    def finish(self):
        for shell in self.running:
            self.reap(shell)


def run(recipe, is_done, wanted):
    with tempfile.TemporaryDirectory(prefix="larder-recipes-") as folder:
        shutil.copy(os.path.join(RECIPES, recipe), folder)
        path = os.path.join(folder, "recipe.db")
        shells = Shells(folder, recipe)
        start = time.monotonic()
        done = False
        # A shell is alive for some 20 ms: kills must come as often to meet one in the middle.
        while shells.kills < KILLS or not done:
            time.sleep(random.uniform(0.001, 0.03))
            shells.turn(kills=shells.kills < KILLS)
            if shells.kills >= KILLS:
                connection = connect(path, isolation_level=None)
                row = connection.execute(is_done).fetchone()
                done = bool(row and row[0])
                connection.close()
            if time.monotonic() - start > PATIENCE:
                sys.exit(f"FAIL {recipe}: not done after {PATIENCE} seconds")
        shells.finish()
        connection = connect(path, isolation_level=None)
        for sql, want in {**wanted, "PRAGMA integrity_check": ("ok",)}.items():
            got = connection.execute(sql).fetchone()
            if got != want:
                sys.exit(f"FAIL {recipe}: {sql} gives {got}, not {want}")
        connection.close()
    print(f"{recipe}: {shells.kills} shells killed, {shells.ends} ran to their end, "
          f"{time.monotonic() - start:.1f} seconds", flush=True)


def main():
    for recipe, (is_done, wanted) in EXPECTED.items():
        run(recipe, is_done, wanted)


if __name__ == "__main__":
    main()
