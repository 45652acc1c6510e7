"""The bindings: how the driver of each is started, and what its language cannot do."""

import os
import subprocess
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
DRIVERS = HERE / "drivers"
INSTALLED = HERE.parents[1] / "build" / "bindings"
LINES = (HERE / "versions.txt").read_text(encoding="utf-8").splitlines()
VERSIONS = [line.split(None, 4) for line in LINES if not line.startswith("#")]

TEXT_IS_BLOB = frozenset({str, bytes})
NUMBERS_ARE_ONE = frozenset({int, float})
ALL_IS_TEXT = frozenset({str, bytes, int, float})

# What JavaScript's numbers cannot say, by the bindings that send a whole number as an INTEGER.
WHOLE_NUMBERS = {"whole reals": "3.0 is the number 3, which goes as an INTEGER"}


@dataclass(frozen=True)
class Binding:
    name: str
    command: tuple
    environment: dict = field(default_factory=dict)
    alike: frozenset = frozenset()  # types that the language does not tell apart when it reads
    threads: bool = True
    deviations: dict = field(default_factory=dict)  # steps that cannot pass, and why
    refuses: str = ""  # a binding that cannot load extensions: the message that the command prints

    @property
    def interpreter(self):
        """The command up to the driver; where the driver was compiled, that is the driver."""
        return tuple(takewhile(lambda word: not word.startswith(str(DRIVERS)), self.command))

    def lacks(self):
        """What it needs of versions.txt and is not installed; None where all is."""
        for name, version, registry, package, *check in VERSIONS:
            if name.split("/")[0] == self.name and not is_installed(name, version, registry, *check):
                return package
        return None


def is_installed(name, version, registry, check=""):
    if registry != "apt":
        return (INSTALLED / "done" / f"{name.replace('/', '-')}-{version}").exists()
    return subprocess.run(["bash", "-c", check], capture_output=True, check=False).returncode == 0


def python(name, driver="", *words, **more):
    interpreter = INSTALLED / "pip" / name / "bin" / "python"
    return Binding(name, (str(interpreter), str(DRIVERS / "python" / f"{driver or name}_driver.py"), *words), **more)


def system_python(name, mode):
    return Binding(name, ("/usr/bin/python3", str(DRIVERS / "python" / "sqlite3_driver.py"), "sqlite3", mode))


def node(name, driver, interpreter=("node",), **more):
    modules = INSTALLED / "npm" / name / "node_modules"
    command = (*interpreter, str(DRIVERS / "node" / f"{driver}.cjs"))
    return Binding(name, command, environment={"NODE_PATH": str(modules), "NO_COLOR": "1"}, **more)


def in_npm(name, program):
    """A program that came as a package of npm's."""
    return str(INSTALLED / "npm" / name / "node_modules" / ".bin" / program)


def rust(name, **more):
    return Binding(name, (str(INSTALLED / "cargo" / "target" / "debug" / f"{name}-driver"),), **more)


def script(name, interpreter, file, **more):
    return Binding(name, (*interpreter, str(DRIVERS / file)), threads=False, **more)


# php.ini has the folder of extensions.
PHP = ("php", "-d", f"sqlite3.extension_dir={Path(os.environ.get('LARDER', '')).parent}")

BINDINGS = (
    system_python("python", "default"),
    system_python("python-autocommit", "autocommit"),
    python("apsw"),
    python("pysqlite3", "sqlite3", "pysqlite3.dbapi2", "default"),
    python("sqlalchemy"),
    python("aiosqlite"),
    python("django"),
    python("peewee"),
    python("sqlite-utils", "sqlite_utils"),
    node("better-sqlite3", "better_sqlite3"),
    node("node-sqlite3", "node_sqlite3", alike=NUMBERS_ARE_ONE, deviations={
        **WHOLE_NUMBERS, "integers of 64 bits": "its integers have 32 bits, and what is larger is a REAL"}),
    node("node-sqlite", "node_sqlite", (in_npm("node-sqlite", "node"),)),
    node("bun", "bun", (in_npm("bun", "bun"),), deviations=WHOLE_NUMBERS),
    node("deno", "node_sqlite", (in_npm("deno", "deno"), "run", "--quiet", "--allow-all")),
    Binding("go-sqlite3", (str(INSTALLED / "go" / "go-sqlite3" / "driver"),)),
    rust("rusqlite"),
    rust("sqlx"),
    rust("diesel"),
    Binding("jdbc", ("java", "-cp", str(INSTALLED / "maven" / "jdbc" / "*"), str(DRIVERS / "Jdbc.java"))),
    Binding("ruby", ("ruby", str(DRIVERS / "ruby.rb"))),
    script("php", PHP, "php.php", alike=TEXT_IS_BLOB),
    script("perl", ("perl",), "perl.pl", alike=TEXT_IS_BLOB, deviations={"reals": "a number with an exponent is bound as text"}),
    script("tcl", ("tclsh",), "tcl.tcl", alike=ALL_IS_TEXT, deviations={
        "a large text, with an emoji": "Tcl 8.6 writes what is beyond U+FFFF as two characters"}),
    script("r", ("Rscript",), "r.R", alike=NUMBERS_ARE_ONE, deviations={
        "NULL, and a column of several types": "a column has one type, which the first row decides"}),
    script("pdo", ("php",), "pdo.php", refuses="not authorized"),
    script("luasql", ("lua5.4",), "luasql.lua", refuses="not authorized"),
)


def named(names):
    """The bindings of those names; all of them where there is no name."""
    known = {binding.name: binding for binding in BINDINGS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"There is no binding {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] if names else list(BINDINGS)
