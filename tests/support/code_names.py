"""What a page about the code names in backquotes, held against the sources of ext/: files, folders, functions, types, constants."""

import re
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from pages import FILES, ROOT

sys.path.insert(0, str(ROOT / "tests" / "rules"))
from cpp_source import Source  # noqa: E402

EXTENSION = ROOT / "ext"
SOURCES = [Source(file.relative_to(EXTENSION).as_posix(), file.read_text(encoding="utf-8"))
           for file in FILES if EXTENSION in file.parents and file.suffix in (".cc", ".h")]  # fmt: skip
CODE = "\n".join(source.without_comments for source in SOURCES)
LINES = {line.strip() for source in SOURCES for line in source.text.splitlines()}

# What code in backquotes may hold. SQL in capitals is none of it.
PATH = re.compile(r"[\w.*/-]*\w\.(?:cc|h|py|sql|md|txt|in|map|\*)(?!\w)|[\w/-]+/(?=$|\s)")
MEMBER = re.compile(r"\b([A-Z]\w+)::(\w+)")
FUNCTION = re.compile(r"(?<![\w:])(\w*[a-z]\w*)(?:<\w+>)?\(")
SNAKE = re.compile(r"^[a-z]+(?:_[a-z]+)+$")
TYPE_OR_CONSTANT = re.compile(r"\b(k[A-Z]\w+|[A-Z][a-z]\w*)")


def has_member(owner, member):
    """Whether the class, or the enumeration, has a member of that name, as far as files tell."""
    if re.search(rf"\b{owner}(?:<\w+>)?::{member}\b", CODE):
        return True
    homes = [source.code for source in SOURCES if re.search(rf"\b(?:class|struct|enum)\s+{owner}\b[^;]*?{{", source.code)]
    return any(re.search(rf"\b{member}\b", code) for code in homes)


def is_in_code(name):
    return re.search(rf"\b{name}\b", CODE) is not None


def strange_names(spans):
    """The names of functions, members, types and constants in `spans` that are nowhere in the code of ext/."""
    strange = []
    for span in spans:
        span = PATH.sub(" ", span)
        strange += [f"{owner}::{member}" for owner, member in MEMBER.findall(span) if not has_member(owner, member)]
        names = FUNCTION.findall(span) + SNAKE.findall(span) + TYPE_OR_CONSTANT.findall(MEMBER.sub(" ", span))
        strange += [name for name in names if not is_in_code(name)]
    return strange


def paths_in(spans):
    return [path for span in spans for path in PATH.findall(span)]


def is_path_of(path, file):
    """A path on a page is the end of a file's: `change.cc`, `cache/change.cc`; `*` stands for any letters of one name."""
    wanted, found = path.split("/"), file.split("/")[-path.count("/") - 1:]  # fmt: skip
    return len(wanted) == len(found) and all(map(fnmatchcase, found, wanted))


def strange_paths(spans):
    """The files and folders in `spans` that are nowhere in the repository."""
    files = [file.relative_to(ROOT).as_posix() for file in FILES]
    folders = {parent.relative_to(ROOT).as_posix() for file in FILES for parent in file.parents if ROOT in parent.parents}
    return [path for path in paths_in(spans)
            if not any(is_path_of(path.rstrip("/"), known) for known in (folders if path.endswith("/") else files))]  # fmt: skip


def strange_lines(block):
    """The lines of a quotation that stand in no source."""
    return [line for line in block.splitlines() if line.strip() and line.strip() not in LINES]


def uncovered(paths):
    """The sources that none of `paths` means."""
    return [source.path for source in SOURCES if not any(is_path_of(path, source.path) for path in paths)]
