#!/usr/bin/env python3
"""build.py [PACKAGE...]: builds the packages that are named, or all, into build/packages, which is emptied before that; checksums last.

A package is a folder beside this file with a build.py of its own. It takes what is in build/amalgamation and build/binaries.
"""

import sys

from packaging import OUTPUT, PACKAGES, built_targets, empty, run, version

CHECKSUMS = PACKAGES / "tarballs" / "checksums.py"


def packages():
    return sorted(folder.parent.name for folder in PACKAGES.glob("*/build.py") if folder.parent.name != "binaries")


def main():
    print(f"Larder {version()} for {', '.join(each.name for each in built_targets())}")
    empty(OUTPUT)
    for name in sys.argv[1:] or packages():
        print(run(sys.executable, PACKAGES / name / "build.py"), end="", flush=True)
    print(run(sys.executable, CHECKSUMS), end="")
    for file in sorted(file for file in OUTPUT.rglob("*") if file.is_file()):
        print(f"{file.stat().st_size:>10,}  {file.relative_to(OUTPUT)}")


if __name__ == "__main__":
    main()
