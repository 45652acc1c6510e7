#!/usr/bin/env python3
"""The recipes for several processes. Each but one is started again and again in four sqlite3 shells side by side that are killed with
SIGKILL at random moments: in the end everything is done, and each effect is there exactly once. single_flight.sql is started by sixteen
shells at once, of which one does the work. Six workers that go on and on with work_queue.sql all get their turn."""

import os
import random
import re
import signal
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
MIDNIGHT = 1700006400


class Recipe:
    """What says that nothing is left to do; queries with what they must give at the end; how far the clock of the shells moves with each
    kill, so that a lease of minutes ends in time (None: they have the system's); and what a shell may say when it fails."""

    def __init__(self, name, is_done, wanted, seconds_a_kill=None, may_fail_with=None):
        self.name, self.is_done, self.wanted = name, is_done, wanted
        self.seconds_a_kill, self.may_fail_with = seconds_a_kill, may_fail_with


KILLED = [
    Recipe("work_queue.sql", "SELECT done + dead = total FROM kv_progress WHERE ledger = 'thumbnails'", {
        "SELECT count(*), count(DISTINCT path) FROM thumbnail": (495, 495),
        "SELECT total, done, dead FROM kv_progress WHERE ledger = 'thumbnails'": (500, 495, 5),
        "SELECT count(*) FROM thumbnail JOIN photo USING (path) WHERE thumbnail.width = photo.width / 10": (495,),
        "SELECT count(*) FROM kv_ledger WHERE status = 'dead' AND attempts = 3": (5,),
    }),
    Recipe("exactly_once.sql", "SELECT done = 300 FROM kv_progress WHERE ledger = 'transfers'", {
        "SELECT count(*), count(DISTINCT key), sum(amount) FROM transfer": (300, 300, 45150),
        "SELECT sum(balance), min(balance) FROM account": (100000, 45150),
        "SELECT count(*) FROM kv_ledger WHERE json_extract(result, '$.status') = 'ok'": (300,),
    }),
    # Whoever goes on with an order that another has begun has its rate and its invoice.
    Recipe("durable_steps.sql", "SELECT done = 100 FROM kv_progress WHERE ledger = 'orders'", {
        "SELECT count(*), count(DISTINCT order_id) FROM invoice": (100, 100),
        "SELECT count(*) FROM mail": (100,),
        "SELECT count(*) FROM orders JOIN mail USING (customer) JOIN invoice ON order_id = orders.id, "
        "kv_ledger AS step ON step.ledger = 'order ' || orders.id AND step.id = 'rate' "
        "WHERE euros = round(dollars * result, 2) AND text = printf('Invoice %d, at a rate of %.4f', number, result)": (100,),
    }),
    # The lease of its runs is five minutes; all of its kills are in one day.
    Recipe("overlapping_cron.sql", "SELECT count(*) = 1000 FROM mail", {
        "SELECT count(*), count(DISTINCT order_id), sum(amount) FROM invoice": (1000, 1000, 125125.0),
        "SELECT count(*), count(DISTINCT order_id) FROM mail": (1000, 1000),
        "SELECT count(*) FROM report": (1,),
        "SELECT checkpoint_get('invoices')": (1000,),
        "SELECT count(*) FROM kv_run WHERE status NOT IN ('finished', 'crashed', 'running')": (0,),
    }, seconds_a_kill=301),
    # Its script has a clock of its own, and each shell plays two runs: whose lease another shell has taken fails where it should.
    Recipe("watermark.sql", "SELECT checkpoint_get('sync') = 200", {
        "SELECT checkpoint_get('sync')": (200,),
        "SELECT group_concat(run || ' ' || upto) FROM fetched": ("four 200",),
    }, may_fail_with="lease_check: "),
]


def start_shell(folder, script, clock=None, stdout=subprocess.DEVNULL):
    command = ["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {LARDER}"]
    if clock is not None:
        command += ["-cmd", f"SELECT kv_clock({clock})"]
    environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
    with open(os.path.join(RECIPES, script), "rb") as stdin:
        return subprocess.Popen(command + ["recipe.db"], cwd=folder, stdin=stdin, env=environment, text=True,
                                stdout=stdout, stderr=subprocess.PIPE)


def run_shells(folder, text, count):
    """What each of the shells has said, which run the text side by side and may not fail."""
    path = os.path.join(folder, "script.sql")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    said = [tempfile.TemporaryFile("w+") for _ in range(count)]
    for shell in [start_shell(folder, path, stdout=file) for file in said]:
        _, errors = shell.communicate()
        if shell.returncode != 0 or errors:
            sys.exit(f"FAIL a shell ended with {shell.returncode}: {errors}")
    for file in said:
        file.seek(0)
    return [file.read() for file in said]


def check(path, recipe, wanted):
    connection = connect(path, isolation_level=None)
    wanted = {**wanted, "PRAGMA integrity_check": ("ok",),
              "SELECT group_concat(message) FROM kv_check WHERE status = 'error'": (None,)}
    for sql, want in wanted.items():
        got = connection.execute(sql).fetchone()
        if got != want:
            sys.exit(f"FAIL {recipe}: {sql} gives {got}, not {want}")
    connection.close()


class Shells:
    def __init__(self, folder, recipe):
        self.folder, self.recipe, self.kills, self.ends, self.failures = folder, recipe, 0, 0, 0
        self.running = [self.start() for _ in range(SHELLS)]

    def start(self):
        each = self.recipe.seconds_a_kill
        return start_shell(self.folder, self.recipe.name, MIDNIGHT + each * self.kills if each else None)

    def reap(self, shell):
        _, said = shell.communicate()
        if shell.returncode == -signal.SIGKILL:
            self.kills += 1
        elif shell.returncode == 0 and not said:
            self.ends += 1
        elif shell.returncode == 1 and self.recipe.may_fail_with and self.recipe.may_fail_with in said:
            self.failures += 1
        else:
            sys.exit(f"FAIL {self.recipe.name}: a shell ended with {shell.returncode}: {said}")

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


def is_done(path, recipe):
    connection = connect(path, isolation_level=None)
    row = connection.execute(recipe.is_done).fetchone()
    connection.close()
    return bool(row and row[0])


def kill_again_and_again(recipe):
    with tempfile.TemporaryDirectory(prefix="larder-recipes-") as folder:
        path = os.path.join(folder, "recipe.db")
        shells = Shells(folder, recipe)
        start = time.monotonic()
        done = False
        # A shell is alive for some 20 ms: kills must come as often to meet one in the middle.
        while shells.kills < KILLS or not done:
            time.sleep(random.uniform(0.001, 0.03))
            shells.turn(kills=shells.kills < KILLS)
            if shells.kills >= KILLS:
                done = is_done(path, recipe)
            if time.monotonic() - start > PATIENCE:
                sys.exit(f"FAIL {recipe.name}: not done after {PATIENCE} seconds")
        shells.finish()
        check(path, recipe.name, recipe.wanted)
    lost = f", {shells.failures} had lost their lease" if recipe.may_fail_with else ""
    print(f"{recipe.name}: {shells.kills} shells killed, {shells.ends} ran to their end{lost}, "
          f"{time.monotonic() - start:.1f} seconds", flush=True)


def single_flight():
    """Sixteen at once, three times: each time the entry of before has expired. Then a process dies with the claim: only after its 30
    seconds another one gets it."""
    with tempfile.TemporaryDirectory(prefix="larder-recipes-") as folder:
        path = os.path.join(folder, "recipe.db")
        for times, clock in enumerate((1000, 1601, 2202), start=1):
            shells = [start_shell(folder, "single_flight.sql", clock) for _ in range(16)]
            for shell in shells:
                _, said = shell.communicate()
                if shell.returncode != 0 or said:
                    sys.exit(f"FAIL single_flight.sql: a shell ended with {shell.returncode}: {said}")
            check(path, "single_flight.sql", {"SELECT count(*) FROM worked_out": (times,)})
        connection = connect(path, isolation_level=None)
        connection.execute("SELECT kv_clock(3000), cache_claim('report', '30s')").fetchone()  # by one that dies now
        connection.close()
        for clock, times in ((3000, 3), (3029, 3), (3031, 4)):
            start_shell(folder, "single_flight.sql", clock).communicate()
            check(path, "single_flight.sql", {"SELECT count(*) FROM worked_out": (times,)})
    print("single_flight.sql: sixteen shells at once, three times, each time worked out by one")


def waiting_is_fair():
    """What several processes run sets kv_busy_timeout() before anything else."""
    for name in [recipe.name for recipe in KILLED] + ["single_flight.sql", "retries_with_backoff.sql", "start_up.sql"]:
        with open(os.path.join(RECIPES, name), encoding="utf-8") as file:
            statements = [line for line in file if line.strip() and not line.startswith(("--", "."))]
        if not statements[0].startswith("SELECT kv_busy_timeout("):
            sys.exit(f"FAIL {name} begins with {statements[0]}")


def six_workers(jobs=25000, workers=6, longest=0.7):
    """Workers that repeat the round of work_queue.sql without a pause until the queue is empty. None of them waits long: with SQLite's own
    busy handler one of six waited for one to four seconds here, and on a busy machine for longer than its timeout."""
    with open(os.path.join(RECIPES, "work_queue.sql"), encoding="utf-8") as file:
        script = file.read().replace("i < 500", f"i < {jobs}")
    prepare, fill, turn, _ = re.split(r"^(?=-- 1\. Fill|-- 2\. Take|SELECT ledger, total)", script, flags=re.M)
    turn += "SELECT 'took', count(*), kv_clock() FROM temp.job; DROP TABLE temp.job;\n"
    with tempfile.TemporaryDirectory(prefix="larder-recipes-") as folder:
        run_shells(folder, prepare + fill, 1)
        waits = []
        for said in run_shells(folder, prepare + turn * (jobs // 20), workers):
            turns = [line.split("|")[1:] for line in said.splitlines() if line.startswith("took")]
            moments = [float(moment) for count, moment in turns if int(count)]
            waits.append(max(after - before for before, after in zip(moments, moments[1:])))
        done = jobs - jobs // 100  # every hundredth photo is a broken file
        check(os.path.join(folder, "recipe.db"), "work_queue.sql", {"SELECT count(*), count(DISTINCT path) FROM thumbnail": (done, done)})
    if max(waits) > longest:
        sys.exit(f"FAIL work_queue.sql: of {workers} workers one has waited for {max(waits):.2f} seconds")
    print(f"work_queue.sql: of {workers} workers, each was back within {max(waits):.2f} seconds")


def main():
    waiting_is_fair()
    for recipe in KILLED:
        kill_again_and_again(recipe)
    single_flight()
    if not os.environ.get("LARDER_PRELOAD"):  # a sanitizer makes everything slow, also while the lock is held
        six_workers()


if __name__ == "__main__":
    main()
