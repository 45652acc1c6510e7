"""A copy of the sources, in which a mutant is built and tested."""

import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# These judge the sources or the pages, which a mutant changes, too; test or compile much else; or fail when the machine is busy.
NO_JUDGES = ("rules.", "python.pages_test", "python.reference_test", "python.skipping_test", "bench.", "package.", "demo", "python.dqlite_test")
NO_JUDGES += tuple(f"python.{name}_test" for name in ("claims", "leases", "rates", "wait", "waiting"))
NEAR = {"migration": ("migrat", "directory"), "hot": ("hot",)}  # else: the folder's name
SCRIPTS = ("sql.", "error.", "transcript.")
STATIC = "cpp.static"  # links all of Larder: built for those only whom nothing else has caught
LONGEST = 60  # seconds
MEMORY = 8 << 30
ALL_TESTS = {"GTEST_FAIL_FAST": "1", "LARDER_FEWER": "1"}


@dataclass(frozen=True)
class Test:
    name: str
    command: list
    environment: dict
    skips_with: int | None

    @property
    def is_static(self):
        return self.name.startswith(STATIC)

    @property
    def is_script(self):
        return self.name.startswith(SCRIPTS)


class Workplace:
    def __init__(self, folder):
        self.folder = folder
        self.build_folder = folder / "build/mutants"
        self.extension = self.build_folder / "larder.so"

    def prepare(self):
        """Copies what has changed, and builds it as it is."""
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True, capture_output=True, check=True)
        for name in listed.stdout.splitlines():
            if (ROOT / name).exists():
                self.write(name, (ROOT / name).read_bytes(), (ROOT / name).stat().st_mode)
        options = ["-DCMAKE_BUILD_TYPE=Mutants", "-DCMAKE_CXX_FLAGS=-O1 -DNDEBUG -w", "-DLARDER_UNITY=OFF", "-DLARDER_TESTS=ON"]
        subprocess.run(["cmake", "-S", self.folder, "-B", self.build_folder, *options], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", self.build_folder], check=True, stdout=subprocess.DEVNULL)
        self.unchanged = self.digest()
        self.tests = self.read_tests()

    def write(self, name, text, mode=None):
        """Leaves a file alone that has this text, so that nothing is built for it."""
        path = self.folder / name
        if path.exists() and path.read_bytes() == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        if mode is not None:
            path.chmod(mode)

    def read_tests(self):
        """Those of CTest; of GoogleTest's programs, which CTest runs in parts, each suite."""
        shown = subprocess.run(["ctest", "--show-only=json-v1"], cwd=self.build_folder, capture_output=True, check=True)
        tests = []
        for test in json.loads(shown.stdout)["tests"]:
            properties = {each["name"]: each["value"] for each in test["properties"]}
            environment = dict(each.split("=", 1) for each in properties.get("ENVIRONMENT", ()))
            made = Test(test["name"], test["command"], environment, properties.get("SKIP_RETURN_CODE"))
            if "GTEST_SHARD_INDEX" not in environment:
                tests.append(made)
            elif environment["GTEST_SHARD_INDEX"] == "0":
                tests += suites_of(made)
        return [test for test in tests if not test.name.startswith(NO_JUDGES)]

    def digest(self):
        return hashlib.sha256(self.extension.read_bytes()).hexdigest()

    def build(self, *targets):
        built = subprocess.run(["cmake", "--build", self.build_folder, "--target", *targets], capture_output=True)
        return built.returncode == 0

    def run(self, test, limit):
        """Returns (verdict, seconds): passed, failed, skipped, or timeout."""
        with tempfile.TemporaryDirectory(prefix="larder-mutant-", ignore_cleanup_errors=True) as scratch:
            began = time.monotonic()
            process = subprocess.Popen(
                test.command,
                cwd=self.build_folder,
                env={**os.environ, **test.environment, **ALL_TESTS, "TMPDIR": scratch},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            )
            alarm = threading.Timer(limit, kill_group, [process.pid])  # wait() with a limit of its own looks now and then only
            alarm.start()
            status = process.wait()
            alarm.cancel()
            kill_group(process.pid)
        seconds = time.monotonic() - began
        if seconds > limit:
            return "timeout", seconds
        return "passed" if status == 0 else "skipped" if status == test.skips_with else "failed", seconds


def suites_of(program):
    """Of the first of its parts."""
    environment = {name: value for name, value in program.environment.items() if not name.startswith("GTEST_")}
    listed = subprocess.run([program.command[-1], "--gtest_list_tests"], env={**os.environ, **environment}, text=True, capture_output=True)
    for suite in re.findall(r"^(\S+\.)(?:$|\s+#)", listed.stdout, re.M):
        name = f"{program.name.removesuffix('.1')} {suite}*"
        yield Test(name, program.command, {**environment, "GTEST_FILTER": f"{suite}*"}, None)


def kill_group(leader):
    """Of a test that is over, or will never be."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass


def is_near(test, file):
    folder = Path(file).parent.name
    return any(word in test.name for word in NEAR.get(folder, (folder,)))


def in_order(tests, times, file, catches):
    """Nearest first, then those that have caught most, then scripts; quick ones first. Those of the linked library last."""
    return sorted(tests, key=lambda test: (test.is_static, not is_near(test, file), -catches[test.name], not test.is_script, times[test.name]))
