#!/usr/bin/env python3
"""bench.py: runs Larder's benchmark and that of its peers, and shows what came out as tables, a JSON file and a plot.

    bench.py --build build/release --json build/bench/results.json --plot build/bench/plot.svg
    bench.py --build build/release --only peers --quick
    bench.py --from build/bench/results.json --plot plot.svg     draws again what was measured before
    bench.py --from build/bench/results.json --publish           brings results.json, plot.svg and README.md up to date

What is not built or not installed is skipped with a line on stderr. Exits with 1 if a program failed; the bars are no tests.
"""

import argparse
import json
import shlex
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import callgrind
import machine
import page
import peers
import ratios
import size
import table
from runner import Failed, run, say

PAGES = Path(__file__).resolve().parents[1]
QUICK_PEERS = ("--keys", "2000", "--rounds", "2")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build/release"), help="CMake's folder (build/release)")
    parser.add_argument("--larder", help="the extension (larder.so in that folder)")
    parser.add_argument("--modules", type=Path, default=Path("build/bench-node"), help="where npm installed keyv")
    parser.add_argument("--only", nargs="+", choices=("bench", "contention", "queue", "opening", "peers"), help="instead of all")
    parser.add_argument("--run", action="append", metavar="COMMAND", help="a program to run instead of them; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer keys and rounds, two or three minutes")
    parser.add_argument("--callgrind", action="store_true", help="also count instructions with valgrind")
    parser.add_argument("--from", dest="earlier", type=Path, metavar="JSON", help="measure nothing, read this file")
    parser.add_argument("--json", type=Path, help="write everything there")
    parser.add_argument("--plot", type=Path, help="draw an SVG file there")
    parser.add_argument("--publish", action="store_true", help="write everything to where the repository shows it")
    options = parser.parse_args(arguments)
    if options.publish:
        options.json, options.plot = PAGES / "results.json", PAGES / "plot.svg"
    options.larder = str(Path(options.larder or options.build / "larder.so").resolve())
    return options


class Measuring:
    """Collects the lines of all programs. One that fails does not keep the others from running."""

    def __init__(self):
        self.lines = []
        self.instructions = []
        self.failed = False

    def add(self, lines, measure, *arguments):
        try:
            lines.extend(measure(*arguments))
        except (Failed, RuntimeError, OSError, ValueError) as error:
            say(f"bench.py: {error}")
            self.failed = True


def programs(options):
    """What compares Larder with hand-written SQL."""
    if options.run:
        return [shlex.split(command) for command in options.run]
    tests, larder = options.build / "tests", options.larder
    commands = {
        "bench": [str(tests / "larder_bench"), larder, *(["--quick"] if options.quick else [])],
        "contention": [str(tests / "larder_contention"), larder, *(["1"] if options.quick else [])],
        "queue": [str(tests / "larder_queue"), larder, *(["10000"] if options.quick else [])],
        "opening": [str(tests / "larder_opening"), larder, *(["4"] if options.quick else [])],
    }
    return [command for name, command in commands.items() if name in (options.only or commands)]


def measure(options, scratch):
    measuring = Measuring()
    for command in programs(options):
        measuring.add(measuring.lines, run, command, scratch)
    if not options.run and "opening" in (options.only or ["opening"]):
        measuring.add(measuring.lines, size.measure, options.larder, scratch)
    if not options.run and "peers" in (options.only or ["peers"]):
        given = ["--larder", options.larder, *(QUICK_PEERS if options.quick else ())]
        for peer in peers.PEERS:
            command = peer.command(options.build, options.modules)
            measuring.add(measuring.lines, peers.measure, peer, command, given, scratch)
    if options.callgrind:
        program = str(options.build / "tests" / "larder_bench")
        measuring.add(measuring.instructions, callgrind.measure, program, options.larder, scratch)
    return measuring


def as_json(results):
    return [
        {**asdict(result.key), "larder": result.larder, "other": result.other, "against": result.against, "ratios": result.ratios,
         "bar": result.bar and result.bar.limit, "verdict": result.verdict}
        for result in results
    ]  # fmt: skip


def write(path, content):
    """JSON, a line for each of what a list holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [f"{json.dumps(name)}: {lines_of(value)}" for name, value in content.items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n")


def lines_of(value):
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"


def show(content, results, peer_results):
    tables = (
        table.results_table(results),
        table.growth_table(results),
        table.instructions_table(content["instructions"]),
        table.peers_table(peer_results),
    )
    print(machine.one_line(content["machine"]), *filter(None, tables), sep="\n\n")


def main(arguments):
    options = parse(arguments)
    failed = False
    if options.earlier:
        content = json.loads(options.earlier.read_text())
    else:
        described = machine.describe(options.build)
        with tempfile.TemporaryDirectory(prefix="larder-bench-") as scratch:
            measuring = measure(options, scratch)
        failed = measuring.failed
        content = {"machine": described, "lines": measuring.lines, "instructions": measuring.instructions}
    results, peer_results = ratios.results(content["lines"]), ratios.peer_results(content["lines"])
    show(content, results, peer_results)
    if options.json:
        write(options.json, {**content, "results": as_json(results)})
    if options.plot:
        import plot  # only here: matplotlib takes its time

        options.plot.parent.mkdir(parents=True, exist_ok=True)
        plot.draw(results, peer_results, options.plot)
    if options.publish:
        readme = PAGES / "README.md"
        readme.write_text(page.filled(readme.read_text(), page.parts(content, results, peer_results)))
    return 1 if failed else 0


if __name__ == "__main__":
    # So that servers and scratch folders are cleaned up then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
