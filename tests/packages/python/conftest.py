"""What the tests of the Python package share. They use the package that is installed, as its users do."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

import sqlite_larder
from sqlite_larder import Store


def pytest_report_header():
    return f"sqlite_larder: {sqlite_larder.__file__}, on {sqlite_larder.dbapi.__name__} {sqlite_larder.dbapi.sqlite_version}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.db"


@pytest.fixture
def store(path):
    with Store(path) as store:
        yield store


@pytest.fixture
def clock(store):
    """Sets the clock of this thread's connection."""
    return lambda moment: store.connection.execute("SELECT kv_clock(?)", (moment,)).fetchone()


@pytest.fixture
def rows(store):
    """All rows that a statement answers."""
    return lambda sql, *parameters: store.connection.execute(sql, parameters).fetchall()


@pytest.fixture
def program(path):
    """Starts a program of its own, with `path` in it; what still runs at the end of the test is killed."""
    started = []

    def start(code):
        code = f"from sqlite_larder import *\npath = {str(path)!r}\n" + textwrap.dedent(code)
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until(condition, seconds=20):
    """What it answers as soon as that is true; a test that waits in vain fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def exit_code(child):
    """That of a forked child, which is killed when it does not end."""

    def ended():
        pid, status = os.waitpid(child, os.WNOHANG)
        return pid and (os.waitstatus_to_exitcode(status),)

    try:
        return wait_until(ended)[0]
    except AssertionError:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
