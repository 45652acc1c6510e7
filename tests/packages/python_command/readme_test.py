"""What the package's page says of the command: its examples run as they stand, and its exit codes are those that there are.

An example is a block of shell commands, run in an empty folder. A comment behind a command is a line that it prints; more lines
stand below it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LARDER
from sqlite_larder.command.failure import Exit

PAGE = Path(__file__).resolve().parents[3] / "ext" / "packages" / "python" / "README.md"
SECTION = re.search(r"^## The command\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)[1]
EXAMPLES = re.findall(r"^```sh\n(.*?)^```$", SECTION, re.M | re.S)


def said(example):
    return re.findall(r"(?:^| {2,})# (.*)$", example, re.M)


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_prints_what_it_says(folder, monkeypatch, example):
    (folder / "bin").mkdir()
    folder.script("bin/larder", f'exec {" ".join(LARDER)} "$@"')
    (folder / "bin" / "python3").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder / "bin"), os.environ["PATH"]]))
    done = subprocess.run(["sh", "-euc", example], cwd=folder.path, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()) == (0, said(example)), done.stderr


def test_each_example_prints_something():
    assert len(EXAMPLES) == 3 and all(map(said, EXAMPLES))


def test_the_exit_codes():
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", SECTION, re.M)
    assert rows == [(str(code.value), code.meaning) for code in Exit]


def test_the_commands_and_their_options(folder):
    known = folder.succeed("--help")
    for command in re.findall(r"^\| `larder ([a-z-]+) ", SECTION, re.M):
        assert re.search(rf"^  {command} ", known, re.M)
        known += folder.succeed(command, "--help")
    assert set(re.findall(r"--[a-z][a-z-]+", re.sub(r"^```.*?^```$", "", SECTION, flags=re.M | re.S))) <= set(
        re.findall(r"--[a-z][a-z-]+", known)
    )
