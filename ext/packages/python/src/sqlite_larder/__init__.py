"""Larder for Python: a cache, a ledger and queue, leases, runs and migrations in an SQLite file."""

from .errors import AlreadyRunning, LarderError, LeaseHeld, LeaseLost, LoadError
from .loading import connect, dbapi, load, load_async, loadable_path

__all__ = [
    "AlreadyRunning",
    "LarderError",
    "LeaseHeld",
    "LeaseLost",
    "LoadError",
    "connect",
    "dbapi",
    "load",
    "load_async",
    "loadable_path",
]
