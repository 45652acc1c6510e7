#!/usr/bin/env python3
"""Nothing in the extension asks the locale of the process: what it reads is ASCII (ext/sqlite/ascii.h)."""
import pathlib
import re
import sys

EXTENSION = pathlib.Path(__file__).resolve().parents[2] / "ext"

HEADERS = re.compile(
    r"#include <(cctype|ctype\.h|cwctype|wctype\.h|clocale|locale|locale\.h|regex"
    r"|iostream|istream|ostream|sstream|fstream|iomanip)>")
FUNCTIONS = re.compile(
    r"\b(tolower|toupper|is(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)"
    r"|strto(d|f|ld|l|ll|ul|ull|imax|umax)|ato[fil]|atoll|sto(d|f|ld|i|l|ll|ul|ull)|sscanf"
    r"|strcasecmp|strncasecmp|strcoll|setlocale)\s*\(")


def problems(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        code = line.split("//")[0]
        if HEADERS.search(code) or FUNCTIONS.search(code):
            yield f"{path.relative_to(EXTENSION.parent)}:{number}: {line.strip()}"


def main():
    sources = sorted(path for path in EXTENSION.rglob("*") if path.suffix in (".h", ".cc"))
    found = [problem for path in sources for problem in problems(path)]
    for problem in found:
        print(problem, "asks the locale")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
