#!/usr/bin/env python3
"""The Go module, installed by `go get` from the proxy that was built: the examples of its page with the newest go-sqlite3, its
own tests with the oldest under the race detector, and the ways to build a program that the page names."""

import os
import unittest

from built import OUTPUT, ROOT, again, blocks, need, read, run, version
from larder_packages import GO_MODULE, empty
from pages import sections
from skipping import lacks

PROXY = OUTPUT / "go"
# The same place each time, as what Go has compiled before holds for that place only. Go's own cache keeps it.
WORK = ROOT / "build" / "go" / "test"
MODULE = WORK / "modules" / f"{GO_MODULE}@v{version()}"


def program(mode, body):
    """A program that opens a database, `db`, in a mode, which holds for all of it."""
    return f"""package main

import (
	"database/sql"
	"fmt"
	"log"

	_ "github.com/mattn/go-sqlite3"

	"{GO_MODULE}"
)

func main() {{
	if err := larder.{mode}Auto(); err != nil {{
		log.Fatal(err)
	}}
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {{
		log.Fatal(err)
	}}
{body}}}
"""


VERSIONS = program(
    "",
    """	var sqlite, version string
	if err := db.QueryRow("SELECT sqlite_version(), kv_version()").Scan(&sqlite, &version); err != nil {
		log.Fatal(err)
	}
	fmt.Println(sqlite, version)
""",
)

GUARDED = program(
    "Guarded.",
    """	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE VIEW v AS SELECT cache_set('k', 1) AS k"); err != nil {
		log.Fatal(err)
	}
	var k int
	fmt.Println(db.QueryRow("SELECT k FROM v").Scan(&k))
	fmt.Println(db.QueryRow("SELECT cache_set('k', 1)").Scan(&k), k)
""",
)


def environment():
    """For a machine that has no module yet: those of others come from this machine's cache, or from where it downloads them. The
    checksum database has never heard of a module that is not published."""
    downloads, proxies = run("go", "env", "GOMODCACHE", "GOPROXY").split()
    return {
        **os.environ,
        "CGO_ENABLED": "1",
        "GOFLAGS": "-modcacherw",
        "GOMODCACHE": str(WORK / "modules"),
        "GONOSUMDB": GO_MODULE,
        "GOPROXY": f"file://{PROXY},file://{downloads}/cache/download,{proxies}",
        "GOWORK": "off",
    }


def shell(script, folder):
    return run("sh", "-euc", script, cwd=folder, env=environment())


def on_the_page(title):
    """The blocks in a section of the page, as `go get` has unpacked it."""
    return [block for _, block in blocks(dict(sections(read(MODULE / "README.md"), 2))[title], "go|sh")]


def project(name, program, install=f"go get {GO_MODULE} github.com/mattn/go-sqlite3"):
    """A new program, with the newest go-sqlite3."""
    folder = WORK / name
    folder.mkdir()
    (folder / "main.go").write_text(program, encoding="utf-8")
    shell(f"go mod init {name} && {install}", folder)
    return folder


def setUpModule():
    need("go", "c++", "sqlite3")
    if not PROXY.is_dir():
        lacks(f"there is no {PROXY}: `make packages` builds it")
    empty(WORK)
    shell(f"cd $(mktemp -d) && go mod init install && go get {GO_MODULE}@v{version()}", WORK)


class Module(unittest.TestCase):
    def test_building_it_again_gives_the_same_bytes(self):
        self.assertEqual(again("go"), [])

    def test_its_own_tests_with_the_oldest_go_sqlite3(self):
        printed = shell("go test -race -count=1 -v .", MODULE)
        self.assertRegex(printed, r"(?s)--- PASS: TestPoolLosesNoMark.*\nPASS\n")

    def test_lint(self):
        self.assertEqual(shell("gofmt -l .", MODULE), "")
        self.assertEqual(shell("go vet .", MODULE), "")
        self.assertIn("func Auto() error", shell("go doc .", MODULE))


class Programs(unittest.TestCase):
    def test_the_first_example(self):
        install, program = on_the_page("Install")
        folder = project("app", program, install)
        self.assertEqual([shell("go run .", folder) for _ in range(2)], ["hello true\n", "hello false\n"])
        self.assertEqual(shell("gofmt -l . && go vet .", folder), "")

    def test_a_worker(self):
        (program,) = on_the_page("A worker")
        folder = project("worker", program)
        self.assertEqual([shell("go run .", folder) for _ in range(2)], ["true <nil>\n", "false <nil>\n"])
        self.assertEqual(shell("gofmt -l . && go vet .", folder), "")

    def test_guarded_no_view_writes(self):
        self.assertEqual(shell("go run .", project("guarded", GUARDED)), "unsafe use of cache_set()\n<nil> 1\n")

    def test_a_static_runtime(self):
        (build,) = on_the_page("Building")
        folder = project("static", VERSIONS)
        shell(build, folder)
        self.assertNotIn("libstdc++", run("ldd", folder / "static"))
        self.assertRegex(run(folder / "static"), rf"^3\.\d+\.\d+ {version()}\n$")

    def test_the_systems_sqlite(self):
        sqlite = run("sqlite3", "-version").split()[0]
        folder = project("system", VERSIONS)
        self.assertEqual(shell("go run -tags libsqlite3 .", folder), f"{sqlite} {version()}\n")

    def test_vendoring_takes_what_is_not_go_along(self):
        folder = project("vendored", VERSIONS)
        shell("go mod vendor", folder)
        found = {file.name for file in (folder / "vendor" / GO_MODULE).iterdir()}
        self.assertLessEqual({"larder.cc", "larder.h", "sqlite3-binding.h", "sqlite3ext.h"}, found)

    def test_without_cgo_it_says_so(self):
        folder = project("nocgo", VERSIONS)
        with self.assertRaisesRegex(AssertionError, "larder: built without cgo; set CGO_ENABLED=1"):
            shell("CGO_ENABLED=0 go run .", folder)


if __name__ == "__main__":
    unittest.main()
