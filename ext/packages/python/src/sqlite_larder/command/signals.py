"""What larder is sent while it runs a command."""

from __future__ import annotations

import os
import select
import signal
from types import FrameType, TracebackType

from .child import Child

_PASSED_ON = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGTSTP")


class Signals:
    """While it lasts, signals sent to larder go to the command. What comes before it has begun is kept for it.

    A signal that larder was started to ignore (nohup) stays ignored, by the command as well. But for SIGCHLD: where that is
    ignored, as some daemons do, no exit code can be had.
    """

    def __init__(self) -> None:
        self._child: Child | None = None
        self._early: list[int] = []
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> Signals:
        # A signal that comes just before a system call does not interrupt it. The byte that it leaves in a pipe does.
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in _PASSED_ON):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, self._receive)
        self._handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(-1)
        os.close(self._woken)
        os.close(self._wake)

    def pause(self) -> None:
        """Until there is a signal, of a child's end for instance; it is handled then. Returns at once for one that has come since
        the last pause."""
        select.select([self._woken], [], [])
        os.read(self._woken, 4096)

    def go_to(self, child: Child) -> None:
        self._child = child
        for number in self._early:
            self._pass_on(child, number)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self._child:
            self._pass_on(self._child, number)
        else:
            self._early.append(number)

    def _pass_on(self, child: Child, number: int) -> None:
        if number != signal.SIGTSTP:
            child.send(number)
            return
        # Ctrl-Z: both stop, and go on together. In a session without a terminal SIGTSTP itself would do nothing.
        child.send(signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        child.send(signal.SIGCONT)
