"""A cluster of dqlite nodes in processes of their own, and its clients. See dqlite/main.go for the program that they all run."""

import json
import os
import shutil
import socket
import subprocess
import time

LARDER = os.path.realpath(os.environ["LARDER"])
NODES = 3
PATIENCE = 60  # seconds


def free_addresses(count):
    """Of this machine only."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    addresses = [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    return addresses


class Client:
    """A process with one connection to whichever node leads."""

    def __init__(self, program, members):
        self.process = subprocess.Popen([program, "client", *members], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def tell(self, statements):
        print(json.dumps(statements), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def ask(self, statements):
        return self.tell(statements).get("value")

    def insist(self, statements):
        """The answer, asked for again until there is one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.tell(statements)
            if "error" not in answer:
                return answer["value"]
            if time.monotonic() > deadline:
                raise TimeoutError(f"{statements}: {answer['error']}")
            time.sleep(0.01)


class Cluster:
    def __init__(self, program, folder):
        self.program, self.folder, self.kills = program, folder, 0
        self.addresses = free_addresses(NODES)
        self.nodes = [None] * NODES

    def __enter__(self):
        try:
            for i, address in enumerate(self.addresses):
                os.mkdir(os.path.join(self.folder, str(i)))
                self.start(i)
                if i > 0:
                    self.run("add", str(i + 1), address, self.addresses[0])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for node in filter(None, self.nodes):
            node.kill()
            node.wait()

    def client(self):
        return Client(self.program, self.addresses)

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE).stdout.strip()

    def start(self, i):
        command = [self.program, "node", LARDER, str(i + 1), self.addresses[i], os.path.join(self.folder, str(i))]
        self.nodes[i] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.nodes[i].stdout.readline() != "ready\n":
            raise RuntimeError(f"node {i + 1} has not started")

    def kill_leader(self):
        """SIGKILL, and it is started again."""
        i = self.addresses.index(self.run("leader", *self.addresses))
        self.nodes[i].kill()
        self.nodes[i].wait()
        self.kills += 1
        self.start(i)

    def dump(self, i):
        folder = os.path.join(self.folder, f"dump {i}")
        os.makedirs(folder)
        self.run("dump", self.addresses[i], folder)
        text = subprocess.run([os.environ.get("SQLITE3", "sqlite3"), os.path.join(folder, "app.db"), ".dump"], stdout=subprocess.PIPE, check=True).stdout
        shutil.rmtree(folder)
        return text

    def has_equal_dumps(self):
        """A follower learns of the last commit a moment after the leader."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            dumps = [self.dump(i) for i in range(NODES)]
            if len(set(dumps)) == 1 and b"larder_ledger" in dumps[0]:
                return True
            time.sleep(0.2)
        return False
