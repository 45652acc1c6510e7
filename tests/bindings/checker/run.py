#!/usr/bin/env python3
"""Runs the common script, and the programs of sql/languages/README.md, with the bindings named or with all, and prints a table.
LARDER is the extension under test."""

import os
import subprocess
import sys
import time

import examples
import hosts
import script
from driver import Broken, SaidError

STEPS = len(script.STEPS)
IN_MAKE_TEST = ("python", "python-autocommit", "apsw", "sqlalchemy", "better-sqlite3", "ruby", "php", "perl", "tcl")


def judge(binding):
    """What the table shows of the binding, what went wrong, and what had to."""
    if binding.refuses:
        return judge_refusal(binding)
    try:
        version, of_sqlite, outcome = script.run(binding)
    except (Broken, SaidError) as error:
        return ("?", "?", f"0/{STEPS}"), [str(error)], []
    failed = {step: reason for step, reason in outcome.items() if reason}
    wrong = [f"{step}: {reason}" for step, reason in failed.items() if step not in binding.deviations]
    wrong += [f"{step} passes: take it out of the deviations" for step in binding.deviations if step not in failed]
    known = [f"{step}: {reason}" for step, reason in binding.deviations.items() if step in failed]
    return (version, of_sqlite, f"{STEPS - len(failed)}/{STEPS}"), wrong, known


def judge_refusal(binding):
    done = subprocess.run(binding.command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.strip()
    wrong = [] if binding.refuses in said else [f"it says {said}, not {binding.refuses}"]
    return ("-", "-", "-"), wrong, [f"cannot load extensions: {binding.refuses}"]


def judge_page(binding):
    """How many of the page's programs print what they say, and what is wrong with the others."""
    reasons = [(line, examples.run(binding, language, text)) for line, language, text in examples.of(binding)]
    wrong = [f"sql/languages/README.md:{line}: {reason}" for line, reason in reasons if reason]
    return f"{len(reasons) - len(wrong)}/{len(reasons)}" if reasons else "-", wrong


def show(*cells):
    print("{:<18} {:<12} {:<8} {:<6} {:<5} {}".format(*cells), flush=True)


def report(binding):
    """A line of the table, and what went wrong; returns whether nothing did."""
    began = time.monotonic()
    (version, of_sqlite, passed), wrong, known = judge(binding)
    page, wrong_page = judge_page(binding)
    show(binding.name, version, of_sqlite, passed, page, f"{time.monotonic() - began:.1f}")
    for line in wrong + wrong_page:
        print(f"  FAIL {line}", flush=True)
    for line in known:
        print(f"  as it must: {line}", flush=True)
    return not wrong and not wrong_page


def main(names):
    """How many bindings ran, and whether all is well. One that is not installed is skipped, and fails where LARDER_NO_SKIP is set."""
    ran, well = 0, True
    show("binding", "version", "SQLite", "steps", "page", "seconds")
    for binding in hosts.named(names):
        lack = binding.lacks()
        if not lack:
            ran += 1
            well = report(binding) and well
        elif "LARDER_NO_SKIP" in os.environ:
            well = False
            print(f"{binding.name:<18} FAIL {lack} is not installed", flush=True)
        else:
            print(f"{binding.name:<18} SKIP {lack} is not installed", flush=True)
    return ran, well


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:])[1] else 1)
