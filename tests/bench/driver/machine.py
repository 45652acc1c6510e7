"""What the numbers were measured on."""

import os
import platform
import re
import sqlite3
import subprocess
from datetime import datetime, timezone
from pathlib import Path


def describe(build):
    """A dict for the results' file. `build` is CMake's folder. To be called before anything is measured: the load average
    should tell of others."""
    return {
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "kernel": f"{platform.system()} {platform.release()}",
        "sqlite": sqlite3.sqlite_version,
        "compiler": compiler(build),
        "python": platform.python_version(),
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def first_match(pattern, path):
    try:
        found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    except OSError:
        return None
    return found and found[1]


def cpu():
    return first_match(r"^model name\s*:\s*(.*)$", "/proc/cpuinfo") or platform.processor() or platform.machine()


def compiler(build):
    path = first_match(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", Path(build) / "CMakeCache.txt")
    if path is None:
        return None
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def in_words(machine):
    """For a page: what matters to a reader."""
    date = datetime.fromisoformat(machine["date"])
    return f"{machine['cpu']}, {machine['cores']} cores, Linux, SQLite {machine['sqlite']}, {date.day} {date:%B %Y}"


def one_line(machine):
    return "{cpu}, {cores} cores, {kernel}, SQLite {sqlite}, {compiler}, {date}, load {load_average}".format(**machine)
