"""The common script, steps.json: runs it with a driver and compares what comes out.

A step is a name and calls; it passes when every call does. A call says what to do (`sql`, `reuse`, `first`, `atomic`, `reopen`,
`together`, `pool`), on which connection, and what comes out: `rows`, or an `error`, which is part of the message.
"""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from driver import Broken, Driver, Plain, SaidError, encode, statement

STEPS = json.loads((Path(__file__).resolve().parents[1] / "steps.json").read_text(encoding="utf-8"))

# The connections, and which process each belongs to.
PROCESSES = {"first": 0, "second": 0, "other": 1}


class Wrong(Exception):
    """A call gave something else than the script says."""


class Script:
    """One run of the steps, in a new file."""

    def __init__(self, binding, folder):
        self.binding, self.path = binding, os.path.join(folder, "app.db")
        self.drivers, self.opened, self.kept = [], set(), {}

    def start(self):
        self.drivers.append(Driver(self.binding.command, self.binding.environment))
        return self.drivers[-1]

    def driver_of(self, name):
        """The driver that has the connection, which is opened when it is first used."""
        while len(self.drivers) <= PROCESSES[name]:
            self.start()
        driver = self.drivers[PROCESSES[name]]
        if name not in self.opened:
            try:
                driver.ask("open", name, encode(self.path))
            except SaidError as error:
                raise Broken(f"cannot open the file or load Larder: {error}") from error
            self.opened.add(name)
        return driver

    def value(self, given):
        """A parameter: JSON's own types, or an object for what JSON has not."""
        if not isinstance(given, dict):
            return given
        ((kind, what),) = given.items()
        if kind == "kept":
            name, key = what.split(".")
            if name not in self.kept:
                raise Wrong(f"there is no {name}")
            return self.kept[name][key]
        if kind == "repeat":
            text, times = what
            return text * times
        return {"blob": bytes.fromhex, "plain": Plain}[kind](what)

    def statement(self, sql, values=()):
        return statement(sql, [self.value(value) for value in values])

    def ask(self, call):
        name = call.get("on", "first")
        driver = self.driver_of(name)
        if "reopen" in call:
            driver.ask("close", name)
            return driver.ask("open", name, encode(self.path))
        if "atomic" in call:
            statements = [self.statement(sql, values) for sql, *values in call["statements"]]
            return driver.ask("atomic", name, call["atomic"], *statements)
        if "reuse" in call:
            return driver.ask("reuse", name, *(self.statement(call["reuse"], values) for values in call["each"]))
        if "together" in call:
            return self.together(call)
        if "pool" in call:
            return self.pool(**call["pool"])
        what = self.statement(call["sql"], call.get("values", ()))
        return driver.ask("first", name, call["first"], what) if "first" in call else driver.ask("run", name, what)

    def together(self, call):
        """Connections of several processes call at once, each `times` times."""
        def call_often(name):
            for _ in range(call["times"]):
                self.driver_of(name).ask("run", name, self.statement(call["sql"]))

        for name in call["together"]:
            self.driver_of(name)
        with ThreadPoolExecutor() as threads:
            list(threads.map(call_often, call["together"]))
        return []

    def pool(self, workers, ids):
        """Where the language has no threads, the workers are processes."""
        if self.binding.threads:
            return self.drivers[0].ask("pool", encode(self.path), workers, ids)

        def mark_all(driver):
            driver.ask("open", "worker", encode(self.path))
            mark = "SELECT ledger_mark('pool', ?)"
            return sum(int(driver.ask("run", "worker", statement(mark, [i]))[0][0]) for i in range(1, ids + 1))

        with ThreadPoolExecutor() as threads:
            return [(sum(threads.map(mark_all, [self.start() for _ in range(workers)])),)]

    def check(self, call):
        """Raises Wrong unless the call does what it says."""
        try:
            rows = self.ask(call)
        except SaidError as error:
            if "error" not in call:
                raise Wrong(f"{shortened(call)}: {error}") from error
            if call["error"] not in str(error):
                raise Wrong(f"the error is {error}, not {call['error']}") from error
            return
        if "error" in call:
            raise Wrong(f"{rows} in place of the error {call['error']}")
        if "rows" in call and not self.same_rows(call["rows"], rows):
            raise Wrong(f"{shortened(call)} gave {shortened(rows)}")
        if "keep" in call:
            self.kept[call["keep"]] = json.loads(rows[0][0])

    def same_rows(self, wanted, got):
        return len(wanted) == len(got) and all(
            len(row) == len(given) and all(self.same(self.wanted(one), other) for one, other in zip(row, given))
            for row, given in zip(wanted, got))

    def wanted(self, given):
        return given if isinstance(given, dict) and "json" in given else self.value(given)

    def same(self, wanted, got):
        """Type and value are the same, as far as the language tells types apart."""
        if isinstance(wanted, dict):
            return wanted["json"].items() <= as_object(got).items()
        if type(wanted) is type(got):
            return wanted == got
        if not {type(wanted), type(got)} <= self.binding.alike:
            return False
        return wanted == read_as(wanted, got)

    def run(self):
        """What is wrong with each step; None of those that pass."""
        outcome = {}
        for step in STEPS:
            outcome[step["step"]] = None
            try:
                for call in step["calls"]:
                    self.check(call)
            except (Wrong, SaidError) as error:
                outcome[step["step"]] = " ".join(str(error).split())
        return outcome

    def end(self):
        for driver in self.drivers:
            driver.end()


def read_as(wanted, got):
    """What a language that does not tell types apart gave, as the type that is wanted."""
    if isinstance(wanted, (int, float)) and isinstance(got, (int, float)):
        return got
    text = got.decode(errors="surrogateescape") if isinstance(got, bytes) else str(got)
    return text.encode(errors="surrogateescape") if isinstance(wanted, bytes) else type(wanted)(text)


def as_object(got):
    """What is JSON of an object; of anything else, none of its members."""
    try:
        read = json.loads(got)
    except (TypeError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def shortened(what):
    text = str(what)
    return text if len(text) < 200 else text[:200] + " ..."


def run(binding):
    """The versions of the binding and of its SQLite, and what is wrong with each step."""
    with tempfile.TemporaryDirectory(prefix="larder-binding-") as folder:
        script = Script(binding, folder)
        try:
            ((version, of_sqlite),) = script.start().ask("hello")
            return version, of_sqlite, script.run()
        finally:
            script.end()
