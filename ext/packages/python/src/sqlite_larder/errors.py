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
