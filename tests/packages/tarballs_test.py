#!/usr/bin/env python3
"""The archives for download: each has the binary of its machine, the page's examples run in a folder with nothing else, the
sources make the same amalgamation, and the checksums fit, also those by which sqlpkg installs."""

import hashlib
import json
import platform
import shutil
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

from built import OUTPUT, PACKAGES, again, blocks, built, examples, need, read, run, version
from larder_packages import AMALGAMATION, built_targets
from pages import shown

MACHINE = f"linux-{platform.machine()}"
SQLPKG = {"linux-x86_64": "linux-amd64", "linux-aarch64": "linux-arm64"}[MACHINE]


def setUpModule():
    need("cmake", "sha256sum", "sqlite3", "tar")
    for pattern in (f"larder-*-loadable-{MACHINE}.tar.gz", "SHA256SUMS", "sqlpkg.json"):
        built(pattern)


def contents(archive):
    """{name: bytes} of a .tar.gz or .zip"""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    with tarfile.open(archive) as packed:
        return {entry.name: packed.extractfile(entry).read() for entry in packed if entry.isfile()}


class Tarballs(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="larder-tarballs-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def shell(self, script):
        return run("sh", "-euc", script, cwd=self.folder)

    def test_each_has_the_binary_of_its_machine(self):
        for machine in built_targets():
            with self.subTest(machine.name):
                found = contents(built(f"larder-{version()}-loadable-{machine.name}.*"))
                self.assertEqual(sorted(found), sorted([*(file.name for file in machine.licenses), "README.md", machine.file_name]))
                self.assertEqual("LICENSE.mingw-w64" in found, machine.system == "windows")
                self.assertEqual(found[machine.file_name], machine.binary.read_bytes())

    def test_the_examples_of_the_page(self):
        archive = built(f"larder-*-loadable-{MACHINE}.tar.gz")
        for file in (archive, OUTPUT / "SHA256SUMS"):
            shutil.copy(file, self.folder)
        (script,), (sql,) = examples("tarballs", "sh"), examples("tarballs", "sql")
        script = script.replace("linux-x86_64", MACHINE)
        (self.folder / "example.sql").write_text(sql, encoding="utf-8")
        checked, *printed = self.shell(script.rstrip("\n") + " < example.sql").splitlines()
        self.assertEqual(checked, f"{archive.name}: OK")
        self.assertEqual(printed, shown(sql))

    def test_the_page_inside_stands_alone(self):
        page = contents(built(f"larder-*-loadable-{MACHINE}.tar.gz"))["README.md"].decode()
        self.assertNotRegex(page, r"\]\((?!https?:)")
        self.assertEqual(blocks(page, "sql"), blocks(read(PACKAGES / "tarballs" / "README.md"), "sql"))

    def test_nobody_in_particular_owns_the_files(self):
        with tarfile.open(built(f"larder-*-loadable-{MACHINE}.tar.gz")) as packed:
            self.assertEqual({(file.uid, file.gid, file.mode, file.mtime > 0) for file in packed}, {(0, 0, 0o644, True)})

    def test_sqlpkg_finds_what_it_needs(self):
        """What its client does: https://github.com/nalgeon/sqlpkg-cli."""
        spec = json.loads((OUTPUT / "sqlpkg.json").read_text(encoding="utf-8"))
        self.assertEqual((spec["owner"], spec["name"], spec["version"]), ("larder", "larder", version()))
        self.assertEqual(len(spec["assets"]["files"]), sum(not machine.name.endswith("-musl") for machine in built_targets()))
        archive = (OUTPUT / spec["assets"]["path"] / spec["assets"]["files"][SQLPKG]).resolve()
        for name, checksum in spec["assets"]["checksums"].items():
            self.assertEqual(checksum, "sha256-" + hashlib.sha256((OUTPUT / name).read_bytes()).hexdigest())
        for name, content in contents(archive).items():
            self.assertNotIn("/", name)  # it makes no folders
            (self.folder / name).write_bytes(content)
        self.assertEqual(self.shell("sqlite3 -cmd '.load ./larder' :memory: 'SELECT kv_version()'"), version() + "\n")

    def test_the_checksums_are_those_of_all_files(self):
        listed = {line.split("  ", 1)[1] for line in (OUTPUT / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
        files = {file.relative_to(OUTPUT).as_posix() for file in OUTPUT.rglob("*") if file.is_file()}
        self.assertEqual(files - listed, {"SHA256SUMS"})
        run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=OUTPUT)

    def test_the_sources_make_the_same_amalgamation(self):
        self.shell(f"tar -xzf '{built('larder-[0-9].[0-9].[0-9].tar.gz')}' --strip-components=1")
        run("cmake", "-S", ".", "-B", "build/any", "-DLARDER_TESTS=OFF", cwd=self.folder)
        run("cmake", "--build", "build/any", "--target", "amalgamation", cwd=self.folder)
        for name in ("larder.cc", "larder.h", "exports.map"):
            self.assertEqual((self.folder / "build/amalgamation" / name).read_bytes(), (AMALGAMATION / name).read_bytes())

    def test_comes_out_the_same_again(self):
        self.assertEqual(again("tarballs"), [])


if __name__ == "__main__":
    unittest.main()
