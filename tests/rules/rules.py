"""The rules of ext/ that no compiler knows. Each is a function from all the sources to the problems it finds, one a line."""

import re
from collections import defaultdict

# The floors, from below. What stands above them all lies directly in ext/; every other folder is a feature.
FLOORS = ("sqlite", "os", "store")
LIST_OF_FEATURES = "feature_list.h"

# No macro, and so none that pastes SQL together (that is sqlite/sql.h's), but for these.
MACROS = {
    "XXH_INLINE_ALL": "how xxhash.h is told to be a header only",
    "ROUTINE": "larder.cc: SQLite's own SQLITE_CORE decides what a routine's name is",
    "WIN32_LEAN_AND_MEAN": "os/windows_api.h: how <windows.h> is told to be short",
    "NOMINMAX": "os/windows_api.h: how <windows.h> is told to leave out min and max",
    "LARDER_EXPORT": "os/compiler.h: an attribute and a linkage, which only a macro can name together",
}

# Whatever asks the locale of the process: what Larder reads is ASCII (ext/sqlite/ascii.h).
# std::filesystem: libstdc++ ends the process where memory runs out in it (ext/migration/folder.h).
FORBIDDEN = re.compile(
    r"#include <(cctype|ctype\.h|cwctype|wctype\.h|clocale|locale|locale\.h|regex"
    r"|iostream|istream|ostream|sstream|fstream|iomanip|filesystem)>"
    r"|\b(tolower|toupper|is(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)"
    r"|strto(d|f|ld|l|ll|ul|ull|imax|umax)|ato[fil]|atoll|sto(d|f|ld|i|l|ll|ul|ull)|sscanf"
    r"|strcasecmp|strncasecmp|strcoll|setlocale)\s*\("
)

# What not every system or compiler has: headers that are not C++'s own, words with two underlines.
OF_ONE_SYSTEM = re.compile(r"#\s*include\s*<(?!(xxhash|sqlite3|sqlite3ext)\.h>)[^>]*\.h>|(?<![\x22])\b(_?WIN32|_MSC_VER|__\w+)\b|\[\[gnu::")

MOST_LINES_OF_A_FILE, MOST_LONG_FILES = 260, 2
MOST_LINES_OF_A_FUNCTION = 40


def at(source, line, problem):
    return f"ext/{source.path}:{line}: {problem}"


def includes(sources):
    """(source, line, the folder that is included from, the file that is included) of all includes of our own files"""
    for source in sources:
        for line, included in source.includes():
            if included.startswith('"'):
                file = included.strip('"')
                yield source, line, file.partition("/")[0] if "/" in file else "", file


def features_use_no_other(sources):
    for source, line, folder, file in includes(sources):
        if "" in (source.folder, folder) or source.folder in FLOORS or folder in FLOORS:
            continue
        if folder != source.folder:
            yield at(source, line, f"the feature {source.folder}/ uses {file}; features meet in SQL tables, or in store/")


def nothing_points_up(sources):
    for source, line, folder, file in includes(sources):
        floor = FLOORS.index(source.folder) if source.folder in FLOORS else len(FLOORS)
        if folder and (FLOORS.index(folder) if folder in FLOORS else len(FLOORS)) > floor:
            yield at(source, line, f"{source.folder}/ uses {file}, which stands above it")


def only_features_know_their_list(sources):
    for source, line, _, file in includes(sources):
        # A feature needs its declaration there to be seen from outside.
        defines_one = source.folder not in FLOORS and re.search(r"\bconst Feature k\w+\s*\{", source.code)
        if file == LIST_OF_FEATURES and source.folder and not defines_one:
            yield at(source, line, f"{LIST_OF_FEATURES} is for larder.cc, and for where a feature is defined")


def sqlite_knows_nothing_of_larder(sources):
    for source in sources:
        if source.folder != "sqlite":
            continue
        for number, line in enumerate(source.without_comments.splitlines(), 1):
            if re.search("larder", re.sub(r"\bnamespace larder\b", "", line), re.I):
                yield at(source, number, f"sqlite/ is to know nothing of Larder: {line.strip()}")


def no_macros(sources):
    for source in sources:
        for line, name, _ in source.macros():
            if name not in MACROS:
                yield at(source, line, f"the macro {name}: a constant, a function, or sql() of sqlite/sql.h can say it")


def nothing_forbidden(sources):
    for source in sources:
        for number, line in enumerate(source.without_comments.splitlines(), 1):
            if FORBIDDEN.search(line):
                yield at(source, number, f"{line.strip()} is not to be used (tests/rules/rules.py says why)")


def only_os_knows_systems(sources):
    for source in sources:
        for number, line in enumerate(source.without_comments.splitlines(), 1):
            if source.folder != "os" and OF_ONE_SYSTEM.search(line):
                yield at(source, number, f"{line.strip()} is a word of one system or compiler: those are for os/")


def headers_are_read_once(sources):
    for source in sources:
        if source.path.endswith(".h") and "\n#pragma once\n" not in source.text:
            yield at(source, 1, "a header without #pragma once")


def files_say_what_they_are_for(sources):
    for source in sources:
        if not re.match(r"// \w", source.text):
            yield at(source, 1, "the first line is a comment that says what the file is for")


def files_are_short(sources):
    long = [source for source in sources if source.lines > MOST_LINES_OF_A_FILE]
    for source in long if len(long) > MOST_LONG_FILES else []:
        yield at(source, source.lines, f"one of {len(long)} files of more than {MOST_LINES_OF_A_FILE} lines; {MOST_LONG_FILES} may be")


def functions_are_short(sources):
    for source in sources:
        for function in source.functions:
            if function.lines > MOST_LINES_OF_A_FUNCTION:
                yield at(source, function.first_line, f"{function.name} has {function.lines} lines, at most {MOST_LINES_OF_A_FUNCTION} may be")


def a_local_name_means_one_thing(sources):
    """All of ext/ can be compiled as one file, in which the names of all anonymous namespaces meet."""
    places = defaultdict(list)
    for source in sources:
        for name in source.names:
            places[name.scope, name.name].append((source, name))
    for (_, spelt), found in places.items():
        others = {source.page: at(source, name.line, "") for source, name in found}
        for source, name in found:
            elsewhere = [place.rstrip(": ") for page, place in others.items() if page != source.page]
            if name.is_local and elsewhere:
                yield at(source, name.line, f"{spelt} means something else in {', '.join(elsewhere)}")


RULES = (
    features_use_no_other,
    nothing_points_up,
    only_features_know_their_list,
    sqlite_knows_nothing_of_larder,
    no_macros,
    nothing_forbidden,
    only_os_knows_systems,
    headers_are_read_once,
    files_say_what_they_are_for,
    files_are_short,
    functions_are_short,
    a_local_name_means_one_thing,
)
