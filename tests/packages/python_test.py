#!/usr/bin/env python3
"""The Python package, installed from the files that were built: the wheel under each Python there is, and the sdist."""

import glob
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

from built import again, built, need, run, version
from larder_packages import ROOT, built_targets
from skipping import skip

SUITE = ROOT / "tests" / "packages" / "python"
LIBRARIES = ("apsw", "sqlalchemy", "greenlet", "aiosqlite", "django", "datasette", "sqlite-utils")
OTHER_PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13")
MANYLINUX2014 = 17  # glibc 2.17
WHEEL = f"sqlite_larder-{version()}-py3-none-*manylinux*_{platform.machine()}.whl"
SDIST = f"sqlite_larder-{version()}.tar.gz"


def setUpModule():
    if platform.system() != "Linux":
        skip("the wheel of this machine is tested under Linux only")
    need("c++", "cmake")
    built(WHEEL)
    built(SDIST)


def python(number):
    """The program of a Python, here or of pyenv's."""
    pyenv = glob.glob(os.path.expanduser(f"~/.pyenv/versions/{number}.*/bin/python"))
    for place in [*pyenv, shutil.which(f"python{number}")]:
        if place and subprocess.run([place, "-c", "import ensurepip"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return place
    return None


class PythonPackage(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="larder-python-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def environment(self, program, *packages):
        """The Python of a new environment in which these are installed, and nothing else."""
        folder = tempfile.mkdtemp(prefix="venv-", dir=self.folder)
        run(program, "-m", "venv", folder)
        inside = Path(folder) / "bin" / "python"
        run(inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        return inside

    def suite(self, inside):
        """The tests in tests/packages/python/, away from the sources."""
        print(run(inside, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-W", "error::ResourceWarning",
                  "-o", "python_files=*_test.py", SUITE, cwd=self.folder))

    def test_the_suite(self):
        self.suite(self.environment(sys.executable, built(WHEEL), "pytest", *LIBRARIES))

    def test_the_suite_under_other_pythons(self):
        for number in OTHER_PYTHONS:
            with self.subTest(number):
                program = python(number)
                if program is None:
                    print(f"not tested: there is no Python {number}")
                    continue
                self.suite(self.environment(program, built(WHEEL), "pytest", "pysqlite3-binary", "apsw"))

    def test_types(self):
        inside = self.environment(sys.executable, built(WHEEL), "mypy", "pyright", "typing-extensions", "pluggy")
        package = run(inside, "-c", "import sqlite_larder; print(sqlite_larder.__path__[0])").strip()
        run(inside, "-m", "mypy", "--strict", "-p", "sqlite_larder", cwd=self.folder)
        run(inside, "-m", "pyright", "--pythonpath", inside, package, cwd=self.folder)
        program = self.folder / "program.py"
        program.write_text((SUITE / "types_of_a_user.py").read_text(encoding="utf-8"), encoding="utf-8")
        run(inside, "-m", "mypy", "--strict", program, cwd=self.folder)
        run(inside, "-m", "pyright", "--pythonpath", inside, program, cwd=self.folder)

    def test_the_sdist_compiles(self):
        """SQLite's headers are in it, and nothing is taken from this machine but the compiler and CMake."""
        inside = self.environment(sys.executable, built(SDIST))
        code = "import sqlite_larder; print(sqlite_larder.connect('app.db').execute('SELECT kv_version()').fetchone()[0])"
        self.assertEqual(run(inside, "-c", code, cwd=self.folder).strip(), version())

    def test_what_is_in_the_files(self):
        for target in built_targets():
            with self.subTest(target.name):
                tag = target.wheel.split(".")[-1]
                with zipfile.ZipFile(built(f"sqlite_larder-{version()}-py3-none-*{tag}*.whl")) as wheel:
                    names = wheel.namelist()
                    self.assertEqual(wheel.read(f"sqlite_larder/{target.file_name}"), target.binary.read_bytes())
                    about = wheel.read(self.name_in(names, "WHEEL")).decode()
                tags = re.findall("^Tag: (.*)$", about, re.M)
                self.assertEqual(set(tags), {f"py3-none-{platform}" for platform in target.wheel.split(".")})
                binaries = [name for name in names if name.endswith((".so", ".dylib", ".dll"))]
                self.assertEqual(binaries, [f"sqlite_larder/{target.file_name}"])
                for name in (*(file.name for file in target.licenses), "py.typed", "METADATA"):
                    self.name_in(names, name)
        with tarfile.open(built(SDIST)) as sdist:
            names = sdist.getnames()
        for name in ("LICENSE", "LICENSE.xxHash", "larder.cc", "sqlite3ext.h", "pyproject.toml", "PKG-INFO"):
            self.name_in(names, name)

    def name_in(self, names, end):
        (name,) = [name for name in names if name.endswith(f"/{end}")]
        return name

    def test_a_second_build_makes_the_same_files(self):
        self.assertEqual(again("python"), [])

    def test_manylinux(self):
        inside = self.environment(sys.executable, "auditwheel")
        shown = " ".join(run(inside, "-m", "auditwheel", "show", built(WHEEL)).split())
        (tag,) = re.findall('is consistent with the following platform tag: "(.*?)"', shown)
        glibc = re.fullmatch(rf"manylinux_2_([0-9]+)_{platform.machine()}", tag)
        self.assertTrue(glibc and int(glibc[1]) <= MANYLINUX2014, shown)


if __name__ == "__main__":
    unittest.main()
