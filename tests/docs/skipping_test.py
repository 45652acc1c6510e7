#!/usr/bin/env python3
"""A test that lacks what .ci/deps installs is skipped, and fails where LARDER_NO_SKIP is set; what no installing helps stays skipped."""

import os
import subprocess
import sys
import unittest

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support")


class Skipping(unittest.TestCase):
    def ending(self, need, **environment):
        command = [sys.executable, "-c", f"import bindings; bindings.FOLDER = '/nowhere'; {need}"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("LARDER_")}
        return subprocess.run(command, cwd=SUPPORT, env=known | environment, capture_output=True, check=False).returncode

    def test_what_is_missing(self):
        for need in ("bindings.need_python('apsw')", "bindings.need_node('better-sqlite3')", "bindings.lacks('it')"):
            with self.subTest(need):
                self.assertEqual(self.ending(need), 77)
                self.assertEqual(self.ending(need, LARDER_NO_SKIP="1"), 1)

    def test_what_cannot_be(self):
        self.assertEqual(self.ending("bindings.need_node('better-sqlite3')", LARDER_NO_SKIP="1", LARDER_PRELOAD="libasan.so"), 77)


if __name__ == "__main__":
    unittest.main()
