"""What `.ci/deps cluster` installs. A test is skipped where it is not there."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from skipping import skip  # noqa: E402

BUILD = os.path.realpath(os.path.join(HERE, "..", "..", "build", "cluster"))
GO_PATH = "/usr/share/gocode"  # where Debian puts the sources of Go packages


def dqlite():
    """The path of the program of dqlite/, which is built here."""
    if os.environ.get("LARDER_PRELOAD"):
        skip("Go is not run under a sanitizer")
    needed = [shutil.which("go"), *map(os.path.exists, ["/usr/include/dqlite.h", f"{GO_PATH}/src/github.com/canonical/go-dqlite"])]
    if not all(needed):
        skip("there is no Go, or no dqlite for it: .ci/deps cluster installs them")
    program = os.path.join(BUILD, "dqlite")
    environment = dict(os.environ, GO111MODULE="off", GOPATH=GO_PATH, GOCACHE=os.path.join(BUILD, "go"), GOTOOLCHAIN="local")
    subprocess.run(["go", "build", "-tags", "nosqlite3", "-o", program, "."], cwd=os.path.join(HERE, "dqlite"), env=environment, check=True)
    return program


def litestream():
    program = os.path.join(BUILD, "python", "bin", "litestream")
    if not os.path.exists(program):
        skip(f"there is no {program}: .ci/deps cluster installs it")
    return program
