#!/usr/bin/env python3
"""The npm package where something is not as usual: no binary, a wrong file, a database without extensions, bundles, Electron."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "node"))
from project import DRIVERS, HERE_NAME, MACHINE, PackagesTest, need_all, newest_node  # noqa: E402


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

    def error(self, script, *, runtime=("node",), project=None, **environment):
        """Code and message of what the script throws, or "nothing"."""
        project = project or self.here
        name = project.write("fails.cjs", f"""
            const {{ getLoadablePath, load }} = require('sqlite-larder');
            const run = async () => {{ {script} }};
            run().then(() => console.log('nothing'), (error) => console.log(error.code, error.message));
        """)
        return project.run(*runtime, name, **environment)

    def test_a_machine_without_a_binary(self):
        said = self.error("Object.defineProperty(process, 'platform', { value: 'aix' }); getLoadablePath()")
        self.assertRegex(said, f"^ERR_LARDER_PLATFORM .*there is no binary for aix-{MACHINE}, only for .*LARDER_PATH")

    def test_optional_dependencies_left_out(self):
        said = self.error("getLoadablePath()", project=self.installed_project("--omit=optional"))
        self.assertRegex(said, f"^ERR_LARDER_NOT_INSTALLED sqlite-larder: cannot find the package {HERE_NAME}. .*--omit=optional")

    @unittest.skipUnless(sys.platform == "linux", "musl is Linux's")
    def test_musl(self):
        said = self.error("process.report.getReport = () => ({ header: {} }); getLoadablePath()")
        self.assertRegex(said, f"^ERR_LARDER_(PLATFORM|NOT_INSTALLED) .*linux-{MACHINE}-musl")

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
        cases = ("linux", "a.so", "a"), ("linux", "a.dylib", "a.dylib"), ("darwin", "a.dylib", "a"), ("darwin", "a.so", "a.so")
        for system, file, name in cases:
            script = f"""Object.defineProperty(process, 'platform', {{ value: '{system}' }});
                load({{ loadExtension: (path) => console.log(require('path').basename(path)) }}, {{ path: '{file}' }})"""
            self.assertEqual(self.error(script), f"{name}\nnothing\n")

    def test_extensions_not_allowed(self):
        hint = "this database cannot load extensions: open it with { allowExtension: true }"
        for runtime in ([newest_node(), "--no-warnings"], ["bun"], ["deno", "run", "--allow-ffi", "--allow-read"]):
            with self.subTest(Path(runtime[0]).name):
                said = self.error("load(new (require('node:sqlite').DatabaseSync)(':memory:'))", runtime=runtime)
                self.assertEqual(said, f"ERR_LARDER_NOT_ALLOWED sqlite-larder: {hint}\n")

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
        self.assertRegex(self.error(f"{first}; await load(second)"), "^SQLITE_ERROR .*another SQLite library .*load a copy")
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


if __name__ == "__main__":
    need_all()
    unittest.main()
