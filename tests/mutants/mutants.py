"""Breaks Larder in many places, one after the other, and looks whether a test notices. `make mutants` runs it.

    mutants.py [--seed N] [--count N] [--jobs N] [--quick] [--only REGEX]

A mutant that does not compile, or compiles to the same, is not counted. Those that a test has caught are remembered in
build/mutants/results.json; the others are tried again. survivors.txt says of those that nothing can catch why that is so; they are
not tried. Fails when another survives.
"""

import argparse
import hashlib
import json
import random
import re
import sys
import threading
from collections import Counter
from pathlib import Path

from places import mutants_of
from workplace import LONGEST, ROOT, STATIC, Workplace, in_order

FOLDERS = ("store", "cache", "ledger", "lease", "migration")
PLACE = ROOT / "build/mutants"
RESULTS, TIMES = PLACE / "results.json", PLACE / "times.json"
QUICK = 2  # seconds
SURVIVORS = Path(__file__).with_name("survivors.txt")


def sources():
    return [path for folder in FOLDERS for path in sorted((ROOT / "ext" / folder).rglob("*")) if path.suffix in (".cc", ".h")]


def all_mutants():
    return {file: list(mutants_of(file, (ROOT / file).read_bytes())) for file in (str(path.relative_to(ROOT)) for path in sources())}


def chosen(seed):
    """All, in the order in which they are tried: one of each file, then another of each. Among headers, which have a tenth of the code
    and of which some are in every file, one stands for ten. Which operator is chosen first, then where."""
    chance = random.Random(seed)
    left = {file: mutants for file, mutants in all_mutants().items() if mutants}
    while left:
        headers = [file for file in left if file.endswith(".h")]
        passed_over = set(chance.sample(headers, len(headers) * 9 // 10))
        for file in chance.sample(sorted(left), len(left)):
            if file in passed_over:
                continue
            operator = chance.choice(sorted({mutant.operator for mutant in left[file]}))
            mutant = chance.choice([mutant for mutant in left[file] if mutant.operator == operator])
            yield mutant
            left[file].remove(mutant)
            if not left[file]:
                del left[file]


def reasons():
    """Of survivors.txt: an indented reason below each name."""
    found, name = {}, None
    for line in SURVIVORS.read_text().splitlines():
        if line.startswith(" ") and name is not None:
            found[name] = f"{found[name]} {line.strip()}".strip()
        elif line and not line.startswith("#"):
            name = line.strip()
            found[name] = ""
    return found


class Memory:
    """What is known of earlier runs, by the text of the mutated file."""

    def __init__(self):
        self.results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        self.catches = Counter(result["by"] for result in self.results.values())
        self.lock = threading.Lock()

    @staticmethod
    def key(mutant, source):
        return hashlib.sha256(mutant.apply(source)).hexdigest()[:16]

    def get(self, mutant, source):
        result = self.results.get(self.key(mutant, source))
        return result if result and result["result"] != "survived" else None

    def put(self, mutant, source, result, by=""):
        with self.lock:
            self.catches[by] += 1
            kept = {"name": mutant.name, "line": mutant.line, "result": result, "by": by}
            self.results[self.key(mutant, source)] = kept
            RESULTS.write_text(json.dumps(self.results, indent=1))
        return kept


def times_of(workplace):
    """How long each test takes of the code as it is. One that does not pass then, or takes long, judges nothing."""
    times = json.loads(TIMES.read_text()) if TIMES.exists() else {}
    for test in workplace.tests:
        if test.name not in times:
            verdict, seconds = workplace.run(test, LONGEST)
            times[test.name] = seconds if verdict == "passed" else None
            TIMES.write_text(json.dumps(times, indent=1))
    names = {test.name for test in workplace.tests}
    judges = {name: times[name] for name in names if times[name] is not None}
    print(f"{len(judges)} tests judge; these do not:", *sorted(names - judges.keys()), flush=True)
    return judges


def fails(workplace, test, times):
    """Twice, so that no test is blamed that fails now and then. The machine may be busy."""
    limit = 30 + 10 * times[test.name]
    verdict, _ = workplace.run(test, limit)
    return verdict == "timeout" or (verdict != "passed" and workplace.run(test, limit)[0] != "passed")


def judged(workplace, times, mutant, catches):
    """Returns (what has become of it, the test that has caught it). It has been written into the workplace."""
    if not workplace.build("larder"):
        return "not compiled", ""
    if workplace.digest() == workplace.unchanged:
        return "the same", ""
    is_built = False
    for test in in_order([test for test in workplace.tests if test.name in times], times, mutant.file, catches):
        if test.is_static and not is_built:
            is_built = workplace.build("all")
            if not is_built:
                return "not compiled", ""
        if fails(workplace, test, times):
            return "caught", test.name
    return "survived", ""


class Run:
    """Mutants that are tried by several threads, until so many are counted."""

    def __init__(self, mutants, count):
        self.mutants, self.count = mutants, count
        self.memory, self.excused = Memory(), reasons()
        self.lock = threading.Lock()
        self.counted = []  # (mutant, result)

    def next(self):
        with self.lock:
            return next(self.mutants, None) if len(self.counted) < self.count else None

    def work(self, workplace, times):
        while mutant := self.next():
            source = (ROOT / mutant.file).read_bytes()
            result = self.memory.get(mutant, source) or self.tried(workplace, times, mutant, source)
            if result["result"] in ("not compiled", "the same"):
                continue
            with self.lock:
                self.counted.append((mutant, result))
            print(f"{mutant.file}:{mutant.line} {result['result']} {result['by']}\n  {mutant.before}\n  {mutant.after}", flush=True)

    def tried(self, workplace, times, mutant, source):
        if mutant.name in self.excused:
            return {"result": "excused", "by": ""}
        workplace.write(mutant.file, mutant.apply(source))
        try:
            return self.memory.put(mutant, source, *judged(workplace, times, mutant, self.memory.catches))
        finally:
            workplace.write(mutant.file, source)

    def report(self):
        """Prints the table; returns whether it is good."""
        for mutant, result in sorted(self.counted, key=lambda each: (each[0].file, each[0].line)):
            print(f"{mutant.file}:{mutant.line}\t{mutant.operator}\t{result['by'] or result['result']}")
        number = {kind: sum(result["result"] == kind for _, result in self.counted) for kind in ("caught", "survived", "excused")}
        for mutant, result in self.counted:
            if result["result"] == "survived":
                print(f"survived:\n{mutant.name}")
        tried = number["caught"] + number["survived"]
        print(f"{len(self.counted)} mutants: {number['caught']} caught, {number['excused']} excused, {number['survived']} survived")
        return tried > 0 and number["survived"] == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--count", type=int, default=140)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="only quick tests judge, and none that links all of Larder")
    parser.add_argument("--only", help="those whose name this regular expression finds")
    options = parser.parse_args()
    PLACE.mkdir(parents=True, exist_ok=True)
    print(f"seed {options.seed}")
    mutants = chosen(options.seed)
    if options.only:
        mutants = (mutant for mutant in mutants if re.search(options.only, mutant.name))
    workplaces = [Workplace(PLACE / f"work{number}") for number in range(options.jobs)]
    for workplace in workplaces:
        workplace.prepare()
    times = times_of(workplaces[0])
    if options.quick:
        times = {name: seconds for name, seconds in times.items() if seconds <= QUICK and not name.startswith(STATIC)}
    run = Run(mutants, options.count)
    threads = [threading.Thread(target=run.work, args=(workplace, times)) for workplace in workplaces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0 if run.report() else 1


if __name__ == "__main__":
    sys.exit(main())
