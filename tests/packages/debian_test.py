#!/usr/bin/env python3
"""The Debian package: what is in it, lintian, and that SQLite finds the module by its name. It is installed into a folder, and,
where this runs as root, by the commands of its page into the system, from which it is removed again."""

import os
import platform
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from built import OUTPUT, again, built, examples, need, run, version
from larder_packages import built_targets, target

NAME = "libsqlite3-mod-larder"
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
TRIPLET = f"{platform.machine()}-linux-gnu"
PATTERN = f"{NAME}_*_{ARCHITECTURE}.deb"
LOAD = ["sqlite3", "-cmd", ".load larder"]


def setUpModule():
    need("dpkg", "dpkg-deb", "lintian", "sqlite3")
    built(PATTERN)


def is_installed():
    return subprocess.run(["dpkg", "--status", NAME], capture_output=True, check=False).returncode == 0


class Package(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="larder-debian-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.package = built(PATTERN)

    def files_of(self, package):
        """{path: content} of what it installs"""
        with tempfile.TemporaryDirectory() as folder:
            run("dpkg-deb", "--extract", package, folder)
            return {file.relative_to(folder).as_posix(): file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()}

    def field(self, name):
        return run("dpkg-deb", "--field", self.package, name).strip()

    def test_is_there_for_each_architecture(self):
        for name, architecture in (("linux-x86_64", "amd64"), ("linux-aarch64", "arm64")):
            if target(name) in built_targets():
                file = built(f"{NAME}_{version()}-*_{architecture}.deb")
                self.assertEqual(run("dpkg-deb", "--field", file, "Architecture").strip(), architecture)

    def test_those_of_two_architectures_can_be_installed_at_once(self):
        """What has the same place in several packages must be the same file: https://wiki.ubuntu.com/MultiarchSpec."""
        for package in OUTPUT.glob(f"{NAME}_*.deb"):
            for file, content in self.files_of(package).items():
                if file.startswith("usr/share/"):
                    self.assertEqual(content, self.files_of(self.package)[file])

    def test_what_it_says(self):
        self.assertEqual((self.field("Package"), self.field("Section"), self.field("Multi-Arch")), (NAME, "libs", "same"))
        self.assertRegex(self.field("Version"), f"^{version()}-[0-9]+$")
        self.assertRegex(self.field("Depends"), r"^libc6 \(>= 2\.\d\d\), libsqlite3-0 \(>= 3\.37\)$")

    def test_what_is_in_it(self):
        files = self.files_of(self.package)
        documents = {f"usr/share/doc/{NAME}/{name}" for name in ("README.md", "changelog.Debian.gz", "changelog.gz", "copyright")}
        self.assertEqual(set(files), documents | {f"usr/lib/{TRIPLET}/larder.so", f"usr/share/lintian/overrides/{NAME}"})
        binary = target(f"linux-{platform.machine()}").binary
        self.assertEqual(files[f"usr/lib/{TRIPLET}/larder.so"], binary.read_bytes())
        owners = {line.split()[1] for line in run("dpkg-deb", "--contents", self.package).splitlines()}
        self.assertEqual(owners, {"root/root"})

    def test_lintian_finds_nothing(self):
        self.assertEqual(run("lintian", "--allow-root", "--fail-on", "error,warning", self.package), "")

    def test_is_found_by_its_name(self):
        """In a system of its own, which only has what dpkg itself needs."""
        for name in ("updates", "info"):
            (self.folder / "var/lib/dpkg" / name).mkdir(parents=True)
        (self.folder / "var/lib/dpkg/status").touch()
        run("dpkg", f"--root={self.folder}", "--force-not-root", "--force-depends", "--install", self.package)
        environment = dict(os.environ, LD_LIBRARY_PATH=str(self.folder / "usr/lib" / TRIPLET))
        said = run(*LOAD, "app.db", "SELECT kv_version(), load_extension('larder') IS NULL", cwd=self.folder, env=environment)
        self.assertEqual(said, f"{version()}|1\n")
        run("dpkg", f"--root={self.folder}", "--force-not-root", "--remove", NAME)
        self.assertFalse(list(self.folder.rglob("larder.so")))

    def test_the_commands_of_its_page(self):
        if os.geteuid() != 0 or is_installed():
            self.skipTest("it installs into the system: only as root, and where the package is not installed")
        (script,), (program,) = examples("debian", "sh"), examples("debian", "python")
        shutil.copy(self.package, self.folder)
        (self.folder / "apt.conf").write_text('APT::Get::Assume-Yes "1"; DPkg::Lock::Timeout "600";', encoding="utf-8")
        self.addCleanup(run, "dpkg", "--purge", NAME)
        run("sh", "-euc", 'sudo() { "$@"; }\n' + script.replace("amd64", ARCHITECTURE),
            cwd=self.folder, env=dict(os.environ, APT_CONFIG=str(self.folder / "apt.conf")))  # fmt: skip
        said = run("/usr/bin/python3", "-c", program, cwd=self.folder)
        self.assertEqual(said.split(), ["hello", "1", "0", "1"])
        run("dpkg", "--remove", NAME)
        con = sqlite3.connect(":memory:")
        con.enable_load_extension(True)
        with self.assertRaisesRegex(sqlite3.OperationalError, "cannot open shared object file"):
            con.load_extension("larder")

    def test_comes_out_the_same_again(self):
        self.assertEqual(again("debian"), [])


if __name__ == "__main__":
    unittest.main()
