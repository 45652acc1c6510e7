#!/usr/bin/env python3
"""The npm packages, installed by name into empty projects: package managers, runtimes and drivers, the page's examples, types."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent / "node"))
from project import DRIVERS, HERE, HERE_NAME, ROOT, TARBALLS, TOOLS, TYPES, PackagesTest, need_all, newest_node  # noqa: E402
from registry import manifest  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "support"))
from pages import blocks, read  # noqa: E402

PACKAGE = ROOT / "ext" / "packages" / "node"


def build_module():
    spec = importlib.util.spec_from_file_location("build_npm", PACKAGE / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(block):
    """What a block says that it prints: the comments behind console.log()."""
    return re.findall(r"console\.log\(.*;    // (.*)$", block, re.M)


class Tarballs(unittest.TestCase):
    def test_they_depend_on_nothing_but_their_sources(self):
        module = build_module()
        with tempfile.TemporaryDirectory() as folder:
            with mock.patch.multiple(module, OUTPUT=Path(folder, "out"), WORK=Path(folder, "work")):
                before = os.umask(0o077)
                try:
                    module.main()
                finally:
                    os.umask(before)
            again = {file.name: file for file in Path(folder, "out").iterdir()}
            self.assertEqual(sorted(again), [tarball.name for tarball in TARBALLS])
            for tarball in TARBALLS:
                digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (tarball, again[tarball.name])}
                self.assertEqual(len(digests), 1, f"{tarball.name} is out of date, or not the same a second time")

    def test_they_say_what_they_are_and_run_nothing(self):
        version = re.search(r"project\(larder VERSION ([\d.]+)", read(ROOT / "CMakeLists.txt")).group(1)
        for tarball in TARBALLS:
            with self.subTest(tarball.name), tarfile.open(tarball) as archive:
                names = {name.removeprefix("package/") for name in archive.getnames()}
                wanted = {"LICENSE", "README.md"} | (set() if tarball.name == f"sqlite-larder-{version}.tgz" else {"LICENSE.xxHash"})  # which is in binaries
                self.assertLessEqual(wanted, names)
                said = manifest(tarball)
                self.assertEqual(said["version"], version)
                self.assertNotIn("scripts", said)
                self.assertNotIn("dependencies", said)

    def test_the_main_package_names_the_others(self):
        (main,) = [manifest(tarball) for tarball in TARBALLS if manifest(tarball)["name"] == "sqlite-larder"]
        others = {each["name"]: each["version"] for each in map(manifest, TARBALLS) if each["name"] != "sqlite-larder"}
        self.assertEqual(main["optionalDependencies"], others)


class Installing(PackagesTest):
    def test_npm_chooses_by_platform(self):
        for each in map(manifest, TARBALLS):
            if "os" in each:
                with self.subTest(each["name"]):
                    libc = [f"--libc={each['libc'][0]}"] if "libc" in each else []
                    project = self.installed_project(f"--os={each['os'][0]}", f"--cpu={each['cpu'][0]}", *libc)
                    self.assertEqual(project.installed(), ["sqlite-larder", each["name"]])

    def test_a_lock_file_installs_the_same(self):
        project = self.installed_project()
        shutil.rmtree(project.folder / "node_modules")
        project.run("npm", "ci")
        self.assertEqual(project.installed(), ["sqlite-larder", HERE_NAME])

    def test_other_package_managers(self):
        for manager in ("bun", "pnpm", "yarn"):  # Yarn installs no node_modules, but archives, which its own `node` reads
            with self.subTest(manager):
                project = self.project()
                project.run(manager, "add", "sqlite-larder")
                node = ["yarn", "node"] if manager == "yarn" else ["node"]
                file = project.run(*node, "-p", "require('sqlite-larder').getLoadablePath()").strip()
                self.assertIn(HERE_NAME, file)
                self.assertTrue(Path(file).is_file())

    def test_deno_needs_no_installation(self):
        project = self.project()
        (project.folder / "package.json").unlink()
        project.write("app.js", "import { getLoadablePath } from 'npm:sqlite-larder'; console.log(getLoadablePath());")
        file = project.run("deno", "run", "--quiet", "app.js", NPM_CONFIG_REGISTRY=self.registry.url).strip()
        self.assertTrue(Path(file).is_relative_to(project.folder / "deno"), file)


class Runtimes(PackagesTest):
    """Each driver does the same, but for the traps that the page names."""

    traps = {"get": 1, "run": 1, "exec": 3, "all": 3, "iterate": 1, "insert": 3, "bigint": "integer", "blob": None}
    node_traps = traps | {"whole": "real", "large": "error", "date": "null"}

    def run_scenario(self, *command, driver, traps=None):
        project = self.installed_project()
        project.link(*DRIVERS)
        for name in ("drivers.mjs", "scenario.mjs", "traps.mjs"):
            shutil.copy(HERE / name, project.folder)
        self.assertEqual(project.run(*command, "scenario.mjs", driver), "passed\n")
        if traps:
            self.assertEqual(json.loads(project.run(*command, "traps.mjs", driver)), traps)

    def test_better_sqlite3(self):
        traps = self.traps | {"whole": "real", "large": "9007199254740992", "date": "error"}
        self.run_scenario("node", driver="better-sqlite3", traps=traps)

    def test_node(self):
        self.run_scenario(newest_node(), "--no-warnings", driver="node:sqlite", traps=self.node_traps)

    def test_node_sqlite3(self):
        self.run_scenario("node", driver="sqlite3")

    def test_sqlite(self):
        self.run_scenario("node", driver="sqlite")

    def test_bun(self):
        traps = self.traps | {"run": 3, "whole": "integer", "large": "9007199254740992", "date": "error"}
        self.run_scenario("bun", driver="bun:sqlite", traps=traps)

    def test_node_sqlite_in_bun(self):
        self.run_scenario("bun", driver="node:sqlite", traps=self.node_traps)

    def test_deno(self):
        deno = ["deno", "run", "--quiet", "--allow-ffi", "--allow-read", "--allow-write"]
        self.run_scenario(*deno, driver="node:sqlite", traps=self.node_traps | {"exec": 1})


class Page(PackagesTest):
    """Each example of the package's page, as it stands there, in a project of its own."""

    page = read(PACKAGE / "README.md")
    examples = [block for _, block in blocks(page, "js")]

    def commands(self, word):
        """The block of commands for a shell with that word in it."""
        (found,) = [block for _, block in blocks(self.page, "sh") if word in block]
        return found

    def example_project(self):
        project = self.project()
        project.run("bash", "-e", "-c", self.commands("npm install"))
        project.link(*DRIVERS)
        return project

    def command(self, example):
        if "npm:sqlite-larder" in example:
            return self.commands("deno run").split()
        if "bun:sqlite" in example:
            return ["bun", "app.js"]
        if "node:sqlite" in example:
            return [newest_node(), "--no-warnings", "app.js"]
        return ["node", "app.mjs"]

    def test_examples(self):
        for example in self.examples:
            with self.subTest(example):
                project = self.example_project()
                command = self.command(example)
                project.write(command[-1], example)
                self.assertNotEqual(expected(example), [])
                self.assertEqual(project.run(*command).splitlines(), expected(example))

    def test_a_bundle_with_the_file_beside_it(self):
        project = self.example_project()
        project.write("app.mjs", self.examples[0])
        self.assertEqual(project.run("bash", "-e", "-c", self.commands("esbuild")).splitlines()[-1:], expected(self.examples[0]))


class Types(PackagesTest):
    def test_strictly_in_every_way_to_resolve_modules(self):
        project = self.installed_project()
        project.link(*DRIVERS, *TYPES)
        for name in ("types.mts", "types.cts", "types_bun.mts"):
            shutil.copy(HERE / name, project.folder)
        for module, resolution in (("nodenext", "nodenext"), ("node20", "node16"), ("preserve", "bundler")):
            for files, types in ((["types.mts", "types.cts"], "node"), (["types_bun.mts"], "bun")):
                with self.subTest(module=module, types=types):
                    project.run(
                        newest_node(), TOOLS / ".bin" / "tsc", "--noEmit", "--strict", "--exactOptionalPropertyTypes",
                        "--target", "es2022", "--module", module, "--moduleResolution", resolution, "--types", types, *files)

    def test_they_are_found_as_the_code_is(self):
        (main,) = [tarball for tarball in TARBALLS if manifest(tarball)["name"] == "sqlite-larder"]
        said = self.project().run("node", TOOLS / ".bin" / "attw", "--no-color", "--no-emoji", main)
        self.assertIn("No problems found", said)


if __name__ == "__main__":
    need_all()
    unittest.main()
