#!/usr/bin/env python3
"""build.py [PACKAGE...]: builds the packages that are named into build/packages, or all, which begins with emptying that; checksums last.

A package is a folder beside this file with a build.py of its own. It takes what is in build/amalgamation and build/binaries.
"""

import os
import sys

from larder_packages import OUTPUT, PACKAGES, ROOT, built_targets, empty, run, version

CHECKSUMS = PACKAGES / "tarballs" / "checksums.py"


def packages():
    return sorted(folder.parent.name for folder in PACKAGES.glob("*/build.py") if folder.parent.name != "binaries")


def check_that_all_is_committed():
    """What is published is the commit's: its archive of sources, and the time that all files bear."""
    if run("git", "status", "--porcelain", cwd=ROOT):
        problem = "there are changes that are not committed: binaries have them, the archive of the sources has not"
        if os.environ.get("LARDER_NO_SKIP"):
            raise SystemExit(problem)
        print(problem)


def main():
    wanted = sys.argv[1:] or packages()
    if strange := set(wanted) - set(packages()):
        raise SystemExit(f"there is no package {', '.join(strange)}: {', '.join(packages())}")
    print(f"Larder {version()} for {', '.join(each.name for each in built_targets())}")
    if wanted == packages():
        check_that_all_is_committed()
        empty(OUTPUT)
    for name in wanted:
        print(run(sys.executable, PACKAGES / name / "build.py"), end="", flush=True)
    print(run(sys.executable, CHECKSUMS), end="")
    for file in sorted(file for file in OUTPUT.rglob("*") if file.is_file()):
        print(f"{file.stat().st_size:>10,}  {file.relative_to(OUTPUT)}")


if __name__ == "__main__":
    main()
