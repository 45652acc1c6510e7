"""Runs the measuring programs and reads their lines."""

import json
import os
import shutil
import signal
import subprocess
import sys

NOT_INSTALLED = 77  # the exit code of a peer whose package is missing; it has said which


class Failed(Exception):
    pass


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, scratch):
    """Runs `command` and returns its lines of JSON. What else it prints goes to stderr. A program that is not there, or says
    that what it measures is not installed, is skipped with a line on stderr: then there are no lines. Failed if it fails."""
    if shutil.which(command[0]) is None:
        say(f"skipped: {command[0]} is not there")
        return []
    say(f"running {' '.join(command)}")
    # In a session of its own, so that its children can be ended with it.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, env=dict(os.environ, TMPDIR=scratch)
    )
    try:
        lines = read(process.stdout)
        status = process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if status == NOT_INSTALLED:
        return []
    if status != 0:
        raise Failed(f"{command[0]} failed with {status}")
    return lines


def read(stream):
    """The lines of JSON in `stream`, as dicts."""
    lines = []
    for text in stream:
        if not text.startswith("{"):
            sys.stderr.write(text)
            continue
        line = json.loads(text)
        line.setdefault("value_bytes", 0)
        line.setdefault("round", 0)
        lines.append(line)
    return lines
