#!/usr/bin/env python3
"""What runs the common script notices what is wrong: a script that says something else than Larder does, drivers that fail."""

import os
import sys
import unittest
from dataclasses import replace
from unittest import mock

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "checker"), os.path.join(HERE, "..", "support")]
from skipping import skip  # noqa: E402

if os.environ.get("LARDER_PRELOAD"):
    skip("the drivers are not run under a sanitizer")

import examples  # noqa: E402
import hosts  # noqa: E402
import run  # noqa: E402
import script  # noqa: E402
from driver import decode, encode  # noqa: E402

PYTHON = hosts.system_python("python", "default")

RIGHT = (
    {"sql": "SELECT ?, 1.0, 'é', x'00ff', NULL", "values": [1], "rows": [[1, 1.0, "é", {"blob": "00ff"}, None]]},
    {"sql": "SELECT 1 WHERE 0", "rows": []},
    {"sql": "SELECT cache_incr('k', 'x')", "error": "delta must be a number"},
    {"sql": "SELECT '{\"a\": 1, \"b\": 2}'", "rows": [[{"json": {"a": 1}}]]},
    {"sql": "SELECT ? + 1", "values": [{"plain": 41}], "rows": [[42]]},
)

WRONG = (
    {"sql": "SELECT 1", "rows": [[2]]},
    {"sql": "SELECT 1", "rows": [[1.0]]},
    {"sql": "SELECT 1", "rows": [["1"]]},
    {"sql": "SELECT 'a'", "rows": [[{"blob": "61"}]]},
    {"sql": "SELECT NULL", "rows": [[""]]},
    {"sql": "SELECT 1", "rows": []},
    {"sql": "SELECT 1", "rows": [[1], [1]]},
    {"sql": "SELECT 1, 2", "rows": [[1]]},
    {"sql": "SELECT 1", "error": "an error"},
    {"sql": "SELECT no_such_function()", "rows": [[1]]},
    {"sql": "SELECT no_such_function()", "error": "another error"},
    {"sql": "SELECT '{\"a\": 1}'", "rows": [[{"json": {"a": 2}}]]},
    {"sql": "SELECT NULL", "rows": [[{"json": {"a": 2}}]], "keep": "job"},
    {"sql": "SELECT '{'", "rows": [[{"json": {"a": 2}}]], "keep": "job"},
    {"sql": "SELECT ?", "values": [{"kept": "job.a"}], "rows": [[2]]},
)


def judged(*calls, binding=PYTHON):
    """The table's cell, what went wrong, and what had to, of a script of those calls, a step each."""
    steps = [{"step": f"step {number}", "calls": [call]} for number, call in enumerate(calls)]
    with mock.patch.multiple(script, STEPS=steps), mock.patch.object(run, "STEPS", len(steps)):
        (_, _, passed), wrong, known = run.judge(binding)
    return passed, wrong, known


class Checker(unittest.TestCase):
    def test_what_is_right_passes(self):
        self.assertEqual(judged(*RIGHT), (f"{len(RIGHT)}/{len(RIGHT)}", [], []))

    def test_what_is_wrong_fails(self):
        passed, wrong, _ = judged(*WRONG)
        self.assertEqual((passed, len(wrong)), (f"0/{len(WRONG)}", len(WRONG)), wrong)

    def test_types_that_a_language_does_not_tell_apart(self):
        texts = replace(PYTHON, alike=hosts.ALL_IS_TEXT)
        rows = [[1, 0.5, "a", "b"]]
        right = {"sql": "SELECT '1', '0.5', x'61', 'b'", "rows": rows}
        self.assertEqual(judged(right, binding=texts)[0], "1/1")
        self.assertEqual(judged(right)[0], "0/1")
        for others in ("'2', '0.5', x'61', 'b'", "'1', '0.25', x'61', 'b'", "'1', '0.5', x'62', 'b'", "'1', '0.5', 'a', NULL"):
            self.assertEqual(judged({"sql": f"SELECT {others}", "rows": rows}, binding=texts)[0], "0/1", others)

    def test_a_deviation_must_be_one(self):
        deviating = replace(PYTHON, deviations={"step 0": "the reason"})
        self.assertEqual(judged(WRONG[0], binding=deviating), ("0/1", [], ["step 0: the reason"]))
        self.assertEqual(judged(RIGHT[0], binding=deviating)[1], ["step 0 passes: take it out of the deviations"])

    def test_a_driver_that_dies_or_says_nothing_of_use(self):
        for command in (("false",), ("/usr/bin/python3", "-c", "raise SystemExit('the reason')"), ("echo", "hello")):
            passed, wrong, _ = judged(RIGHT[0], binding=replace(PYTHON, command=command))
            self.assertEqual((passed, len(wrong)), ("0/1", 1))

    def test_a_binding_that_does_not_refuse(self):
        says = replace(PYTHON, command=("echo", "not authorized"), refuses="not authorized")
        self.assertEqual(run.judge(says)[1], [])
        self.assertEqual(run.judge(replace(says, command=("echo", "loaded")))[1], ["it says loaded, not not authorized"])

    def test_what_is_not_installed(self):
        with mock.patch.object(hosts, "VERSIONS", [("python", "1", "pip", "no-such-package")]), mock.patch("builtins.print"):
            with mock.patch.dict(os.environ):
                os.environ.pop("LARDER_NO_SKIP", None)
                self.assertEqual(run.main(["python"]), (0, True))
            with mock.patch.dict(os.environ, LARDER_NO_SKIP="1"):
                self.assertEqual(run.main(["python"]), (0, False))

    def test_values_go_and_come(self):
        for value in (None, 0, -2**63, 0.1, 1e300, float("inf"), "", "é🧊\0", b"", b"\0\xff"):
            self.assertEqual(decode(encode(value)), value)

    def test_a_program_of_the_page(self):
        for text, well in (("print(1)  # -> 1\nprint('a b')  # -> a b", True), ("print(1)  # -> 2", False), ("print(1)", False),
                           ("print(1)  # -> 1\nraise SystemExit(1)", False), ("pass  # -> 1", False)):
            self.assertEqual(examples.run(PYTHON, "python", text) is None, well, text)

    def test_each_program_of_the_page_has_its_binding_and_says_something(self):
        named = [name for _, _, names, _ in examples.blocks() for name in names]
        able = {binding.name for binding in hosts.BINDINGS if not binding.refuses}
        self.assertEqual(able - set(named), {"python-autocommit", "pysqlite3"})
        self.assertLessEqual(set(named), able)
        self.assertEqual([line for line, _, _, text in examples.blocks() if not examples.shown(text)], [])
        self.assertEqual(examples.PAGE.read_text(encoding="utf-8").count("\n```\n"), len(examples.blocks()))

    def test_make_test_installs_what_it_runs(self):
        with open(os.path.join(HERE, "..", "..", ".ci", "deps"), encoding="utf-8") as file:
            self.assertIn(f"\nbindings=({' '.join(run.IN_MAKE_TEST)})\n", file.read())

    def test_every_binding_has_its_versions(self):
        self.assertEqual({binding.name for binding in hosts.BINDINGS}, {name for name, *_ in hosts.VERSIONS if "/" not in name})


if __name__ == "__main__":
    unittest.main()
