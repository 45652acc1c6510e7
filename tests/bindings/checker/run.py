#!/usr/bin/env python3
"""Runs the common script with the bindings named, or with all, and prints a table. LARDER is the extension under test."""

import os
import sys
import time

import hosts
import script
from driver import Broken

STEPS = len(script.STEPS)


def judge(binding):
    """The cells of the table, what went wrong, and what was expected to."""
    began = time.monotonic()
    try:
        version, of_sqlite, outcome = script.run(binding)
    except Broken as error:
        return ["?", "?", f"0/{STEPS}", time.monotonic() - began], [str(error)], []
    failed = {step: reason for step, reason in outcome.items() if reason}
    wrong = [f"{step}: {reason}" for step, reason in failed.items() if step not in binding.deviations]
    wrong += [f"{step} passes: take it out of the deviations" for step in binding.deviations if step not in failed]
    known = [f"{step}: {reason}" for step, reason in binding.deviations.items() if step in failed]
    return [version, of_sqlite, f"{STEPS - len(failed)}/{STEPS}", time.monotonic() - began], wrong, known


def main(names):
    """Whether all is well. A binding that is not installed is skipped, and a failure where LARDER_NO_SKIP is set."""
    well, ran = True, 0
    print(f"{'binding':<18} {'version':<14} {'SQLite':<8} {'steps':<6} seconds", flush=True)
    for binding in hosts.named(names):
        lack = binding.lacks()
        if lack:
            print(f"{binding.name:<18} {'FAIL' if 'LARDER_NO_SKIP' in os.environ else 'SKIP'} {lack}", flush=True)
            well = well and "LARDER_NO_SKIP" not in os.environ
            continue
        (version, of_sqlite, passed, seconds), wrong, known = judge(binding)
        print(f"{binding.name:<18} {version:<14} {of_sqlite:<8} {passed:<6} {seconds:.1f}", flush=True)
        for line in wrong:
            print(f"  FAIL {line}")
        for line in known:
            print(f"  as it must: {line}")
        ran, well = ran + 1, well and not wrong
    return well, ran


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:])[0] else 1)
