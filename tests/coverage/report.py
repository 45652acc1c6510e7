"""Prints which part of the lines and branches of ext/ the tests have run, a folder a line; `make coverage` calls it.

    report.py BUILD [--uncovered FILE]

Left out are the branches that only exceptions take, of which the compiler makes one for each call and one for each catch, and those
that gcov itself finds not to be reachable. With --uncovered the lines and branches that were not run are written to a file.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GCOVR = ROOT / "build/gcovr/bin/gcovr"
BARS = {"lines": 0.98, "branches": 0.95}
CATCH = r"\s*\} catch \(const .*"  # its other way is an exception that passes by


@dataclass
class Line:
    """Of a source. It is in several functions where these are made of one template, and in both forms of Larder, loaded and linked:
    what one of them runs is run. Where code is not run, gcov does not tell which of its branches are an exception's: so they are more
    there, and the form counts that has fewer left."""

    is_run: bool
    branches: list

    def add(self, is_run, branches):
        if is_run == self.is_run and len(branches) == len(self.branches):
            self.branches = [old or new for old, new in zip(self.branches, branches)]
        elif is_run > self.is_run or (is_run == self.is_run and branches.count(False) < self.branches.count(False)):
            self.is_run, self.branches = is_run, branches


def measure(build):
    """Of each file the lines, by their numbers. gcovr by itself would add the branches of both forms up."""
    files = {}
    for form in ("larder.dir", "larder_static.dir"):
        command = [GCOVR, "--root", ROOT, "--filter", f"{ROOT}/ext/", "--merge-mode-functions", "separate", "--json", "-"]
        command += ["--exclude-throw-branches", "--exclude-unreachable-branches", "--exclude-branches-by-pattern", CATCH, build / "CMakeFiles" / form]
        shown = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        for file in json.loads(shown.stdout)["files"]:
            lines = files.setdefault(file["file"], {})
            for line in file["lines"]:
                found = Line(line["count"] > 0, [branch["count"] > 0 for branch in line["branches"]])
                lines.setdefault(line["line_number"], found).add(found.is_run, found.branches)
    return files


def uncovered(name, lines):
    """Lines as `FILE:LINE: TEXT`, with the number of branches where the line was run."""
    source = (ROOT / name).read_text().splitlines()
    for number, line in sorted(lines.items()):
        if not line.is_run:
            yield f"{name}:{number}: line: {source[number - 1].strip()}"
        elif not all(line.branches):
            yield f"{name}:{number}: {line.branches.count(False)} of {len(line.branches)} branches: {source[number - 1].strip()}"


def show(files):
    """Returns whether the bars are met."""
    folders = defaultdict(lambda: {kind: [] for kind in BARS})
    for name, lines in files.items():
        for folder in (os.path.dirname(name), "all"):
            folders[folder]["lines"] += [line.is_run for line in lines.values()]
            folders[folder]["branches"] += [branch for line in lines.values() for branch in line.branches]
    for folder, kinds in sorted(folders.items(), key=lambda each: (each[0] == "all", each[0])):
        print(f"{folder:<20}", *(f"{kind} {sum(of):>6} of {len(of):<6}{100 * part(of):6.2f} %  " for kind, of in kinds.items()))
    return all(part(folders["all"][kind]) >= bar for kind, bar in BARS.items())


def part(of):
    return sum(of) / len(of) if of else 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--uncovered", type=Path)
    options = parser.parse_args()
    files = measure(options.build)
    if options.uncovered:
        options.uncovered.write_text("".join(f"{line}\n" for name in sorted(files) for line in uncovered(name, files[name])))
    return 0 if show(files) else 1


if __name__ == "__main__":
    sys.exit(main())
