#!/usr/bin/env python3
"""The command `larder`, installed from the wheel that was built into an empty environment, and with the oldest click and rich."""

import platform
import re
import sys
import tempfile
import unittest
from pathlib import Path

from built import PACKAGES, built, run, version
from larder_packages import ROOT
from pages import read
from skipping import skip

SUITE = ROOT / "tests" / "packages" / "python_command"
WHEEL = f"sqlite_larder-{version()}-py3-none-*manylinux*_{platform.machine()}.whl"


def setUpModule():
    if platform.system() != "Linux":
        skip("the wheel of this machine is tested under Linux only")
    built(WHEEL)


def oldest_dependencies():
    """As the package allows them: click==8.0 for click>=8.0."""
    (line,) = re.findall("^dependencies = .*$", read(PACKAGES / "python" / "pyproject.toml.in"), re.M)
    return [requirement.replace(">=", "==") for requirement in re.findall('"(.*?)"', line)]


class Command(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="larder-command-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def environment(self, *packages):
        run(sys.executable, "-m", "venv", self.folder / "venv")
        run(self.bin("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", built(WHEEL), *packages)

    def bin(self, name):
        return self.folder / "venv" / "bin" / name

    def suite(self, *options):
        print(run(self.bin("python"), "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-o", "python_files=*_test.py",
                  *options, SUITE, cwd=self.folder))

    def test_the_suite(self):
        self.environment("pytest")
        self.suite()

    def test_with_the_oldest_click_and_rich(self):
        oldest = oldest_dependencies()
        self.assertEqual(len(oldest), 2)
        self.environment("pytest", *oldest)
        self.suite("-k", "status or errors or housekeeping", "--deselect", f"{SUITE}/errors_test.py::test_a_file_that_is_locked")

    def test_the_script_that_is_installed(self):
        self.environment()
        self.assertIn(version(), run(self.bin("larder"), "--version"))
        print_it = ["sh", "-c", "echo run $LARDER_RUN"]
        self.assertEqual(run(self.bin("larder"), "run", "app.db", "nightly", "--", *print_it, cwd=self.folder), "run 1\n")


if __name__ == "__main__":
    unittest.main()
