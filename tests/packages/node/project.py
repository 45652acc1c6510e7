"""Empty projects that install from a registry, and the drivers and runtimes that `.ci/deps packages` has installed."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from registry import Registry

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from skipping import lacks, skip  # noqa: E402

HERE = Path(__file__).parent
OUTPUT = ROOT / "build" / "packages"
TOOLS = ROOT / "build" / "package-tools" / "node" / "node_modules"
PROGRAMS = ("bun", "deno", "esbuild", "pnpm", "yarn")
DRIVERS = ("better-sqlite3", "sqlite3", "sqlite", "drizzle-orm", "knex")
TYPES = ("@types", "bun-types", "undici-types")

TARBALLS = sorted(OUTPUT.glob("sqlite-larder-*.tgz"))
MACHINE = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine())
HERE_NAME = f"sqlite-larder-{sys.platform}-{MACHINE}"


def need_all():
    """Skips everything where something is missing: half of the runtimes would prove half."""
    if MACHINE is None:
        skip(f"Larder is not built for {platform.machine()}")
    if not shutil.which("npm"):
        lacks("there is no npm")
    if not any(tarball.name.startswith(HERE_NAME) for tarball in TARBALLS):
        lacks(f"{OUTPUT} has no {HERE_NAME}: make packages builds it")
    for name in (*DRIVERS, *TYPES, "typescript", "@arethetypeswrong/cli", *(f".bin/{program}" for program in PROGRAMS)):
        if not (TOOLS / name).exists():
            lacks(f"there is no {TOOLS / name}: .ci/deps packages installs it")


def newest_node():
    """node:sqlite loads extensions since Node 22.13; the system's may be older."""
    found = subprocess.run(["node", "-p", "parseInt(process.versions.node) >= 24"], text=True, stdout=subprocess.PIPE, check=True)
    return shutil.which("node") if found.stdout.strip() == "true" else str(TOOLS / ".bin" / "node")


class Project:
    """A folder with nothing of ours above it. What is run in it finds the runtimes, and the registry instead of the real one."""

    def __init__(self, folder, registry):
        self.folder = Path(folder)
        programs = self.folder / "programs"
        programs.mkdir()
        for name in PROGRAMS:
            (programs / name).symlink_to((TOOLS / ".bin" / name).resolve())
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("npm_", "LARDER"))}
        self.environment |= {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "npm_config_cache": str(self.folder / "cache"), "DENO_DIR": str(self.folder / "deno"), "NO_COLOR": "1",
        }
        self.write(".npmrc", f"registry={registry.url}\naudit=false\n")
        self.write("package.json", '{ "private": true }\n')
        self.write("yarn.lock", "")  # Yarn looks for the project's folder by it
        yarn = f"npmRegistryServer: {registry.url}\nunsafeHttpWhitelist: [127.0.0.1]\nenableGlobalCache: false\n"
        self.write(".yarnrc.yml", yarn)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def run(self, *command, status=0, **environment):
        """What the command prints, errors among the rest; it must end with that status."""
        done = subprocess.run(
            [str(word) for word in command], cwd=self.folder, env=self.environment | environment, text=True, timeout=300,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != status:
            raise AssertionError(f"{' '.join(str(word) for word in command)} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def link(self, *names):
        """Drivers, compiled once."""
        for name in names:
            place = self.folder / "node_modules" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(TOOLS / name)

    def installed(self):
        return sorted(place.name for place in (self.folder / "node_modules").glob("sqlite-larder*"))


class PackagesTest(unittest.TestCase):
    def setUp(self):
        self.registry = Registry(TARBALLS)
        self.addCleanup(self.registry.close)

    def project(self):
        folder = tempfile.TemporaryDirectory(prefix="larder-npm-")
        self.addCleanup(folder.cleanup)
        return Project(folder.name, self.registry)

    def installed_project(self, *options):
        project = self.project()
        project.run("npm", "install", "sqlite-larder", *options)
        return project
