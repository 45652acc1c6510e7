"""The examples of the package's page run as they stand, each in an empty folder, and print what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sqlite_larder import dbapi

PAGE = Path(__file__).resolve().parents[3] / "ext" / "packages" / "python" / "README.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)


def said(example):
    """What an example says that it prints: the comments behind print()."""
    return "".join(f"{line}\n" for line in re.findall(r"print\(.*\)    # (.*)$", example, re.M))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[-1].strip()[:20])
def test_it_prints_what_it_says(example, tmp_path):
    if "import sqlite3" in example and dbapi.__name__ != "sqlite3":
        example = example.replace("import sqlite3", "import pysqlite3 as sqlite3")
    done = subprocess.run([sys.executable, "-bb", "-W", "error", "-c", example], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (said(example), "")


def test_each_example_prints_something():
    assert len(EXAMPLES) == 3 and all(map(said, EXAMPLES))
