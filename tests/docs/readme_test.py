#!/usr/bin/env python3
"""The README says what is there: its reference tables are kv_help, its five lines run, and the files and targets it names exist."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
problems = []


def expect(good, problem):
    if not good:
        problems.append(problem)


def shell(sql, fails=False):
    """What the sqlite3 shell with Larder prints for `sql`, line by line."""
    environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["sqlite3", "-batch", "-bail", "-init", os.devnull, "-cmd", f".load {os.environ['LARDER']}", "readme.db"],
            cwd=folder, input=sql, env=environment, text=True, capture_output=True, check=False)
    if (done.returncode != 0) != fails:
        sys.exit(f"FAIL the shell exits with {done.returncode}: {done.stderr}")
    return (done.stderr if fails else done.stdout).splitlines()


def section(title, level):
    """The text below a heading, up to the next one of its level or above."""
    found = re.search(rf"^{level} {re.escape(title)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", README, re.M | re.S)
    if not found:
        sys.exit(f"FAIL the README has no section '{title}'")
    return found.group(1)


def first_cells(text, heading):
    """The code in the first cell of each row of the tables with that heading."""
    cells = []
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        rows = table.splitlines()
        if rows[0].split("|")[1].strip() == heading:
            cells += [re.fullmatch(r"\| `([^`]*)` \|.*", row).group(1) for row in rows[2:]]
    return cells


def reference_is_kv_help():
    reference = section("Reference", "##")
    claimed = first_cells(reference, "call")
    there = shell("SELECT signature FROM kv_help;")
    expect(len(claimed) == len(set(claimed)), "a signature stands twice in the reference")
    for signature in sorted(set(there) - set(claimed)):
        problems.append(f"the reference lacks {signature}")
    for signature in sorted(set(claimed) - set(there)):
        problems.append(f"the reference claims {signature}, kv_help does not")


def what_goes_in_steps_says_so():
    """The calls that are not one change outside a transaction: the prose, their rows in the reference and kv_help all tell."""
    told = {name for name, text in re.findall(r"^\| `(\w+)\(.*?` \|(.*)", section("Reference", "##"), re.M) if "in steps" in text}
    helped = set(shell("SELECT name FROM kv_help WHERE summary LIKE '%outside a transaction in steps that commit%';"))
    sentence = re.search(r"Two calls\s+go in short steps(.*?)\. ", README, re.S).group(1)
    named = set(re.findall(r"`(\w+)\(", sentence))
    expect(named == told == helped, f"in steps go {sorted(named)}, by the reference's tables {sorted(told)}, by kv_help {sorted(helped)}")


def settings_are_those_of_kv_config():
    (message,) = [line for line in shell("SELECT kv_config('?');", fails=True) if "there are" in line]
    there = set(re.findall(r"[a-z]+\.[a-z_]+", message.split("there are")[1]))
    expect(set(first_cells(section("Housekeeping", "###"), "setting")) == there, f"the settings are {sorted(there)}")


def no_other_name_is_mentioned():
    known = set(re.findall(r"\w+", "\n".join(shell("SELECT signature FROM kv_help;")))) | {"kv_hook"}  # columns as well
    known |= set(shell("SELECT name FROM kv_stats;"))
    for file in [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "sql" / "dashboard.sql", *sorted((ROOT / "sql" / "recipes").glob("*.sql"))]:
        names = set(re.findall(r"\b(?:cache|ledger|lease|run|checkpoint|migrate|kv)_[a-z]+\b(?!\.\w)", file.read_text(encoding="utf-8")))
        for name in sorted(names - known):
            problems.append(f"{file.name} mentions {name}, which is not in kv_help")


def five_lines_work():
    lines = re.search(r"```sql\n(.*?)```", section("Five lines", "##"), re.S).group(1).splitlines()
    expect(len(lines) == 5, f"the five lines are {len(lines)}")
    wanted = [line.split(" -- ")[1].strip() for line in lines]
    got = shell("\n".join(lines))
    expect(got == wanted, f"the five lines print {got}, the README says {wanted}")


def files_and_targets_exist():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        expect((ROOT / link).exists(), f"there is no {link}")
    for folder in re.findall(r"`((?:ext|sql|tests)/[^`…*]*)`", README):
        expect((ROOT / folder).exists(), f"there is no {folder}")
    recipes = {file.name for file in (ROOT / "sql" / "recipes").glob("*.sql")}
    expect(recipes == set(re.findall(r"sql/recipes/([a-z_-]+\.sql)\)", README)), "the recipes listed are not those in sql/recipes")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`[^`]+`|```sh.*?```", README, re.S))))
    expect(named <= targets, f"the Makefile has no {sorted(named - targets)}")


for test in (reference_is_kv_help, what_goes_in_steps_says_so, settings_are_those_of_kv_config, no_other_name_is_mentioned, five_lines_work,
             files_and_targets_exist):
    test()
for problem in problems:
    print("FAIL", problem)
print(f"{len(problems)} problems")
sys.exit(1 if problems else 0)
