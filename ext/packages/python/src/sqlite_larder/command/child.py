"""The command that `larder run` runs: its process group, its stderr, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from .error_tail import ErrorTail
from .guard import Guard

_LOOK_EVERY = 0.02  # seconds, while it is being ended


class Child:
    """A command in a session of its own, so that a signal reaches it and whatever it has started, and larder's end does not.

    What larder has inherited it inherits: stdin, stdout, further descriptors. Only stderr goes through a pipe, to keep its
    last lines, unless `error_lines` is 0.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], error_lines: int, grace: float) -> None:
        self._guard = Guard(grace)
        try:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stderr=subprocess.PIPE if error_lines else None,
                bufsize=0,
                close_fds=False,
                start_new_session=True,
                preexec_fn=self._guard.watch_me,  # larder has no other threads yet
            )
        except BaseException:
            self._guard.dismiss()
            raise
        self._tail = ErrorTail(self._process.stderr, error_lines) if self._process.stderr else None

    def wait(self, pause: Callable[[], None]) -> int:
        """Its exit code; less than 0 when a signal has ended it. `pause` returns when it may have ended."""
        while (code := self._process.poll()) is None:
            pause()
        if self._tail:
            self._tail.finish()
        return code

    def dismiss_guard(self) -> None:
        self._guard.dismiss()

    @property
    def last_errors(self) -> str:
        return self._tail.text if self._tail else ""

    def send(self, number: int) -> bool:
        """Sends a signal to the group; whether there is still somebody in it."""
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def end(self, grace: float) -> None:
        """Ends the whole group: SIGTERM, and SIGKILL for what is left after `grace` seconds."""
        self.send(signal.SIGTERM)
        self.send(signal.SIGCONT)  # a process that is stopped would not hear it
        end = time.monotonic() + grace
        while self.send(0) and time.monotonic() < end:
            time.sleep(_LOOK_EVERY)
        self.send(signal.SIGKILL)
