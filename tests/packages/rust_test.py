#!/usr/bin/env python3
"""The crate: its own tests and what lint says, as it is unpacked; and each example of its page as a program of its own, with the
dependencies that stand above it."""

import os
import re
import shutil
import subprocess
import unittest

from built import PACKAGES, ROOT, again, blocks, built, need, read, run, version
from larder_packages import empty
from pages import sections

# Compiled crates stay here from one run to the next. What is tested is new each time, at a place that is the same each time.
TARGET = ROOT / "build" / "rust" / "target"
WORK = ROOT / "build" / "rust" / "test"
CRATE = WORK / f"sqlite-larder-{version()}"
OLDEST = re.search(r'^rust-version = "(.*)"', read(PACKAGES / "rust" / "Cargo.toml.in"), re.M).group(1) + ".0"

VERSIONS = """
fn main() -> rusqlite::Result<()> {
    sqlite_larder::register()?;
    let con = rusqlite::Connection::open_in_memory()?;
    let answer: String = con.query_row("SELECT sqlite_version() || ' ' || kv_version()", [], |row| row.get(0))?;
    println!("{answer}");
    Ok(())
}
"""


def cargo(*words, cwd=CRATE, **environment):
    return run("cargo", *words, cwd=cwd, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET), **environment})


def project(name, dependencies, program):
    """A new program. Its line for sqlite-larder means the crate that was built, as if it were published."""
    folder = WORK / name
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.rs").write_text(program, encoding="utf-8")
    published = f'[patch.crates-io]\nsqlite-larder = {{ path = "{CRATE}" }}\n'
    manifest = f'[package]\nname = "{name}"\nedition = "2024"\n\n{dependencies}\n{published}'
    (folder / "Cargo.toml").write_text(manifest, encoding="utf-8")
    return folder


def on_the_page(title):
    """The blocks in a section of the page: first the dependencies, then the programs."""
    text = dict(sections(read(CRATE / "README.md"), 2))[title]
    return [block for _, block in blocks(text, "toml|rust|sh")]


def setUpModule():
    need("cargo", "c++", "sqlite3")
    crate = built(f"sqlite-larder-{version()}.crate")
    empty(WORK)
    shutil.unpack_archive(crate, WORK, "gztar")
    # All files in a crate are of 2006, and cargo compiles only what is newer than last time.
    for file in CRATE.rglob("*"):
        os.utime(file)


class Crate(unittest.TestCase):
    def test_building_it_again_gives_the_same_bytes(self):
        self.assertEqual(again("rust"), [])

    def test_its_own_tests_and_the_page_as_documentation(self):
        printed = cargo("test")
        for name in ("load", "refused", "register", "sqlx", "diesel"):
            self.assertIn(f"Running tests/{name}.rs", printed)
        examples = len(blocks(read(CRATE / "README.md"), "rust")) + 2  # and one each of register() and load()
        self.assertIn(f"test result: ok. {examples} passed", printed.partition("Doc-tests")[2])

    def test_lint(self):
        cargo("fmt", "--check")
        cargo("clippy", "--all-targets", "--", "-D", "warnings")
        cargo("clippy", "--no-default-features", "--", "-D", "warnings")
        cargo("doc", "--no-deps", RUSTDOCFLAGS="-D warnings")

    def test_without_a_compiler_it_says_what_is_needed(self):
        with self.assertRaisesRegex(AssertionError, r"Larder needs a C\+\+20 compiler.*sqlite3ext\.h"):
            cargo("check", CXX="false", CARGO_TARGET_DIR=str(WORK / "target"))

    def test_the_header_is_where_the_environment_says(self):
        folder = WORK / "header"
        folder.mkdir()
        (folder / "sqlite3ext.h").write_text("#error this one\n", encoding="utf-8")
        with self.assertRaisesRegex(AssertionError, "#error this one"):
            cargo("check", SQLITE3_INCLUDE_DIR=str(folder), CARGO_TARGET_DIR=str(WORK / "target"))


class Programs(unittest.TestCase):
    def runs(self, folder, *expected):
        """Runs the program as often as there are outputs expected."""
        for output in expected:
            self.assertEqual(cargo("run", "--quiet", cwd=folder), output)

    def test_rusqlite(self):
        dependencies, register, load = on_the_page("Install")
        self.runs(project("registers", dependencies, register), "hello, a mail to user-7\n", "hello, no mail: it was sent\n")
        self.runs(project("loads", dependencies, load), "1\n")

    def test_a_pool(self):
        dependencies, program = on_the_page("A pool")
        self.runs(project("pool", dependencies, program), "sent\n", "")

    def test_sqlx(self):
        dependencies, program = on_the_page("sqlx")
        self.runs(project("uses-sqlx", dependencies, program), "hello\n")

    def test_diesel(self):
        dependencies, program = on_the_page("diesel")
        self.runs(project("uses-diesel", dependencies, program), "hello\n")

    def test_the_systems_sqlite(self):
        dependencies = on_the_page("Install")[0].replace(', features = ["bundled"]', "")
        sqlite = run("sqlite3", "-version").split()[0]
        self.runs(project("system", dependencies, VERSIONS), f"{sqlite} {version()}\n")

    def test_a_static_runtime(self):
        folder = project("static", on_the_page("Install")[0], VERSIONS)
        (command,) = on_the_page("Building")
        run("sh", "-euc", command, cwd=folder, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)})
        self.assertNotIn("libstdc++", run("ldd", TARGET / "debug" / "static"))
        self.assertRegex(run(TARGET / "debug" / "static"), rf" {re.escape(version())}\n$")

    def test_the_oldest_rust(self):
        if subprocess.run(["cargo", f"+{OLDEST}", "--version"], capture_output=True, check=False).returncode != 0:
            self.assertNotIn("LARDER_NO_SKIP", os.environ)
            self.skipTest(f"there is no Rust {OLDEST}: rustup toolchain install {OLDEST}")
        dependencies = '[dependencies]\nrusqlite = { version = ">=0.40", features = ["bundled"] }\nsqlite-larder = "1"\n'
        folder = project("oldest", dependencies, VERSIONS)
        printed = cargo(f"+{OLDEST}", "run", "--quiet", cwd=folder)
        self.assertRegex(printed, rf"^3\.\d+\.\d+ {re.escape(version())}\n$")


if __name__ == "__main__":
    unittest.main()
