#!/usr/bin/env python3
"""What the binaries for all systems export and need, whether or not this machine could run them."""

import re
import subprocess
import sys
import unittest

from built import need

sys.path.insert(0, __file__.rpartition("/tests/")[0] + "/ext/packages")
from larder_packages import ROOT, TARGETS, built_targets  # noqa: E402

ENTRY_POINTS = set(re.findall(r"sqlite3_\w+", (ROOT / "ext" / "exports.map").read_text(encoding="utf-8")))
# Mach-O: the name of the file's own header; weak: see ext/packages/binaries/build.py.
OF_MACOS = {"__mh_dylib_header", "___dso_handle", *(f"__Z{name}" for name in (
    "dlPv", "dlPvm", "dlPvSt11align_val_t", "dlPvmSt11align_val_t", "daPv", "daPvm", "daPvSt11align_val_t", "daPvmSt11align_val_t",
    "nwm", "nam", "nwmSt11align_val_t", "namSt11align_val_t"))}  # fmt: skip
OLDEST_GLIBC = (2, 17)
OF_WINDOWS = re.compile(r"api-ms-win-crt-[\w-]+\.dll|KERNEL32\.dll", re.I)


def tool(*command):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def of_system(system):
    return [each for each in built_targets() if each.system == system]


class Binaries(unittest.TestCase):
    def of_each(self, system, check):
        for each in of_system(system):
            with self.subTest(each.name):
                check(each)

    def test_there_are_some(self):
        self.assertTrue(built_targets(), f"none of {', '.join(each.name for each in TARGETS)} is built: make binaries")

    def test_linux_exports_the_entry_points(self):
        def check(each):
            self.assertEqual(set(tool("llvm-nm", "-D", "--defined-only", "--format=just-symbols", each.binary).split()), ENTRY_POINTS)

        self.of_each("linux", check)

    def test_linux_needs_no_newer_glibc_and_no_runtime(self):
        def check(each):
            described = tool("llvm-objdump", "-p", each.binary)
            versions = {tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([0-9.]+)", described)}
            self.assertLessEqual(max(versions, default=(0,)), OLDEST_GLIBC)
            self.assertEqual(bool(versions), not each.name.endswith("musl"))
            self.assertNotRegex(described, r"NEEDED +lib(stdc|c\+\+|gcc)")
            self.assertRegex(tool("llvm-readelf", "-d", each.binary), "NODELETE")

        self.of_each("linux", check)

    def test_macos_exports_the_entry_points(self):
        def check(each):
            exports = set(re.findall(r"^0x\w+ +(\S+)", tool("llvm-objdump", "--macho", "--exports-trie", each.binary), re.M))
            self.assertEqual(exports - OF_MACOS, {f"_{name}" for name in ENTRY_POINTS})

        self.of_each("macos", check)

    def test_macos_11_loads_it(self):
        def check(each):
            described = tool("llvm-objdump", "--macho", "--private-headers", each.binary)
            self.assertRegex(described, r"LC_BUILD_VERSION[^L]*minos 11\.0")
            self.assertEqual(set(re.findall(r"LC_LOAD_DYLIB\s+cmdsize \d+\s+name (\S+)", described)), {"/usr/lib/libSystem.B.dylib"})
            if each.name.endswith("arm64"):
                self.assertIn("LC_CODE_SIGNATURE", described)  # nothing is loaded without

        self.of_each("macos", check)

    def test_windows_exports_the_entry_points(self):
        def check(each):
            exports = re.findall(r"^  Name: (\S+)", tool("llvm-readobj", "--coff-exports", each.binary), re.M)
            self.assertEqual(set(exports), ENTRY_POINTS)

        self.of_each("windows", check)

    def test_windows_needs_only_what_windows_has(self):
        def check(each):
            needed = re.findall(r"^  Name: (\S+)", tool("llvm-readobj", "--coff-imports", each.binary), re.M)
            self.assertEqual([name for name in needed if not OF_WINDOWS.fullmatch(name)], [])

        self.of_each("windows", check)


if __name__ == "__main__":
    need("llvm-nm", "llvm-objdump", "llvm-readobj", "llvm-readelf")
    unittest.main()
