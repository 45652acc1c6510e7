"""The bindings: how the driver of each is started, and what its language cannot do."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
DRIVERS = HERE / "drivers"
INSTALLED = HERE.parents[1] / "build" / "bindings"

TEXT_IS_BLOB = frozenset({str, bytes})
NUMBERS_ARE_ONE = frozenset({int, float})
ALL_IS_TEXT = frozenset({str, bytes, int, float})

# What JavaScript's numbers cannot say, by the bindings that send a whole number as an INTEGER.
WHOLE_NUMBERS = {"whole reals": "3.0 is the number 3, which goes as an INTEGER"}


@dataclass(frozen=True)
class Binding:
    name: str
    command: tuple
    needs: tuple = ()  # a command that succeeds where the binding is installed
    environment: dict = field(default_factory=dict)
    alike: frozenset = frozenset()  # types that the language does not tell apart when it reads
    threads: bool = True
    deviations: dict = field(default_factory=dict)  # steps that cannot pass, and why

    def lacks(self):
        """Why it cannot run here; None where it can."""
        for word in (self.command[0], *self.needs[:1]):
            if not shutil.which(word):
                return f"there is no {Path(word).name}"
        if self.needs and subprocess.run(self.needs, capture_output=True, check=False, env=dict(os.environ, **self.environment)).returncode != 0:
            return f"`{' '.join(self.needs)}` fails"
        return None


def python(name, module, driver, *words, interpreter=str(INSTALLED / "python" / "bin" / "python"), **more):
    command = (interpreter, str(DRIVERS / "python" / f"{driver}_driver.py"), *words)
    return Binding(name, command, needs=(interpreter, "-c", f"import {module}"), **more)


def node(name, driver, interpreter=("node",), **more):
    modules = INSTALLED / "npm" / name / "node_modules"
    command = (*interpreter, str(DRIVERS / "node" / f"{driver}.cjs"))
    return Binding(name, command, environment={"NODE_PATH": str(modules), "NO_COLOR": "1"}, **more)


def in_npm(name, program):
    """A program that came as a package of npm's."""
    return str(INSTALLED / "npm" / name / "node_modules" / ".bin" / program)


BINDINGS = (
    python("python", "sqlite3", "sqlite3", "sqlite3", "default", interpreter="/usr/bin/python3"),
    python("python-autocommit", "sqlite3", "sqlite3", "sqlite3", "autocommit", interpreter="/usr/bin/python3"),
    python("apsw", "apsw", "apsw"),
    python("pysqlite3", "pysqlite3", "sqlite3", "pysqlite3.dbapi2", "default"),
    python("sqlalchemy", "sqlalchemy", "sqlalchemy"),
    python("aiosqlite", "aiosqlite", "aiosqlite"),
    python("django", "django", "django"),
    python("peewee", "peewee", "peewee"),
    python("sqlite-utils", "sqlite_utils", "sqlite_utils"),
    node("better-sqlite3", "better_sqlite3", needs=("node", "-e", "require('better-sqlite3')")),
    node("node-sqlite3", "node_sqlite3", needs=("node", "-e", "require('sqlite3')"), alike=NUMBERS_ARE_ONE, deviations={
        **WHOLE_NUMBERS, "integers of 64 bits": "its integers have 32 bits, and what is larger is a REAL"}),
    node("node-sqlite", "node_sqlite", (in_npm("node-sqlite", "node"),)),
    node("bun", "bun", (in_npm("bun", "bun"),), deviations=WHOLE_NUMBERS),
    node("deno", "node_sqlite", (in_npm("deno", "deno"), "run", "--quiet", "--allow-all")),
    Binding("perl", ("perl", str(DRIVERS / "perl.pl")), needs=("perl", "-MDBD::SQLite", "-e", "1"), alike=TEXT_IS_BLOB, threads=False, deviations={
        "reals": "a number with an exponent is bound as text"}),
    Binding("tcl", ("tclsh", str(DRIVERS / "tcl.tcl")), alike=ALL_IS_TEXT, threads=False, deviations={
        "half a megabyte, with an emoji": "Tcl 8.6 writes what is beyond U+FFFF as two characters"}),
    Binding("ruby", ("ruby", str(DRIVERS / "ruby.rb")), needs=("ruby", "-rsqlite3", "-e", "1")),
    Binding("php", ("php", "-d", f"sqlite3.extension_dir={Path(os.environ.get('LARDER', '')).parent}", str(DRIVERS / "php.php")),
            needs=("php", "-r", "new SQLite3(':memory:');"), alike=TEXT_IS_BLOB, threads=False),
    Binding("r", ("Rscript", str(DRIVERS / "r.R")), needs=("Rscript", "-e", "library(RSQLite)"), alike=NUMBERS_ARE_ONE, threads=False, deviations={
        "NULL, and a column of several types": "a column has one type, which the first row decides"}),
)


def named(names):
    """The bindings of those names; all of them where there is no name."""
    known = {binding.name: binding for binding in BINDINGS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"There is no binding {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] if names else list(BINDINGS)
