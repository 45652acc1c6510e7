"""larder status: what is in a file, and what is going on there."""

from __future__ import annotations

import sqlite3
from typing import Any

from .database import rows, transaction, value

_MOST_CLAIMS = 10

# Of each job the latest run: no other of it can be alive.
_RUNS = """
SELECT id, job, status, owner, started_at, heartbeat_at, finished_at, done, total, percent, rate, eta, bar, error
FROM kv_run JOIN (SELECT max(id) AS id FROM kv_run GROUP BY job) USING (id)
ORDER BY job"""
_LEDGERS = """
SELECT ledger, total, pending, claimed, done, failed, dead, skipped, percent, rate, eta, bar
FROM kv_progress ORDER BY ledger"""
_CLAIMS = f"""
SELECT ledger, id, owner, attempts, claimed_at, lease_until FROM kv_ledger WHERE status = 'claimed'
ORDER BY claimed_at LIMIT {_MOST_CLAIMS}"""
_LEASES = "SELECT name, owner, token, acquired_at, expires_at FROM kv_lease ORDER BY name"
_STATS = "SELECT name, value FROM kv_stats"
_CACHE = ("entries", "dead", "bytes")
_FILE = ("database_bytes", "free_bytes", "wal_bytes")


def status_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """All of one moment, as --json prints it. Times are Unix seconds, as in SQL."""
    with transaction(connection, "DEFERRED"):
        stats = {row["name"]: row["value"] for row in rows(connection, _STATS)}
        return {
            "at": value(connection, "SELECT kv_clock()"),
            "runs": rows(connection, _RUNS),
            "ledgers": rows(connection, _LEDGERS),
            "claims": rows(connection, _CLAIMS),
            "cache": {name: stats[name] for name in _CACHE},
            "leases": rows(connection, _LEASES),
            "file": {name: stats[name] for name in _FILE},
        }
