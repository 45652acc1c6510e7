#!/usr/bin/env python3
"""The amalgamation, from its zip: it compiles with the command of its first comment by g++ and clang++ without a warning,
loads, and exports only its entry points; its page's examples run, of which one links it into a program in C."""

import re
import tempfile
import unittest
import zipfile
from pathlib import Path

from built import again, built, examples, need, run, version

COMPILERS = ("g++", "clang++")
ENTRY_POINTS = ["sqlite3_extension_init", "sqlite3_larder_bare_init", "sqlite3_larder_guarded_init", "sqlite3_larder_init",
                "sqlite3_larder_join_init"]


def setUpModule():
    need(*COMPILERS, "c++", "cc", "nm", "sqlite3")
    built("sqlite-larder-amalgamation-*.zip")


class Amalgamation(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="larder-amalgamation-")
        self.addCleanup(temporary.cleanup)
        archive = built("sqlite-larder-amalgamation-*.zip")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(temporary.name)
        self.folder = Path(temporary.name) / archive.stem
        self.comment = (self.folder / "larder.cc").read_text(encoding="utf-8").partition("\n#")[0]

    def sh(self, script):
        return run("sh", "-euc", script, cwd=self.folder)

    def sql(self, statement):
        return self.sh(f"sqlite3 -cmd '.load ./larder' :memory: \"{statement}\"")

    def exported(self):
        return sorted(line.split()[-1] for line in run("nm", "-D", "--defined-only", self.folder / "larder.so").splitlines())

    def test_what_is_in_it(self):
        self.assertEqual(sorted(file.name for file in self.folder.iterdir()),
                         ["LICENSE", "LICENSE.xxHash", "README.md", "exports.map", "larder.cc", "larder.h"])  # fmt: skip

    def test_the_command_of_its_first_comment(self):
        (command,) = re.findall(r"^//   (c\+\+ .*-shared.*)$", self.comment, re.M)
        for_linux = re.findall(r"-Wl,--version-script=exports\.map|-Wl,-z,nodelete|-static-libstdc\+\+|-static-libgcc", self.comment)
        self.assertEqual(len(for_linux), 4)
        for compiler in COMPILERS:
            with self.subTest(compiler):
                said = self.sh(f"{command.replace('c++ ', compiler + ' -Wall -Wextra ', 1)} {' '.join(for_linux)}")
                self.assertEqual(said, "")  # no warning
                self.assertEqual(self.exported(), ENTRY_POINTS)
                self.assertEqual(self.sql("SELECT kv_version(), cache_set('k', 'v'), ledger_mark('l', 1)"), f"{version()}|v|1\n")

    def test_the_header_is_c_of_any_age(self):
        self.sh("echo '#include \"larder.h\"' >header.c && gcc -std=c89 -pedantic-errors -Wall -Werror -c header.c && g++ -std=c++98 -Werror -x c++ -c header.c")

    def test_the_examples_of_its_page(self):
        loadable, linked = examples("amalgamation", "sh")
        (program,) = examples("amalgamation", "c")
        (self.folder / "notes.c").write_text(program, encoding="utf-8")
        self.assertEqual(self.sh(loadable), version() + "\n")
        self.assertEqual(self.exported(), ENTRY_POINTS)
        self.assertEqual(self.sh(linked), "hello\n")

    def test_comes_out_the_same_again(self):
        self.assertEqual(again("amalgamation"), [])


if __name__ == "__main__":
    unittest.main()
