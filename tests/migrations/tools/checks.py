"""What is compared: one tool and Larder, on one folder."""

import itertools
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import layouts
from databases import Failed, contents, differences, larder, migrate, need
from folders import first_half

MIGRATIONS = Path(__file__).resolve().parents[1]


@dataclass
class Result:
    tool: str
    folder: str
    compared: str
    says: str = "equal"
    wrong: list = field(default_factory=list)  # lines; the comparison failed if there are any


class Place:
    """A scratch folder, and new names in it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.numbers = itertools.count(1)

    def new(self, name):
        return self.folder / f"{next(self.numbers)}-{name}"

    def database(self):
        return self.new("app.db")


def judged(tool, folder, compared, compare, *arguments):
    """The result of `compare()`, which returns what it found, or throws Failed."""
    result = Result(tool.name, folder, compared)
    try:
        says, result.wrong = compare(tool, *arguments)
        result.says = says if not result.wrong else "DIFFERENT"
    except Failed as failed:
        result.says, result.wrong = "FAILED", str(failed).splitlines()
    return result


def tool_contents(tool, folder, place):
    database = place.database()
    need(tool.up(folder, database), f"{tool.name} up")
    return contents(database, tool.tables)


def from_nothing(tool, folder, place):
    """Each applies all."""
    database = place.database()
    need(migrate(database, folder), "migrate")
    return "equal", differences(tool_contents(tool, folder, place), contents(database))


def half_way(tool, folder, place):
    """The tool applies the first half, and Larder goes on."""
    database = place.database()
    need(tool.up(first_half(folder, place.new("half")), database), f"{tool.name} up")
    refused = migrate(database, folder)
    if refused.done or tool.name not in refused.output:
        return "", [f"migrate beside the tool's history does not refuse and name it: {refused.output.strip()}"]
    need(larder(database, f"migrate_baseline('from', '{folder}')"), "migrate_baseline")
    need(migrate(database, folder), "migrate")
    return "equal; without it migrate refuses", differences(tool_contents(tool, folder, place), contents(database, tool.tables))


def down_and_up(tool, folder, place):
    """Each goes down to nothing, and up again."""
    theirs, ours = place.database(), place.database()
    need(tool.up(folder, theirs), f"{tool.name} up")
    need(migrate(ours, folder), "migrate")
    need(tool.down(folder, theirs), f"{tool.name} down")
    need(larder(ours, f"migrate_down(0, '{folder}')"), "migrate_down")
    below = differences(contents(theirs, tool.tables), contents(ours))
    need(tool.up(folder, theirs), f"{tool.name} up again")
    need(migrate(ours, folder), "migrate again")
    return "equal", below + differences(contents(theirs, tool.tables), contents(ours))


def changed(tool, folder, place):
    """What runs again when its text has changed does so, once."""
    theirs, ours = place.database(), place.database()
    later = place.new("later")
    shutil.copytree(folder, later)
    for script in later.glob("R__*.sql"):
        with script.open("a", encoding="utf-8") as text:
            text.write("INSERT INTO loans (item, member_id) VALUES ('once more', 1);\n")
    for what in (folder, folder, later, later):
        need(tool.up(what, theirs), f"{tool.name} up")
        need(migrate(ours, what), "migrate")
    return "equal", differences(contents(theirs, tool.tables), contents(ours))


def ran(database):
    """The versions of layouts.numbered() that have run, in that order."""
    with closing(sqlite3.connect(database)) as con:
        return [version for (version,) in con.execute("SELECT version FROM ran ORDER BY place")]


def in_order(tool, versions, place):
    """Versions of different lengths: what runs first?"""
    folder = layouts.write(place.new("folder"), tool.layout(layouts.numbered(versions)))
    theirs, ours = place.database(), place.database()
    need(tool.up(folder, theirs), f"{tool.name} up")
    need(migrate(ours, folder), "migrate")
    return ", ".join(ran(theirs)), differences(contents(theirs, tool.tables), contents(ours))


def what_was_done(outcome, database, version):
    if version in ran(database):
        return "runs it"
    return "leaves it out" if outcome.done else "stops"


def late(tool, place):
    """The second of three comes when the third has run. Larder says how it can be run, or runs it as the tool does."""
    one, two, three = layouts.numbered(map(tool.version, (1, 2, 3)))
    before = layouts.write(place.new("before"), tool.layout([one, three]))
    after = layouts.write(place.new("after"), tool.layout([one, two, three]))
    theirs, ours = place.database(), place.database()
    need(tool.up(before, theirs), f"{tool.name} up")
    need(migrate(ours, before), "migrate")
    theirs_did = what_was_done(tool.up(after, theirs), theirs, two.version)
    stopped = migrate(ours, after)
    ours_did = what_was_done(stopped, ours, two.version)
    says = f"both: {ours_did}" if ours_did == theirs_did else f"{tool.name}: {theirs_did}, Larder: {ours_did}"
    if ours_did != "stops" and not ours_did == theirs_did == "runs it":
        return says, [says]
    if ours_did == "stops" and "any order" not in stopped.output:
        return says, [f"the message does not name 'any order': {stopped.output.strip()}"]
    need(migrate(ours, after, ", NULL, 'any order'"), "migrate in any order")
    if two.version not in ran(ours):
        return says, ["'any order' does not run it"]
    return says, differences(contents(theirs, tool.tables), contents(ours)) if theirs_did == "runs it" else []


MIXED = (("1", "2", "10"), ("20240306170000", "20240313"), ("007", "08", "9"))


def compare(tool, place):
    """All results of one tool, one after the other."""
    folders = [(f"{name}/", MIGRATIONS / name) for name in tool.folders]
    steps = [m for m in layouts.library(tool.version) if not (m.turns_keys_off and tool.keeps_keys_on)]
    folders.append(("tools/library/", layouts.write(place.new("library"), tool.layout(steps))))
    for name, folder in folders:
        yield judged(tool, name, "from nothing", from_nothing, folder, place)
        yield judged(tool, name, "half-way, taken over", half_way, folder, place)
        if tool.words_down:
            yield judged(tool, name, "down and up", down_and_up, folder, place)
        if any(folder.glob("R__*.sql")):
            yield judged(tool, name, "changed", changed, folder, place)
    for versions in (*MIXED, *tool.more_versions):
        yield judged(tool, ", ".join(versions), "order", in_order, versions, place)
    yield judged(tool, "1, 3, then 2", "late", late, place)
