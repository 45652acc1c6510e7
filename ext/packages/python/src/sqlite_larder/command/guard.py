"""What ends the command when larder itself is killed and cannot."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

# Reads the process group, and then a line when all is over. An end of the file instead of that line: larder is dead.
_SCRIPT = """\
read -r group || exit
read -r over && exit
kill -s TERM -- "-$group"
sleep "$1"
kill -s KILL -- "-$group"
"""


class Guard:
    """A shell that waits for larder's end, in a session of its own, and with nothing open that others wait for."""

    def __init__(self, grace: float) -> None:
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT, "larder-guard", f"{grace:.3f}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin
        self._pipe = self._process.stdin

    def watch_me(self) -> None:
        """To be called in the command's process before the command begins. The pipe is then open there as well, until it
        begins: at no moment could larder be killed and the command live unwatched."""
        self._pipe.write(f"{os.getpid()}\n".encode())

    def dismiss(self) -> None:
        with suppress(BrokenPipeError):  # somebody has killed the guard
            self._pipe.write(b"over\nover\n")  # the second is read where no process has called
        self._pipe.close()
        self._process.wait()
