#!/usr/bin/env python3
"""The worker's loop under kv_wait in sql/README.md runs as it stands there, while another connection adds jobs."""

import json
import os
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from larder_python import connect  # noqa: E402
from pages import ROOT, blocks, read  # noqa: E402


class Stop(Exception):
    """Ends the loop, which by itself has no end."""


def loop():
    (text,) = [block for _, block in blocks(read(ROOT / "sql" / "README.md"), "python") if "kv_wait" in block]
    return text


class WorkerLoop(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.con, self.other = (connect(os.path.join(folder.name, "app.db"), check_same_thread=False) for _ in range(2))
        self.addCleanup(self.other.close)
        self.addCleanup(self.con.close)
        self.sent, self.statements = [], []
        self.con.set_trace_callback(self.statements.append)

    def send(self, payload):
        if payload == "stop":
            raise Stop
        if payload == "bad":
            raise OSError("no such host")
        self.sent.append(payload)

    def add_one_by_one(self, *payloads):
        for payload in payloads:
            time.sleep(0.1)
            self.other.execute("SELECT ledger_add('mails', ?, ?)", (payload, payload)).fetchone()

    def work(self, *payloads):
        adder = threading.Thread(target=self.add_one_by_one, args=payloads)
        adder.start()
        with self.assertRaises(Stop):
            exec(loop(), {"con": self.con, "json": json, "send": self.send})
        adder.join()

    def rows(self, columns):
        return self.con.execute(f"SELECT {columns} FROM kv_ledger ORDER BY created_at").fetchall()

    def test_it_sends_what_others_add(self):
        self.work("one", "two", "stop")
        self.assertEqual(self.sent, ["one", "two"])
        self.assertEqual(self.rows("id, status"), [("one", "done"), ("two", "done"), ("stop", "claimed")])

    def test_it_sleeps_when_there_is_nothing(self):
        self.work("one", "stop")
        asked = sum("ledger_next" in statement for statement in self.statements)
        waited = sum("kv_wait" in statement for statement in self.statements)
        self.assertGreaterEqual(waited, 2)
        self.assertLess(asked, 20)

    def test_what_fails_is_tried_again_later(self):
        self.work("bad", "stop")
        ((status, error, attempts, wait),) = self.rows("status, error, attempts, round(claimable_at - kv_clock())")[:1]
        self.assertEqual((status, error, attempts), ("failed", "no such host", 1))
        self.assertTrue(55 <= wait <= 60, wait)


if __name__ == "__main__":
    unittest.main()
