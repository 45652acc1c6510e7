"""The project's pages, for the tests that hold them against what is there.

An example is a block of SQL in a page. It is run as it stands, in a new file, and says itself what the shell prints: behind a statement
that prints one row, on the same line; where there are more rows, on lines of their own below it.

    SELECT cache_set('a', 1), cache_get('b');   -- 1|NULL
    SELECT key, value FROM kv_cache;
    -- a|1
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT.glob("*"), *((ROOT / folder).rglob("*") for folder in (".ci", "ext", "sql", "tests"))]
FILES = sorted(file for place in PLACES for file in place if file.is_file())
PAGES = [file for file in FILES if file.suffix == ".md" and "migrations" not in file.parts]

# What an example finds beside its database: migrations/, also under the name it has in the repository.
MIGRATIONS = ROOT / "tests" / "migrations" / "golang-migrate"


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def read(page):
    return page.read_text(encoding="utf-8")


def blocks(text, language):
    """The fenced blocks of a language, each with the number of its first line."""
    return [(text.count("\n", 0, found.start(2)) + 1, found.group(2))
            for found in re.finditer(rf"^```({language})\n(.*?)^```$", text, re.M | re.S)]


def prose(text):
    """The text without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def code_spans(text):
    """What stands between backquotes in a sentence."""
    return re.findall(r"`([^`]+)`", prose(text))


def anchors(text):
    """The anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", prose(text), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def first_cells(text, heading):
    """The code in the first cell of each row of the tables with that heading."""
    cells = []
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        rows = table.splitlines()
        if rows[0].split("|")[1].strip() == heading:
            cells += [re.match(r"\| `([^`]*)` \|", row).group(1) for row in rows[2:]]
    return cells


def sections(text, level):
    """Title and text of each section that begins with a heading of that level; it ends at the next one of its level or above."""
    mark = "#" * level
    return re.findall(rf"^{mark} ([^\n]*)\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.M | re.S)


def shell(sql, *options):
    """What the sqlite3 shell with Larder prints for `sql` in a new file, line by line, errors among the rest."""
    environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
    with tempfile.TemporaryDirectory() as folder:
        for place in ("migrations", MIGRATIONS.relative_to(ROOT)):
            shutil.copytree(MIGRATIONS, os.path.join(folder, place))
        done = subprocess.run(
            ["sqlite3", "-batch", "-init", os.devnull, "-cmd", f".load {os.environ['LARDER']}", *options, "app.db"],
            cwd=folder, input=sql, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.splitlines()


def shown(block):
    """What a block says that the shell prints."""
    return re.findall(r"(?:^|; +)-- (.*)$", block, re.M)


def printed(block):
    """What the shell prints for a block. An error reads `Error: message`."""
    lines = shell(block, "-cmd", ".nullvalue NULL")
    return [re.sub(r"^(Runtime|Parse) error near line \d+: ", "Error: ", line) for line in lines]
