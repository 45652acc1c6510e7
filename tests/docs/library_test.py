#!/usr/bin/env python3
"""What the extension may not use of the standard library.

Whatever asks the locale of the process: what Larder reads is ASCII (ext/sqlite/ascii.h).
std::filesystem: libstdc++ ends the process where memory runs out in it (ext/migration/folder.h).
"""
import pathlib
import re
import sys

EXTENSION = pathlib.Path(__file__).resolve().parents[2] / "ext"

FORBIDDEN = re.compile(
    r"#include <(cctype|ctype\.h|cwctype|wctype\.h|clocale|locale|locale\.h|regex"
    r"|iostream|istream|ostream|sstream|fstream|iomanip|filesystem)>"
    r"|\b(tolower|toupper|is(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)"
    r"|strto(d|f|ld|l|ll|ul|ull|imax|umax)|ato[fil]|atoll|sto(d|f|ld|i|l|ll|ul|ull)|sscanf"
    r"|strcasecmp|strncasecmp|strcoll|setlocale)\s*\(")


def problems(path):
    name = path.relative_to(EXTENSION).as_posix()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        code = line.split("//")[0].strip()
        if FORBIDDEN.search(code):
            yield f"ext/{name}:{number}: {code}"


def main():
    sources = sorted(path for path in EXTENSION.rglob("*") if path.suffix in (".h", ".cc"))
    found = [problem for path in sources for problem in problems(path)]
    for problem in found:
        print(problem, "is not to be used")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
