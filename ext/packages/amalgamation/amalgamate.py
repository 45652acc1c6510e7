#!/usr/bin/env python3
"""amalgamate.py GENERATED XXHASH SQLITE FOLDER: writes larder.cc and larder.h, all of Larder as one source file and its header, and
what goes with them into FOLDER. GENERATED is where CMake puts the headers that it makes, XXHASH the file xxhash.h, SQLITE the folder
of SQLite's headers, which are copied to FOLDER/sqlite for packages that are compiled elsewhere. `make amalgamation` knows them all.

A header goes in once, where it is included first, and then the sources follow. That all of it can stand in one file is a rule of
the sources: names that are local to a file are unique (tests/rules).
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import PACKAGES, ROOT, copy, copy_licenses, fill  # noqa: E402

EXT = ROOT / "ext"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<(xxhash\.h)>).*\n', re.M)


def sources():
    return sorted(file for file in EXT.rglob("*.cc") if PACKAGES not in file.parents)


def check_includes(text, file):
    """An include of ours inside of #if would be the first and only one for those who need it elsewhere, too."""
    depth = 0
    for line in text.splitlines():
        depth += bool(re.match(r"\s*#\s*if", line)) - bool(re.match(r"\s*#\s*endif", line))
        if depth > 0 and INCLUDE.match(line + "\n"):
            raise SystemExit(f"{file}: {line} stands inside of #if")


class Amalgamation:
    def __init__(self, generated, xxhash):
        self.folders = [EXT, Path(generated), Path(xxhash).parent]
        self.seen = set()

    def include(self, found):
        """The text of a header the first time, and nothing after that."""
        name = found.group(1) or found.group(2)
        if name in self.seen:
            return ""
        self.seen.add(name)
        file = next((folder / name for folder in self.folders if (folder / name).exists()), None)
        if file is None:
            raise SystemExit(f"there is no {name} in {', '.join(map(str, self.folders))}")
        return file.read_text(encoding="utf-8") if found.group(2) else self.expand(file)

    def expand(self, file):
        text = file.read_text(encoding="utf-8").replace("#pragma once\n", "")
        check_includes(text, file)
        return f"// ---- {file.name}\n" + INCLUDE.sub(self.include, text)

    def text(self):
        return "\n".join(self.expand(file) for file in sources())


def main():
    generated, xxhash, sqlite, folder = sys.argv[1:]
    folder = Path(folder)
    (folder / "sqlite").mkdir(parents=True, exist_ok=True)
    here = Path(__file__).parent
    fill(here / "larder.h.in", folder / "larder.h")
    fill(here / "larder.cc.in", folder / "larder.cc", TEXT=Amalgamation(generated, xxhash).text())
    copy(EXT / "exports.map", folder)
    copy_licenses(folder)
    for header in ("sqlite3.h", "sqlite3ext.h"):
        copy(Path(sqlite, header), folder / "sqlite")


main()
