"""Passes the command's stderr on to larder's, and keeps its end."""

from __future__ import annotations

import os
import select
import threading
import time
from typing import IO

_STDERR = 2
_CHUNK = 1 << 16
_KEPT = 8192  # bytes, of which the last lines are taken
_PIPE_SIZE = 1 << 20  # no pipe of Linux holds more
_OTHERS_HAVE = 1.0  # seconds, after the command's end


class ErrorTail:
    """A thread, so that a reader of larder's stderr who is slow holds up the command, as without larder, and no heartbeat."""

    def __init__(self, pipe: IO[bytes], lines: int) -> None:
        self._pipe = pipe
        self._lines = lines
        self._kept = b""
        self._over, self._end = os.pipe()
        self._thread = threading.Thread(target=self._work, name="larder-stderr", daemon=True)
        self._thread.start()

    @property
    def text(self) -> str:
        lines = self._kept.decode("utf-8", "replace").replace("\0", "").splitlines()
        return "\n".join(lines[-self._lines :])

    def finish(self) -> None:
        """To be called when the command has ended; returns when all that it wrote is passed on."""
        os.close(self._end)
        self._thread.join()
        os.close(self._over)

    def _work(self) -> None:
        with self._pipe:  # closed when nobody reads larder's stderr: the command then learns it, as without larder
            try:
                while self._over not in select.select([self._pipe.fileno(), self._over], [], [])[0]:
                    if not self._pass_on():
                        return
                self._drain()
            except OSError:
                return

    def _drain(self) -> None:
        """What the command wrote is in the pipe by now. What it has started and left behind may hold that open for ever."""
        end = time.monotonic() + _OTHERS_HAVE
        late = 0
        while late < _PIPE_SIZE and select.select([self._pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            size = self._pass_on()
            if not size:
                return
            late += size if time.monotonic() > end else 0

    def _pass_on(self) -> int:
        chunk = os.read(self._pipe.fileno(), _CHUNK)
        self._kept = (self._kept + chunk)[-_KEPT:]
        rest = memoryview(chunk)
        while rest:
            try:
                rest = rest[os.write(_STDERR, rest) :]
            except BlockingIOError:  # somebody has made our stderr non-blocking
                select.select([], [_STDERR], [])
        return len(chunk)
