#!/usr/bin/env python3
"""tests/sql/statements.txt holds every statement of the extension with its plan, so that a change of one is seen in a review.

    statements_test.py OBJECT...            compares the file with what was built
    statements_test.py --renew OBJECT...    writes it

The file is complete: a statement is a literal or a constant (ext/sqlite/sql.h), so it stands in an object file, whole. A fragment
does not, as only the compiler uses it.

Each table is named with its schema, so that none of that name takes its place: one of Larder's in main, a table of SQLite's own that is
none of the file's, such as pragma_table_list, in temp, where only the connection makes tables.
"""

import difflib
import re
import sqlite3
import sys
import tempfile
from pathlib import Path

SUPPORT = Path(__file__).resolve().parents[1] / "support"
sys.path.insert(0, str(SUPPORT))
import larder_python  # noqa: E402
from elf import literals  # noqa: E402
from skipping import skip  # noqa: E402

FILE = Path(__file__).resolve().parents[1] / "sql" / "statements.txt"
HEAD = "-- Every statement of the extension, and how SQLite {} runs it. `make statements` writes this file.\n"

# Not the words of a transaction, which migrations look for in scripts, and not the tables, which are in sql/schema.
BEGINS = re.compile(r"(?:SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|DROP|PRAGMA)\s")

# A statement may be for tables, or attached databases, whose names are only known when it runs: "%w" is such a name. This one is
# that of the main database, and of a table that has the columns of all migration tools whose tables Larder reads.
NAME = "main"
TABLE_OF_OTHERS = (f"CREATE TABLE {NAME}(id INTEGER PRIMARY KEY, version, dirty, version_id, is_applied, success, name, "
                   "installed_rank, type, migration_name, finished_at, rolled_back_at, applied, total, created_at)")


# The close hook's table is asked for under its name alone, and a table of the user's in its place is noticed: ext/store/connection.cc.
WITHOUT_SCHEMA = {"kv_hook"}


def check_schemas(statements):
    for statement in statements:
        known = WITHOUT_SCHEMA.union(re.findall(r"(\w+)(?:\([\w, \n]*\))? AS (?:MATERIALIZED )?\(", statement))
        plain = re.sub(r"\bUPDATE OR \w+", "UPDATE", statement)
        for name in re.findall(r"\b(?:FROM|JOIN|INTO|FROM [\w.]+ AS \w+,|UPDATE(?!\s+SET))\s+(\w+)\b(?![.])", plain):
            if name not in known:
                sys.exit(f"FAIL {name} is named without a schema, and a table of the file's can take its place:\n{statement}")


def explained(con, how, statement):
    """The rows of EXPLAIN; None where the text is no statement, but for example the beginning of a message."""
    parameters = [0, *(int(number) for number in re.findall(r"\?(\d+)", statement))]
    try:
        return con.execute(f"{how} {statement}".replace('"%w"', NAME), [None] * max(parameters)).fetchall()
    except sqlite3.OperationalError as error:
        if str(error).startswith("no such"):
            sys.exit(f"FAIL {error}: is it a column for TABLE_OF_OTHERS in {__file__}?\n{statement}")
        return None


def plan(con, statement):
    """Its lines, indented as the shell shows them."""
    depth = {0: -1}
    for number, parent, _, detail in explained(con, "EXPLAIN QUERY PLAN", statement):
        depth[number] = depth[parent] + 1
        yield "-- " + "  " * depth[number] + detail


def first_table(statement):
    found = re.search(r"\blarder_[a-z]+", statement)  # or the table of the first trigger
    return found.group() if found else "no table of Larder's"


def statements_in(con, objects):
    texts = {text.strip() for file in objects for text in literals(file)}
    return [text for text in texts if BEGINS.match(text) and explained(con, "EXPLAIN", text) is not None]


def written(con, statements):
    """The whole file: grouped by the first table in a statement, so that what belongs together stands together."""
    parts, last = [HEAD.format(sqlite3.sqlite_version)], None
    for table, statement in sorted((first_table(statement), statement) for statement in statements):
        if table != last:
            parts.append(f"-- ==== {table} ====\n")
        parts.append("\n".join([statement, *plan(con, statement)]) + "\n")
        last = table
    return "\n".join(parts)


def without_plans(text):
    return "".join(line for line in text.splitlines(True) if not line.startswith("--"))


def compare(text):
    """Plans are those of one version of SQLite; with another one, the statements alone are compared."""
    known = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    if known.splitlines()[:1] != text.splitlines()[:1]:
        known, text = without_plans(known), without_plans(text)
    if known != text:
        sys.stdout.writelines(difflib.unified_diff(known.splitlines(True), text.splitlines(True), str(FILE), "what was built"))
        sys.exit(f"\nFAIL {FILE.name} has other statements or plans. If this is what was meant: make statements")


def main(arguments):
    renew = arguments[:1] == ["--renew"]
    objects = arguments[1 if renew else 0 :]
    if sys.platform != "linux":
        skip("objects are read in the format of Linux")
    with tempfile.TemporaryDirectory() as folder:
        con = larder_python.connect(str(Path(folder) / "test.db"), isolation_level=None)
        con.execute(TABLE_OF_OTHERS)
        con.execute("CREATE VIEW larder_nudge AS SELECT 1")
        con.execute("SELECT checkpoint_set('tables', 'are there')").fetchall()
        statements = statements_in(con, objects)
        if len(statements) < 100:
            sys.exit(f"FAIL only {len(statements)} statements were found: are they somewhere else?")
        check_schemas(statements)
        text = written(con, statements)
        con.close()
    if renew:
        FILE.write_text(text, encoding="utf-8")
    else:
        compare(text)


if __name__ == "__main__":
    main(sys.argv[1:])
