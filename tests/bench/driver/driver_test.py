#!/usr/bin/env python3
"""The benchmark's statistics, bars and pages on made-up lines, and what the driver does without a program or a server."""

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import callgrind
import page
import peers
import runner
import servers
import size
from bars import BARS, Bar, bar_for
from ratios import OK, OVER, SHOWN, UNDECIDED, peer_results, results, verdict
from stories import STORIES, Story, compared, duration, peer


def line(side, number, value, *, workload="5", metric="median_us", value_bytes=4096, **more):
    return {"workload": workload, "name": "made up", "value_bytes": value_bytes, "side": side, "round": number, metric: value,
            **more}  # fmt: skip


def lines(larder, hand, **more):
    """Lines of as many rounds as there are numbers, hand first in each."""
    pairs = enumerate(zip(larder, hand))
    return [made for i, (a, b) in pairs for made in (line("hand", i, b, **more), line("larder", i, a, **more))]


class Ratios(unittest.TestCase):
    def only(self, made):
        (result,) = results(made)
        return result

    def test_each_round_has_a_ratio(self):
        result = self.only(lines([1, 9, 4], [2, 10, 10]))
        self.assertEqual(result.ratios, (0.5, 0.9, 0.4))
        self.assertEqual((result.larder, result.other, result.against), (4, 10, "hand"))

    def test_rounds_are_paired_by_their_number_not_by_their_order(self):
        made = lines([1, 9, 4], [2, 10, 10])
        self.assertEqual(self.only(made[::-1]).ratios, (0.5, 0.9, 0.4))

    def test_a_round_that_one_side_lacks_has_no_ratio(self):
        made = [*lines([1, 1], [2, 4]), line("larder", 2, 7)]
        self.assertEqual(self.only(made).ratios, (0.5, 0.25))

    def test_one_side_alone_is_shown_without_ratio(self):
        result = self.only([line("larder", 0, 7)])
        self.assertEqual((result.larder, result.other, result.against, result.ratios, result.verdict), (7, None, None, (), SHOWN))

    def test_each_other_side_has_a_result_and_a_bar_of_its_own(self):
        more = {"workload": "21a", "value_bytes": 100}
        made = [*lines([3], [6], **more), line("diskcache", 0, 12, **more)]
        found = [(result.against, result.ratios, result.bar.limit) for result in results(made)]
        self.assertEqual(found, [("diskcache", (0.25,), 0.5), ("hand", (0.5,), 0.8)])

    def test_value_sizes_names_and_rows_are_kept_apart(self):
        made = [
            *lines([1], [2], value_bytes=100),
            *lines([1], [4], value_bytes=4096),
            *lines([1], [8], workload="12", rows=10_000),
            *lines([1], [16], workload="12", rows=100_000),
        ]
        self.assertEqual([result.ratios for result in results(made)], [(0.5,), (0.25,), (0.125,), (0.0625,)])

    def test_workloads_are_in_the_order_of_their_numbers(self):
        made = [made for workload in ("10", "9b", "9a", "2") for made in lines([1], [1], workload=workload, metric="seconds")]
        self.assertEqual([result.key.workload for result in results(made)], ["2", "9a", "9b", "10"])

    def test_a_peers_lines_are_no_result(self):
        self.assertEqual(results([line("LMDB", 0, 1, workload="get")]), [])


class Verdicts(unittest.TestCase):
    def test_at_most(self):
        bar = Bar("5", "median_us", 0.6)
        self.assertEqual(verdict((0.5, 0.6), bar), OK)
        self.assertEqual(verdict((0.61, 0.9), bar), OVER)
        self.assertEqual(verdict((0.5, 0.61), bar), UNDECIDED)
        self.assertEqual(verdict((0.9, 0.5, 0.55, 0.6), bar), OK)  # the middle half
        self.assertEqual(verdict((0.61, 0.5, 0.55, 0.9), bar), UNDECIDED)
        self.assertEqual(verdict((), bar), SHOWN)
        self.assertEqual(verdict((0.5,), None), SHOWN)

    def test_at_least(self):
        bar = Bar("11", "writes_per_second", 1.0, at_least=True)
        self.assertEqual(verdict((1.0, 1.2), bar), OK)
        self.assertEqual(verdict((0.9, 0.99), bar), OVER)
        self.assertEqual(verdict((0.99, 1.0), bar), UNDECIDED)

    def test_an_absolute_bar_judges_larders_own_numbers(self):
        (result,) = results(lines([15, 19], [3000, 3100], workload="10", metric="longest_wait_ms"))
        self.assertEqual((result.judged, result.verdict), ((15, 19), OK))

    def test_a_ratios_bar_does_not(self):
        (result,) = results(lines([15, 19], [100, 100], workload="11", metric="longest_wait_ms"))
        self.assertEqual((result.judged, result.verdict), ((0.15, 0.19), OVER))

    def test_frames_of_a_large_value_are_not_judged(self):
        for value_bytes, expected in ((100, ["frames", "median_us"]), (4096, ["median_us"])):
            made = lines([1], [2], value_bytes=value_bytes, frames=1.0)
            self.assertEqual(sorted(result.key.metric for result in results(made)), expected)


class Bars(unittest.TestCase):
    def test_each_number_has_one_bar(self):
        keys = [(bar.workload, bar.metric, bar.value_bytes, bar.against) for bar in BARS]
        self.assertEqual(len(keys), len(set(keys)))

    def test_a_bar_is_found_by_all_of_the_workload(self):
        self.assertEqual(bar_for("4", "median_us", 100).limit, 1.15)
        self.assertEqual(bar_for("4r", "median_us", 100).limit, 0.15)
        self.assertEqual(bar_for("21a", "median_us", 100, "diskcache").limit, 0.5)
        self.assertIsNone(bar_for("13", "median_us", 100))
        self.assertEqual(bar_for("20a", "median_us", 0, None).limit, 80)  # compared with nobody
        self.assertIsNone(bar_for("12", "median_us", 100))


class Peers(unittest.TestCase):
    def test_medians_of_the_rounds_and_the_longest_of_all(self):
        made = [line("LMDB", i, time, workload="get", value_bytes=100) for i, time in enumerate((3, 1, 2))]
        made += [line("LMDB", i, 5, workload="mix", metric="p99_set_ms", longest_set_ms=time) for i, time in enumerate((7, 9))]
        (peer,) = peer_results(made)
        self.assertEqual((peer.name, peer.operations), ("LMDB", {("get", 100): 2}))
        self.assertEqual((peer.p99_set_ms, peer.longest_set_ms), (5, 9))


class Pages(unittest.TestCase):
    STORY = Story("do it", (("Larder", compared("5")), ("SQL", compared("5", "hand")), ("Redis", peer("Redis", "set"))))

    def numbers(self, made):
        return self.STORY.numbers(results(made), peer_results(made))

    def test_a_story_has_what_was_measured(self):
        made = lines([4], [2], value_bytes=100)
        self.assertEqual(self.numbers(made), [("Larder", 4), ("SQL", 2)])
        made.append(line("Redis", 0, 60, workload="set", value_bytes=100))
        self.assertEqual(self.numbers(made), [("Larder", 4), ("SQL", 2), ("Redis", 60)])

    def test_a_story_without_larder_or_without_others_is_none(self):
        self.assertEqual(self.numbers([line("hand", 0, 2, value_bytes=100)]), [])
        self.assertEqual(self.numbers([line("larder", 0, 2, value_bytes=100)]), [])

    def test_what_is_faster_than_larder_is_bold(self):
        with mock.patch.object(page, "STORIES", [self.STORY]):
            made = [*lines([4], [2], value_bytes=100), line("Redis", 0, 60, workload="set", value_bytes=100)]
            text = page.stories_table(results(made), peer_results(made))
        self.assertIn("**SQL: 2.0 µs**; Redis: 60 µs", text)

    def test_every_story_is_of_a_bar(self):
        """So that a workload which is renamed is not lost without a word."""
        workloads = {bar.workload for bar in BARS}
        text = (Path(__file__).parent / "stories.py").read_text()
        named = set(re.findall(r'(?:compared|against_hand)\("(\w+)"', text))
        self.assertLessEqual(named, workloads)
        self.assertGreaterEqual(len(STORIES), 8)

    def test_durations(self):
        found = [duration(number) for number in (0.354, 9.96, 26.4, 999, 1000, 43_210, 2_186_000)]
        self.assertEqual(found, ["0.4 µs", "10 µs", "26 µs", "999 µs", "1.0 ms", "43 ms", "2.2 s"])

    def test_a_page_is_filled_between_its_comments_again_and_again(self):
        text = "before\n<!-- a -->\nold\n<!-- end -->\nbetween\n<!-- b -->\n<!-- end -->\n"
        filled = page.filled(text, {"a": "1", "b": "2"})
        self.assertEqual(filled, "before\n<!-- a -->\n\n1\n\n<!-- end -->\nbetween\n<!-- b -->\n\n2\n\n<!-- end -->\n")
        self.assertEqual(page.filled(filled, {"a": "1", "b": "2"}), filled)

    def test_the_benchmarks_page_has_all_parts(self):
        text = (Path(__file__).parents[1] / "README.md").read_text()
        for name in ("machine", "stories", "results", "growth", "peers"):
            self.assertIn(f"<!-- {name} -->", text)


class Running(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.stderr = io.StringIO()
        redirected = contextlib.redirect_stderr(self.stderr)
        redirected.__enter__()
        self.addCleanup(redirected.__exit__, None, None, None)

    def run_python(self, program):
        return runner.run([sys.executable, "-c", program], self.folder)

    def test_lines_of_json_are_read_and_others_passed_on(self):
        found = self.run_python("print('a heading'); print('{\"workload\": \"8a\", \"side\": \"hand\", \"seconds\": 2}')")
        self.assertEqual(found, [{"workload": "8a", "side": "hand", "seconds": 2, "value_bytes": 0, "round": 0}])
        self.assertIn("a heading", self.stderr.getvalue())

    def test_a_program_that_is_not_there_is_skipped(self):
        self.assertEqual(runner.run([f"{self.folder}/larder_peer_lmdb"], self.folder), [])
        self.assertIn("skipped", self.stderr.getvalue())

    def test_a_peer_whose_package_is_missing_is_skipped(self):
        self.assertEqual(self.run_python(f"raise SystemExit({runner.NOT_INSTALLED})"), [])

    def test_a_peers_program_says_which_package_is_missing(self):
        path = Path(self.folder, "redis.py")
        path.write_text("raise ImportError('no redis here')")
        peer = next(peer for peer in peers.PEERS if peer.program == "redis_py")
        with mock.patch.dict(os.environ, PYTHONPATH=self.folder):
            self.assertEqual(runner.run([*peer.command(Path(), Path()), "--place", self.folder], self.folder), [])

    def test_a_peer_whose_server_is_missing_is_skipped(self):
        peer = peers.Peer("python", "redis_py", "redis-server")
        with mock.patch.dict(os.environ, PATH=self.folder):
            self.assertEqual(peers.measure(peer, ["must-not-run"], [], self.folder), [])
        self.assertIn("skipped: redis-server", self.stderr.getvalue())

    def test_the_size_is_that_of_a_stripped_copy(self):
        (found,) = size.measure(sys.executable, self.folder)
        self.assertLessEqual(found["megabytes"] * 1e6, os.path.getsize(sys.executable))
        with self.assertRaises(runner.Failed):
            size.measure(f"{self.folder}/nothing", self.folder)
        with mock.patch.dict(os.environ, PATH=self.folder):
            self.assertEqual(size.measure(sys.executable, self.folder), [])

    def test_a_program_that_fails_is_said_to(self):
        with self.assertRaises(runner.Failed):
            self.run_python("raise SystemExit(1)")

    def test_a_program_is_ended_when_its_lines_cannot_be_read(self):
        with self.assertRaises(ValueError):
            self.run_python("import time; print('{', flush=True); time.sleep(60)")

    def test_a_server_that_does_not_start_is_said_to(self):
        with mock.patch.dict(servers.COMMANDS, {"false": lambda path: ["false"]}), self.assertRaises(RuntimeError):
            with servers.running("false", self.folder):
                pass

    def test_a_server_is_ended_whatever_happens(self):
        program = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); s.accept(); s.accept()"
        command = {"made-up": lambda path: [sys.executable, "-c", program, path]}
        with mock.patch.dict(servers.COMMANDS, command), mock.patch.object(servers, "end", wraps=servers.end) as end:
            with self.assertRaises(KeyboardInterrupt), servers.running("made-up", self.folder):
                raise KeyboardInterrupt
        self.assertIsNotNone(end.call_args.args[0].returncode)


class Callgrind(unittest.TestCase):
    STDERR = "==7== Events    : Ir\n==7== Collected : 5000\n"

    def test_instructions_of_one_operation(self):
        stdout = json.dumps({"workload": "2", "side": "hand", "operations": 2000})
        self.assertEqual(callgrind.parse("2", "hand", stdout, self.STDERR)["instructions"], 2.5)

    def test_without_a_number_it_fails(self):
        with self.assertRaises(runner.Failed):
            callgrind.parse("2", "hand", "", self.STDERR)


if __name__ == "__main__":
    unittest.main()
