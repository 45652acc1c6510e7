#!/usr/bin/env python3
"""The npm packages, installed by name into empty projects: every runtime and driver, the page's examples, errors, types, bundles."""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent / "node"))
from project import HERE, OUTPUT, ROOT, TOOLS, Project, need, newest_node  # noqa: E402
from registry import Registry, manifest  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "support"))
from pages import blocks, read  # noqa: E402
from skipping import lacks, skip  # noqa: E402

PACKAGE = ROOT / "ext" / "packages" / "node"
DRIVERS = ("better-sqlite3", "sqlite3", "sqlite", "drizzle-orm", "knex")
TYPES = ("@types", "bun-types", "undici-types")
TARBALLS = sorted(OUTPUT.glob("sqlite-larder-*.tgz"))
MACHINE = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64", "AMD64": "x64"}.get(platform.machine())
HERE_NAME = f"sqlite-larder-{sys.platform}-{MACHINE}"


def build_module():
    spec = importlib.util.spec_from_file_location("build_npm", PACKAGE / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(block):
    """What a block says that it prints: the comments behind console.log()."""
    return re.findall(r"console\.log\(.*;    // (.*)$", block, re.M)


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
                self.assertLessEqual({"LICENSE", "LICENSE.xxHash", "README.md"}, names)
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
    def run_scenario(self, *command, driver):
        project = self.installed_project()
        project.link(*DRIVERS)
        for name in ("drivers.mjs", "scenario.mjs"):
            shutil.copy(HERE / name, project.folder)
        self.assertEqual(project.run(*command, "scenario.mjs", driver), "passed\n")

    def test_better_sqlite3(self):
        self.run_scenario("node", driver="better-sqlite3")

    def test_node(self):
        self.run_scenario(newest_node(), "--no-warnings", driver="node:sqlite")

    def test_node_sqlite3(self):
        self.run_scenario("node", driver="sqlite3")

    def test_sqlite(self):
        self.run_scenario("node", driver="sqlite")

    def test_bun(self):
        self.run_scenario("bun", driver="bun:sqlite")

    def test_node_sqlite_in_bun(self):
        self.run_scenario("bun", driver="node:sqlite")

    def test_deno(self):
        self.run_scenario("deno", "run", "--quiet", "--allow-ffi", "--allow-read", "--allow-write", driver="node:sqlite")


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


class Bundles(PackagesTest):
    def test_in_both_formats(self):
        project = self.installed_project()
        project.write("app.mjs", "import { getLoadablePath } from 'sqlite-larder'; console.log(getLoadablePath());")
        for file_format, ending in (("cjs", "cjs"), ("esm", "mjs")):
            with self.subTest(file_format):
                bundle = f"bundle.{ending}"
                project.run("esbuild", "app.mjs", "--bundle", "--platform=node", f"--format={file_format}", f"--outfile={bundle}")
                self.assertIn(HERE_NAME, project.run("node", bundle))
                with tempfile.TemporaryDirectory() as elsewhere:
                    alone = shutil.copy(project.folder / bundle, elsewhere)
                    self.assertIn("ERR_LARDER_NOT_INSTALLED", project.run("node", alone, status=1))
                    self.assertEqual(project.run("node", alone, LARDER_PATH=alone), f"{alone}\n")


class Errors(PackagesTest):
    def setUp(self):
        super().setUp()
        self.here = self.installed_project()
        self.here.link(*DRIVERS)

    def error(self, script, *, node="node", project=None, **environment):
        """Code and message of what the script throws."""
        body = f"try {{ {script}; console.log('nothing') }} catch (error) {{ console.log(error.code, error.message) }}"
        prelude = "const { getLoadablePath, load } = require('sqlite-larder');"
        name = (project or self.here).write("fails.cjs", f"{prelude}\n(async () => {{ {body} }})();\n")
        return (project or self.here).run(node, "--no-warnings", name, **environment)

    def test_a_machine_without_a_binary(self):
        said = self.error("Object.defineProperty(process, 'platform', { value: 'aix' }); getLoadablePath()")
        self.assertRegex(said, f"^ERR_LARDER_PLATFORM sqlite-larder: there is no binary for aix-{MACHINE}, only for .*LARDER_PATH")

    def test_optional_dependencies_left_out(self):
        said = self.error("getLoadablePath()", project=self.installed_project("--omit=optional"))
        self.assertRegex(said, f"^ERR_LARDER_NOT_INSTALLED sqlite-larder: cannot find the package {HERE_NAME}. .*--omit=optional")

    @unittest.skipUnless(sys.platform == "linux", "musl is Linux's")
    def test_musl(self):
        report = "process.report.getReport = () => ({ header: {} })"
        self.assertRegex(self.error(f"{report}; getLoadablePath()"), f"^ERR_LARDER_(PLATFORM|NOT_INSTALLED) .*linux-{MACHINE}-musl")

    def test_a_file_that_is_not_there(self):
        for said in (self.error("getLoadablePath()", LARDER_PATH="/no/larder.so"),
                     self.error("getLoadablePath({ path: '/no/larder.so' })", LARDER_PATH="/other/larder.so")):
            self.assertEqual(said, "ERR_LARDER_NO_FILE sqlite-larder: there is no file /no/larder.so\n")

    def test_a_file_that_cannot_be_loaded(self):
        self.here.write("larder.so", "no library")
        said = self.error("load(require('better-sqlite3')(':memory:'), { path: 'larder.so' })")
        self.assertRegex(said, r"^SQLITE_ERROR .*/larder\.so: (?!.*larder\.so\.so)")

    def test_sqlite_adds_the_ending(self):
        """Then it says of the file itself what is wrong with it. It adds the platform's own ending, and no other."""
        self.here.write("a.so", "")
        self.here.write("a.dylib", "")
        for system, file, name in (("linux", "a.so", "a"), ("linux", "a.dylib", "a.dylib"), ("darwin", "a.dylib", "a"), ("darwin", "a.so", "a.so")):
            script = f"""Object.defineProperty(process, 'platform', {{ value: '{system}' }});
                load({{ loadExtension: (path) => console.log(require('path').basename(path)) }}, {{ path: '{file}' }})"""
            self.assertEqual(self.error(script), f"{name}\nnothing\n")

    def test_extensions_not_allowed(self):
        script = "load(new (require('node:sqlite').DatabaseSync)(':memory:'))"
        message = "ERR_LARDER_NOT_ALLOWED sqlite-larder: this database cannot load extensions: open it with { allowExtension: true }\n"
        for runtime in (newest_node(), "bun"):
            self.assertEqual(self.error(script, node=runtime), message)
        self.here.write("fails.mjs", f"""import {{ createRequire }} from 'node:module'; const require = createRequire(import.meta.url);
            const {{ load }} = require('sqlite-larder'); try {{ {script} }} catch (error) {{ console.log(error.code, error.message) }}""")
        self.assertEqual(self.here.run("deno", "run", "--allow-ffi", "--allow-read", "fails.mjs"), message)

    def test_bun_on_macos(self):
        refusing = "{ loadExtension() { throw new Error('This build of sqlite3 does not support dynamic extension loading') } }"
        self.assertRegex(self.error(f"load({refusing})"), "^ERR_LARDER_NOT_ALLOWED .*setCustomSQLite")

    def test_what_is_no_database(self):
        for value in ("undefined", "null", "'app.db'", "{}"):
            self.assertRegex(self.error(f"load({value})"), "needs an open database")

    def test_a_promise_is_rejected(self):
        said = self.error("await load(new (require('sqlite3').Database)(':memory:'), { path: __filename })")
        self.assertRegex(said, "^SQLITE_ERROR .*fails.cjs")

    def test_two_sqlites_in_one_process(self):
        first = "load(require('better-sqlite3')('app.db')); const second = new (require('sqlite3').Database)('app.db')"
        self.assertRegex(self.error(f"{first}; await load(second)"), "^SQLITE_ERROR ")
        copy = "require('fs').copyFileSync(getLoadablePath(), 'copy.so')"
        self.assertEqual(self.error(f"{first}; {copy}; await load(second, {{ path: 'copy.so' }})"), "nothing\n")


class Electron(PackagesTest):
    def test_the_file_beside_the_archive(self):
        project = self.installed_project()
        modules, unpacked = (project.folder / name / "node_modules" for name in ("app.asar", "app.asar.unpacked"))
        shutil.copytree(project.folder / "node_modules", modules)
        shutil.copytree(modules / HERE_NAME, unpacked / HERE_NAME)
        (modules.parent / "app.cjs").write_text("console.log(require('sqlite-larder').getLoadablePath())")
        found = Path(project.run("node", "app.asar/app.cjs").strip())
        self.assertEqual(found.parent, unpacked / HERE_NAME)
        inside = modules / HERE_NAME / found.name
        self.assertEqual(project.run("node", "app.asar/app.cjs", LARDER_PATH=str(inside)).strip(), str(found))


class Types(PackagesTest):
    def test_strictly_in_every_way_to_resolve_modules(self):
        project = self.installed_project()
        project.link(*DRIVERS, *TYPES)
        for name in ("types.mts", "types.cts", "types_bun.mts"):
            shutil.copy(HERE / name, project.folder)
        for module, resolution in (("nodenext", "nodenext"), ("node20", "node16"), ("preserve", "bundler")):
            for files, types in ((["types.mts", "types.cts"], "node"), (["types_bun.mts"], "bun")):
                with self.subTest(module=module, types=types):
                    project.run(newest_node(), TOOLS / ".bin" / "tsc", "--noEmit", "--strict", "--exactOptionalPropertyTypes",
                                "--target", "es2022", "--module", module, "--moduleResolution", resolution, "--types", types, *files)

    def test_they_are_found_as_the_code_is(self):
        (main,) = [tarball for tarball in TARBALLS if manifest(tarball)["name"] == "sqlite-larder"]
        said = self.project().run("node", TOOLS / ".bin" / "attw", "--no-color", "--no-emoji", main)
        self.assertIn("No problems found", said)


if __name__ == "__main__":
    if not shutil.which("npm"):
        lacks("there is no npm")
    if MACHINE is None or not any(tarball.name.startswith(HERE_NAME) for tarball in TARBALLS):
        skip(f"{OUTPUT} has no {HERE_NAME}: make packages")
    need(*DRIVERS, *TYPES, "bun", "deno", "esbuild", "pnpm", "@yarnpkg/cli-dist", "typescript", "@arethetypeswrong/cli")
    unittest.main()
