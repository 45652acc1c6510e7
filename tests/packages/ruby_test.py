#!/usr/bin/env python3
"""The gems: one for each machine, and one that compiles Larder where it is installed. Each is installed into a folder of its own
and used there with the sqlite3 gem; what the page says of Ruby, Sequel and ActiveRecord is run as it stands there."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from built import again, built, examples, need, run, version
from larder_packages import built_targets, target
from skipping import lacks

MACHINE = target(f"linux-{os.uname().machine}")
ENTRY_POINTS = {"sqlite3_extension_init", "sqlite3_larder_bare_init", "sqlite3_larder_guarded_init", "sqlite3_larder_init",
                "sqlite3_larder_join_init"}
SPEC = """
require "rubygems/package"
spec = Gem::Package.new(ARGV[0]).spec
puts [spec.original_platform, spec.required_rubygems_version, *spec.files]
"""


class Home:
    """An empty GEM_HOME, and a folder to run programs in that use it."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="larder-gem-")
        self.folder = Path(self.temporary.name)
        (self.folder / "gemrc").write_text("install: --local --no-document\n", encoding="utf-8")
        # -W0: Debian's ActiveRecord warns of Debian's Ruby.
        self.environment = dict(os.environ, GEM_HOME=str(self.folder / "home"), GEMRC=str(self.folder / "gemrc"), RUBYOPT="-W0")

    def run(self, *command, **environment):
        return run(*command, cwd=self.folder, env=self.environment | environment)

    def ruby(self, program):
        return self.run("ruby", "-r", "sqlite3", "-r", "sqlite_larder", "-e", program)

    def json(self, expression):
        """The value of an expression, in which `db` is a connection to a new file."""
        return json.loads(self.ruby(f"require 'json'; db = SQLite3::Database.new(''); puts JSON.generate({expression})"))

    def message(self, expression):
        """That of the exception which it raises."""
        return self.json(f"begin; {expression}; rescue StandardError, LoadError => error; error.message; end")


def setUpModule():
    need("gem", "ruby", "c++")
    for library in ("sqlite3", "sequel", "active_record", "mkmf"):
        if subprocess.run(["ruby", "-e", f"require '{library}'"], capture_output=True, check=False).returncode != 0:
            lacks(f"Ruby has no {library}")
    built(f"sqlite-larder-*-{MACHINE.gem}.gem")


class BinaryGem(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.addClassCleanup(cls.home.temporary.cleanup)
        # By force because of RubyGems before 3.3.22, which Debian 12 has. They would compile: see SourceGem.
        cls.home.run("gem", "install", "--force", built(f"sqlite-larder-*-{MACHINE.gem}.gem"))

    def test_there_is_one_for_each_binary(self):
        for machine in built_targets():
            with self.subTest(machine.name):
                gem = built(f"sqlite-larder-{version()}-{machine.gem}.gem")
                platform, rubygems, *files = run("ruby", "-e", SPEC, gem).splitlines()
                self.assertEqual((platform, rubygems), (machine.gem, ">= 3.3.22" if machine.system == "linux" else ">= 0"))
                self.assertEqual(set(files), {
                    *(file.name for file in machine.licenses), "README.md", "lib/sqlite_larder.rb", "lib/sqlite_larder/version.rb",
                    f"lib/sqlite_larder/{machine.file_name}", "sig/sqlite_larder.rbs",
                })  # fmt: skip

    def test_its_version_is_that_of_larder(self):
        loaded = "SqliteLarder.load(db).get_first_value('SELECT kv_version()')"
        self.assertEqual(self.home.json(f"[SqliteLarder::VERSION, {loaded}]"), [version()] * 2)

    def test_the_path_is_that_of_the_binary(self):
        path, to_path = self.home.json("[SqliteLarder.loadable_path, SqliteLarder.to_path]")
        self.assertEqual(path, to_path)
        self.assertTrue(Path(path).is_relative_to(self.home.folder))
        self.assertEqual(Path(path).read_bytes(), MACHINE.binary.read_bytes())

    def test_only_larder_may_be_loaded(self):
        self.assertEqual(self.home.message("SqliteLarder.load(db).execute('SELECT load_extension(1)')"), "not authorized")

    def test_modes(self):
        busy = "SqliteLarder.load(db, mode: %s).get_first_value('PRAGMA busy_timeout')"
        self.assertEqual(self.home.json(busy % ":ready"), 5000)
        self.assertEqual(self.home.json(busy % ":bare"), 0)
        self.assertEqual(self.home.json(busy % ":join"), 0)
        said = self.home.message("SqliteLarder.load(db, mode: :fast)")
        self.assertEqual(said, "mode is one of [:ready, :bare, :join, :guarded], not :fast")

    def test_guarded_no_view_writes(self):
        view = "SqliteLarder.load(db, mode: %s); db.execute(\"CREATE VIEW v AS SELECT cache_set('k', 1) AS k\"); db.get_first_value('SELECT k FROM v')"
        self.assertEqual(self.home.json(f"begin; {view % ':ready'}; end"), 1)
        self.assertIn("unsafe use of cache_set()", self.home.message(view % ":guarded"))

    def test_with_another_file_or_none_it_says_so(self):
        home = Home()
        self.addCleanup(home.temporary.cleanup)
        home.run("gem", "install", "--force", built(f"sqlite-larder-*-{MACHINE.gem}.gem"))
        file = Path(home.json("SqliteLarder.loadable_path"))
        file.write_text("no binary", encoding="utf-8")
        self.assertIn("file too short", home.message("SqliteLarder.load(db)"))
        after_a_failure = "begin; SqliteLarder.load(db); rescue SQLite3::Exception; db.execute('SELECT load_extension(1)'); end"
        self.assertEqual(home.message(after_a_failure), "not authorized")
        file.unlink()
        self.assertIn(f"sqlite-larder {version()} has no larder.so", home.message("SqliteLarder.load(db)"))

    def test_the_examples_of_its_page(self):
        blocks = examples("ruby", "ruby")
        self.assertGreater(len(blocks), 5)
        program = "".join(blocks)
        self.assertEqual(self.home.ruby(program).splitlines(), re.findall(r"# => (.*)$", program, re.M))

    def test_comes_out_the_same_again(self):
        self.assertEqual(again("ruby"), [])


class SourceGem(unittest.TestCase):
    def test_compiles_by_the_command_of_the_page(self):
        home = Home()
        self.addCleanup(home.temporary.cleanup)
        shutil.copy(built(f"sqlite-larder-{version()}.gem"), home.folder)
        self.assertEqual(examples("ruby", "sh"), ["gem install sqlite-larder\n"])
        home.run("sh", "-euc", examples("ruby", "sh")[0])
        self.assertEqual(home.json("SqliteLarder.load(db).execute('SELECT kv_version(), ledger_mark(1)')"), [[version(), 1]])
        symbols = run("nm", "-D", "--defined-only", home.json("SqliteLarder.loadable_path")).splitlines()
        self.assertEqual({line.split()[-1] for line in symbols}, ENTRY_POINTS)

    def test_with_an_old_compiler_it_says_so(self):
        home = Home()
        self.addCleanup(home.temporary.cleanup)
        name = run("ruby", "-e", "print RbConfig::CONFIG['CXX']")
        compiler = home.folder / "bin" / name
        compiler.parent.mkdir()
        script = f'#!/bin/sh\ncase "$*" in *c++20*) exit 1 ;; esac\nexec {shutil.which(name)} "$@"\n'
        compiler.write_text(script, encoding="utf-8")
        compiler.chmod(0o755)
        with self.assertRaisesRegex(AssertionError, rf"Larder needs a C\+\+20 compiler.* {re.escape(name)} is none"):
            path = f"{compiler.parent}:{os.environ['PATH']}"
            home.run("gem", "install", built(f"sqlite-larder-{version()}.gem"), PATH=path)


if __name__ == "__main__":
    unittest.main()
