"""The other caches a user might pick: which program measures each, and which server it needs."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import servers
from runner import run, say

SOURCES = Path(__file__).resolve().parents[1] / "peers"


@dataclass(frozen=True)
class Peer:
    language: str
    program: str
    server: str | None = None

    def command(self, build, modules):
        if self.language == "c":
            return [str(build / "tests" / f"larder_peer_{self.program}")]
        if self.language == "python":
            return [sys.executable, str(SOURCES / "python" / f"{self.program}.py")]
        return ["node", str(SOURCES / "node" / f"{self.program}.mjs"), "--modules", str(modules)]


PEERS = (
    Peer("c", "sqlite"),  # Larder and hand-written SQL
    Peer("c", "lmdb"),
    Peer("c", "lmdb_hit"),  # LMDB and Larder in turns
    Peer("c", "rocksdb"),
    Peer("c", "redis", "redis-server"),
    Peer("c", "memcached", "memcached"),
    Peer("python", "stores"),  # Larder's Store, one by hand and diskcache in turns
    Peer("python", "larder"),
    Peer("python", "store"),
    Peer("python", "disk_cache"),
    Peer("python", "redis_py", "redis-server"),
    Peer("python", "json_file"),
    Peer("node", "keyv"),
)


def measure(peer, command, options, scratch):
    """Runs the peer's program, and its server meanwhile. `options` are what all programs are given. Returns the lines; none
    if something is not installed."""
    if peer.server is None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            return run([*command, "--place", folder, *options], scratch)
    if not servers.is_installed(peer.server):
        say(f"skipped: {peer.server} is not there")
        return []
    with tempfile.TemporaryDirectory(dir=scratch) as folder, servers.running(peer.server, folder) as socket:
        return run([*command, "--place", socket, *options], scratch)
