#!/usr/bin/env python3
"""The common script with those bindings that `.ci/deps test` installs. `make bindings` runs it with all."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "checker"), os.path.join(HERE, "..", "support")]
import run  # noqa: E402
from skipping import skip  # noqa: E402

if os.environ.get("LARDER_PRELOAD"):
    skip("other interpreters are not run under a sanitizer")
ran, well = run.main(run.IN_MAKE_TEST)
if not well:
    sys.exit(1)
if not ran:
    skip("none of these bindings is installed")
