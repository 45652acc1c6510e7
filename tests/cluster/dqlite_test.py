#!/usr/bin/env python3
"""dqlite_test.py [CALLS KILLS]: three nodes of dqlite that load Larder, and four clients that make CALLS calls, of all kinds and in every
form that is safe there, while the leader is killed with SIGKILL and comes back, KILLS times. Then what was acknowledged is there exactly
once, the lease is still held, and the dumps of all nodes are equal.

A short run is a test; `make cluster` is the long one: 1,000 calls, five kills.
"""

import random
import sys
import tempfile
import threading
import time

from dqlite_nodes import Cluster
from installed import dqlite

CLIENTS = 4

TABLES = "CREATE TABLE effect(id INTEGER NOT NULL)"  # no key: that each id comes once is the ledger's business


def in_transaction(*statements):
    return ["BEGIN IMMEDIATE", *statements, "COMMIT"]


def mark(n):
    """The effect and its mark: as one statement, in a transaction, and beside another call in one."""
    effect = f"INSERT INTO effect SELECT {n} WHERE ledger_mark('effects', {n})"
    forms = [[effect], in_transaction(effect), in_transaction(f"SELECT ledger_mark('others', {n})", effect)]
    return forms[n % len(forms)]


def other_call(n):
    """What is not counted, but makes the nodes' files differ if it is replicated badly."""
    call = random.choice([
        f"cache_set('key {n % 50}', hex(randomblob({n % 700})), {n % 90 + 1})",
        f"cache_incr('count {n % 7}')",
        f"cache_del('key {n % 50}')",
        f"ledger_add('work', 'item {n}', '{n}')",
        "ledger_next('work', 60)",
        f"checkpoint_advance('reached', {n})",
        f"lease_acquire('lease {n % 5}', 1, 'client')",
        f"run_start('job {n % 9}', 1, 10, 'client')",
        "kv_sweep(10)",
        f"kv_config('ledger.max_attempts', {n % 5 + 1})",
    ])
    return random.choice([
        [f"INSERT INTO kv_answer SELECT {call}"],
        in_transaction(f"SELECT {call}"),
        [f"INSERT INTO kv_cache(key, value) VALUES ('key {n}', {n})"],
        [f"DELETE FROM kv_cache WHERE key = 'key {n % 50}'"],
    ])


class Work:
    """What the clients share."""

    def __init__(self, calls):
        self.calls = calls
        self.marked = []
        self.done = 0  # of the other calls
        self.longest_wait = 0.0
        self.failures = []
        self.lock = threading.Lock()

    def progress(self):
        return len(self.marked) * 2

    def run(self, cluster, first):
        """Half of the calls are marks. One that fails may have been stored or not: it is made again, as a program would do."""
        try:
            with cluster.client() as client:
                for n in range(first, self.calls // 2, CLIENTS):
                    began = time.monotonic()
                    client.insist(mark(n))
                    with self.lock:
                        self.longest_wait = max(self.longest_wait, time.monotonic() - began)
                        self.marked.append(n)
                    answer = client.tell(other_call(n))
                    with self.lock:
                        self.done += "error" not in answer
        except Exception as error:  # told by the main thread
            self.failures.append(f"client {first}: {error}")


def disturb(cluster, work, kills):
    for kill in range(1, kills + 1):
        while work.progress() < work.calls * kill / (kills + 1) and not work.failures:
            time.sleep(0.005)
        cluster.kill_leader()


def verdict(cluster, work, token):
    with cluster.client() as client:
        effects = [int(n) for n in client.insist(["SELECT group_concat(id) FROM effect"]).split(",")]
        marks = client.insist(["SELECT count(*) FROM kv_ledger WHERE ledger = 'effects' AND status = 'done'"])
        is_held = client.insist(in_transaction(f"SELECT lease_renew('the one', {token}, 3600)"))
    lost, doubled = set(work.marked) - set(effects), len(effects) - len(set(effects))
    is_equal = cluster.has_equal_dumps()
    print(f"{work.calls} calls, {cluster.kills} kills: {len(work.marked)} acknowledged marks, {len(lost)} lost, {doubled} doubled; "
          f"{work.done} others; longest wait {work.longest_wait:.2f} s", flush=True)
    return [*work.failures, *(message for is_wrong, message in [
        (lost, f"lost: {sorted(lost)}"),
        (doubled, f"{doubled} doubled"),
        (marks != len(work.marked), f"{marks} marks for {len(work.marked)} effects"),
        (work.done < work.calls / 4, f"only {work.done} of the other calls were done"),
        (is_held != 1, f"the lease is lost: {is_held}"),
        (not is_equal, "the nodes' dumps differ"),
    ] if is_wrong)]


def refusals(client):
    """What would be lost, or would stop the node, is an error instead."""
    for statements in (["SELECT cache_set('lost', 1)"], ["SELECT kv_busy_timeout(100)"], ["BEGIN", "SELECT cache_set('lost', 1)", "COMMIT"]):
        if "error" not in client.tell(statements):
            yield f"not refused: {statements}"


def run(calls, kills, folder, program):
    with Cluster(program, folder) as cluster:
        with cluster.client() as client:
            client.insist([TABLES])
            token = client.insist(in_transaction("SELECT lease_acquire('the one', 3600, 'me')"))
            wrong = list(refusals(client))
        work = Work(calls)
        threads = [threading.Thread(target=work.run, args=(cluster, first)) for first in range(CLIENTS)]
        for thread in threads:
            thread.start()
        disturb(cluster, work, kills)
        for thread in threads:
            thread.join()
        return wrong + verdict(cluster, work, token)


def main():
    calls, kills = map(int, sys.argv[1:3]) if len(sys.argv) == 3 else (120, 1)
    program = dqlite()
    with tempfile.TemporaryDirectory() as folder:
        wrong = run(calls, kills, folder, program)
    if wrong:
        sys.exit("FAIL " + "; ".join(wrong))


if __name__ == "__main__":
    main()
