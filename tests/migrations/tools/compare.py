#!/usr/bin/env python3
"""compare.py [TOOL...]: runs other migration tools and Larder on the same folders, and shows where they differ.

The environment names the extension (LARDER) and where `install` has put the tools (LARDER_MIGRATION_TOOLS). Exits with 1 if
anything differs. A tool that is not installed is not compared, and the table says so.
"""

import sys
import tempfile
from pathlib import Path

import checks
import programs
import tools
from checks import Place, Result

VERSIONS = Path(__file__).resolve().parent / "versions.txt"
HEADINGS = ("tool", "version", "folder or versions", "compared", "result")


def pinned_versions():
    lines = [line.split() for line in VERSIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {tool: version for tool, version, *_ in lines}


def is_installed(package, pinned):
    """With all that it needs."""
    needed = [name for name in pinned if name.split("/")[0] == package]
    return all((tools.INSTALLED / "done" / f"{name.replace('/', '-')}-{pinned[name]}").exists() for name in needed)


def results_of(tool, pinned):
    if not is_installed(tool.package, pinned):
        yield Result(tool.name, "", "", "not installed")
        return
    compare = checks.compare if isinstance(tool, tools.Tool) else programs.compare
    with tempfile.TemporaryDirectory(prefix="larder-tools-") as scratch:
        yield from compare(tool, Place(scratch))


def show(results, pinned):
    rows = [(r.tool, pinned[r.tool.lower()], r.folder, r.compared, r.says) for r in results]
    widths = [max(len(row[i]) for row in [HEADINGS, *rows]) for i in range(len(HEADINGS))]
    for row in [HEADINGS, tuple("-" * width for width in widths), *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for result in results:
        if result.wrong:
            print(f"\n{result.tool}, {result.folder} {result.compared}:", *result.wrong, sep="\n  ")


def main(names):
    pinned = pinned_versions()
    known = {tool.package: tool for tool in (*tools.TOOLS, *programs.PROGRAMS)}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no {unknown[0]}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    results = []
    for name in names or known:
        print(f"{name} …", file=sys.stderr)
        results += results_of(known[name], pinned)
    show(results, pinned)
    compared = [result for result in results if result.compared]
    failed = [result for result in compared if result.wrong]
    print(f"{len(compared)} comparisons, {len(failed)} failed")
    return 1 if failed or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
