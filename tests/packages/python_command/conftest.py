"""What the tests of the command share: a folder to work in, larder as a process, and SQL beside it."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_larder import connect

LARDER = [sys.executable, "-m", "sqlite_larder.command"]
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 20.0  # seconds, for what must happen sooner or later


def wait_until(condition: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def lives(pid: int) -> bool:
    """Whether a process is there; a zombie is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Folder:
    """Where a test works, with app.db in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.started: list[subprocess.Popen[bytes]] = []

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([*LARDER, *arguments], cwd=self.path, **options)
        self.started.append(process)
        return process

    def larder(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs it to its end. Whatever happens, no traceback is shown."""
        done = subprocess.run([*LARDER, *arguments], cwd=self.path, text=True, capture_output=True, timeout=60, **options)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def succeed(self, *arguments: str, **options: Any) -> str:
        done = self.larder(*arguments, **options)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def sql(self, statement: str, *parameters: Any) -> list[Any]:
        connection = connect(self.path / "app.db")
        try:
            return connection.execute(statement, parameters).fetchall()
        finally:
            connection.close()

    def run_of(self, job: str) -> Any:
        """Status and error of the latest run."""
        return self.sql("SELECT status, error FROM kv_run WHERE job = ? ORDER BY id DESC LIMIT 1", job)[0]

    def script(self, name: str, text: str) -> str:
        path = self.path / name
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o755)
        return f"./{name}"

    def pid_in(self, name: str) -> int:
        """The process id that a script writes into a file with a line's end behind it."""
        path = self.path / name
        return int(wait_until(lambda: path.exists() and path.read_text().endswith("\n") and path.read_text()))


class Terminal:
    """A terminal, and what has been shown on it."""

    def __init__(self, folder, *arguments):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(folder.path)
            os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execv(LARDER[0], [*LARDER, *arguments])
        self.shown = ""

    def read_until(self, text):
        end = time.monotonic() + PATIENCE
        while text not in ESCAPE.sub("", self.shown):
            assert time.monotonic() < end, self.shown
            if select.select([self.descriptor], [], [], 0.1)[0]:
                self.shown += os.read(self.descriptor, 65536).decode()

    def end(self):
        while True:
            try:
                self.shown += os.read(self.descriptor, 65536).decode()
            except OSError:  # how a pseudo terminal says that nobody is there any more
                break
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path)
    yield folder
    for process in folder.started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LARDER_BARE", "LARDER_JOIN", "LARDER_NO_FILES"):
        monkeypatch.delenv(name, raising=False)
