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

    def watch(self, group: int) -> None:
        self._tell(f"{group}\n")

    def dismiss(self) -> None:
        self._tell("over\nover\n")  # the second is read where no group has been told
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _tell(self, text: str) -> None:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # somebody has killed it: the command goes on without
            self._process.stdin.write(text.encode())
