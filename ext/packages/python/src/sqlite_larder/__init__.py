"""Larder for Python: a cache, a ledger and queue, leases, runs and migrations in an SQLite file."""

from .cache import Cache
from .checkpoint import Checkpoint
from .errors import AlreadyRunning, LarderError, LeaseHeld, LeaseLost, LoadError
from .lease import Lease
from .ledger import Ledger
from .loading import connect, dbapi, load, load_async, loadable_path
from .memoize import Memoized
from .rate import Rate
from .run import Run
from .store import Finding, Store
from .transaction import Transaction
from .values import Serializer
from .work import Job, backoff

__all__ = [
    "AlreadyRunning",
    "Cache",
    "Checkpoint",
    "Finding",
    "Job",
    "LarderError",
    "Lease",
    "LeaseHeld",
    "LeaseLost",
    "Ledger",
    "LoadError",
    "Memoized",
    "Rate",
    "Run",
    "Serializer",
    "Store",
    "Transaction",
    "backoff",
    "connect",
    "dbapi",
    "load",
    "load_async",
    "loadable_path",
]
