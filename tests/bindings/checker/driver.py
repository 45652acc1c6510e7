"""A driver: a small program in some language that does with a binding what it is told, a line each way.

A request is a line of words: what to do, the connection, and its arguments. The answer is "ok" and the rows, a word each, or
"error" and the message. So that no language needs a parser, a value is a letter for its type and then its digits, or the
hexadecimal of its bytes; the values of a row stand between colons:

    run first q:t53454c45435420312c203f:b00ff      SELECT 1, ?
    ok i1:b00ff

    open CON PATH                 opens the file and loads Larder
    close CON
    run CON STATEMENT             a statement is q, when it has rows, or x; then its SQL, and its parameters
    reuse CON STATEMENT ...       statements of the same SQL: compiled once
    first CON N STATEMENT         the first N rows, one after the other; the rest is not read
    atomic CON END STATEMENT ...  in one transaction of the binding's own, which END, commit or rollback, ends
    pool PATH WORKERS IDS         workers, each a thread, each mark the ids 1 to IDS in the ledger "pool"; answers how many were new
    hello                         the versions of the binding and of its SQLite
"""

import os
import subprocess
import tempfile
import threading

SECONDS = 120  # for one answer


class Plain(str):
    """A number in digits, which the driver passes as a program in its language would that thinks of no type."""


class SaidError(Exception):
    """The binding reported an error, which the driver passes on."""


class Broken(Exception):
    """The driver did not answer, or not in the form above."""


def encode(value):
    if value is None:
        return "n"
    if isinstance(value, Plain):
        return "p" + value
    if isinstance(value, str):
        return "t" + value.encode().hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    return ("i" if isinstance(value, int) else "r") + repr(value)


def decode(word):
    kind, text = word[:1], word[1:]
    if kind == "n":
        return None
    if kind == "t":
        return bytes.fromhex(text).decode(errors="surrogateescape")
    return {"b": bytes.fromhex, "i": int, "r": float}[kind](text)


def statement(sql, values=()):
    has_rows = sql.startswith("SELECT") or sql.startswith("PRAGMA")
    return ":".join(["q" if has_rows else "x", encode(sql), *map(encode, values)])


class Driver:
    """The running program."""

    def __init__(self, command, environment):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, env=dict(os.environ, **environment), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)

    def ask(self, *words):
        """The rows that the driver answers, each a tuple."""
        late = threading.Timer(SECONDS, self.process.kill)
        late.start()
        try:
            self.process.stdin.write(" ".join(map(str, words)) + "\n")
            self.process.stdin.flush()
            said, *rows = self.process.stdout.readline().split() or [""]
            if said == "error":
                raise SaidError(decode(rows[0]))
            if said != "ok":
                raise Broken(f"{words[0]}: {said} {self.last_words()}")
            return [tuple(map(decode, row.split(":"))) for row in rows]
        except (OSError, ValueError, KeyError) as error:
            raise Broken(f"{words[0]}: {error} {self.last_words()}") from error
        finally:
            late.cancel()

    def last_words(self):
        """The end of what the driver wrote to standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace").strip()[-1000:]

    def end(self):
        try:
            self.process.stdin.close()
            self.process.wait(10)
        except BrokenPipeError:
            self.process.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()
