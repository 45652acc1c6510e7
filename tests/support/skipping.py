"""Ending a test that cannot run."""

import os
import sys


def skip(reason):
    """Where this machine cannot run the test, whatever is installed. CTest counts what ends with 77 as not run."""
    print(f"SKIP {reason}")
    sys.exit(77)


def lacks(reason):
    """Where something is missing that `.ci/deps test` would have installed. Continuous integration, which sets LARDER_NO_SKIP, is to have
    all of it: a test that silently does not run proves nothing."""
    if "LARDER_NO_SKIP" in os.environ:
        sys.exit(f"FAIL {reason}")
    skip(reason)
