"""What can go wrong besides what SQLite itself reports."""


class LarderError(Exception):
    """Any error that this package raises by itself."""


class LoadError(LarderError):
    """Larder cannot be loaded into this connection; the message says what helps."""


class AlreadyRunning(LarderError):
    """Another run of the job is alive."""


class LeaseHeld(LarderError):
    """Somebody else holds the lease."""


class LeaseLost(LarderError):
    """A lease, a run or a claim ended before it was settled: somebody else may have it by now."""


def describe(error: object) -> str:
    """An error in one text that can be stored: file names may have characters in them that are none."""
    text = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)
    return text.encode("utf-8", "backslashreplace").decode()
