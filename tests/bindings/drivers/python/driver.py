"""What the drivers of Python's bindings share; tests/bindings/checker/driver.py says what a driver does."""

import os
import sys
import threading

LARDER = os.environ["LARDER"]


def decode(word):
    kind, text = word[:1], word[1:]
    if kind == "n":
        return None
    if kind == "t":
        return bytes.fromhex(text).decode()
    return {"b": bytes.fromhex, "i": int, "p": int, "r": float}[kind](text)


def encode(value):
    if value is None:
        return "n"
    if isinstance(value, str):
        return "t" + value.encode().hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    return ("i" if isinstance(value, int) else "r") + repr(value)


class Statement:
    def __init__(self, word):
        kind, sql, *values = word.split(":")
        self.has_rows, self.sql, self.values = kind == "q", decode(sql), [decode(value) for value in values]


class Binding:
    """A binding with Python's own interface to databases (PEP 249), or nearly so. A driver replaces what its binding does otherwise."""

    def __init__(self):
        self.open_ones = {}

    # What a driver says: open(path) as well, and versions(), the binding's and its SQLite's.

    def close(self, con):
        con.close()

    def execute(self, con, statement):
        """A cursor, or whatever gives the rows one by one."""
        return con.execute(statement.sql, statement.values)

    def atomic(self, con, end, statements):
        raise NotImplementedError

    def run(self, con, statement):
        rows = self.execute(con, statement)
        return [tuple(row) for row in rows] if statement.has_rows else []

    def first(self, con, count, statement):
        rows = iter(self.execute(con, statement))
        return [tuple(next(rows)) for _ in range(count)]

    # What is asked of a driver: the words of a request.

    def ask_hello(self):
        return [self.versions()]

    def ask_open(self, name, path):
        self.open_ones[name] = self.open(decode(path))
        return []

    def ask_close(self, name):
        self.close(self.open_ones.pop(name))
        return []

    def ask_run(self, name, statement):
        return self.run(self.open_ones[name], Statement(statement))

    def ask_reuse(self, name, *statements):
        """Python's bindings keep compiled statements by their text."""
        return [row for statement in statements for row in self.ask_run(name, statement)]

    def ask_first(self, name, count, statement):
        return self.first(self.open_ones[name], int(count), Statement(statement))

    def ask_atomic(self, name, end, *statements):
        return self.atomic(self.open_ones[name], end, [Statement(statement) for statement in statements])

    def ask_pool(self, path, workers, ids):
        marked = []

        def work():
            con = self.open(decode(path))
            for i in range(1, int(ids) + 1):
                marked.extend(self.run(con, Statement(":".join(["q", encode("SELECT ledger_mark('pool', ?)"), f"i{i}"]))))
            self.close(con)

        threads = [threading.Thread(target=work) for _ in range(int(workers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [(sum(new for new, in marked),)]

    def main(self):
        for request in sys.stdin:
            what, *words = request.split()
            try:
                rows = getattr(self, "ask_" + what)(*words)
                print("ok", *(":".join(map(encode, row)) for row in rows), flush=True)
            except Exception as error:  # whatever the binding raises is its answer
                print("error", encode(str(error)), flush=True)
