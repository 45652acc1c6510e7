"""Servers for those peers that need one: on a Unix socket in a scratch folder, without a TCP port, ended by their process id."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

PATIENCE = 10  # seconds

COMMANDS = {
    "redis-server": lambda path: [
        "redis-server", "--port", "0", "--unixsocket", path, "--dir", os.path.dirname(path), "--save", "", "--appendonly", "no",
    ],
    "memcached": lambda path: ["memcached", "-s", path, "-u", getpass.getuser(), "-m", "1024"],
}  # fmt: skip


def is_installed(name):
    return shutil.which(name) is not None


@contextmanager
def running(name, folder):
    """Starts the server; yields the path of its socket. RuntimeError if it does not answer."""
    path = os.path.join(folder, f"{name}.sock")
    # In a session of its own: Ctrl-C is for the driver, which ends the server when its clients are gone.
    process = subprocess.Popen(COMMANDS[name](path), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(process, name, path)
        yield path
    finally:
        end(process)


def wait_for(process, name, path):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(path)
                return
            except OSError:
                time.sleep(0.05)
    raise RuntimeError(f"{name} does not answer on its socket")


def end(process):
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
