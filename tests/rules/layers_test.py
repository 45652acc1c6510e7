#!/usr/bin/env python3
"""ext/ keeps the rules of rules.py, and each of them would tell if it were broken."""

import unittest
from pathlib import Path

import rules
from cpp_source import Source

EXTENSION = Path(__file__).resolve().parents[2] / "ext"


def sources_of(folder):
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".h", ".cc"))
    return [Source(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in files]


class TheExtension(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = sources_of(EXTENSION)

    def test_is_there(self):
        self.assertGreater(len(self.sources), 100)

    def test_keeps_the_rules(self):
        for rule in rules.RULES:
            with self.subTest(rule.__name__):
                problems = list(rule(self.sources))
                if problems:
                    self.fail("\n" + "\n".join(problems))


class TheRules(unittest.TestCase):
    """What each of them reports of a few made-up files, and what it lets pass."""

    def problems(self, rule, files):
        return list(rule([Source(path, text) for path, text in files.items()]))

    def expect(self, rule, *, bad, good=None, says="", count=1):
        found = self.problems(rule, bad)
        self.assertEqual(count, len(found), found)
        for problem in found:
            self.assertIn(says, problem)
        self.assertEqual([], self.problems(rule, good or {}))

    def test_each_has_an_example(self):
        for rule in rules.RULES:
            self.assertTrue(hasattr(self, f"test_{rule.__name__}"), rule.__name__)

    def test_features_use_no_other(self):
        self.expect(
            rules.features_use_no_other,
            bad={"cache/a.cc": '// A.\n#include "lease/lease.h"\n'},
            good={"cache/a.cc": '#include "cache/a.h"\n#include "store/b.h"\n', "larder.cc": '#include "cache/a.h"\n'},
            says="ext/cache/a.cc:2: ",
        )
        self.expect(rules.features_use_no_other, bad={"kv/a.cc": '#include "run/run.h"\n'})

    def test_nothing_points_up(self):
        self.expect(
            rules.nothing_points_up,
            bad={"sqlite/a.h": '#include "store/b.h"\n', "store/a.h": '#include "sqlite/a.h"\n  #  include "kv/b.h"\n'},
            good={"store/a.h": '#include "sqlite/a.h"\n#include <xxhash.h>\n', "kv/a.cc": '#include "store/a.h"\n'},
            says="stands above",
            count=2,
        )

    def test_only_features_know_their_list(self):
        include = '#include "feature_list.h"\n'
        self.expect(
            rules.only_features_know_their_list,
            bad={"store/a.cc": include + "const Feature kA{};\n", "kv/a.cc": include + "use(kFeatures);\n"},
            good={"larder.cc": include, "kv/a.cc": include + 'constinit const Feature kA{"a"};\n'},
            count=2,
        )

    def test_sqlite_knows_nothing_of_larder(self):
        self.expect(
            rules.sqlite_knows_nothing_of_larder,
            bad={"sqlite/a.cc": 'query("SELECT key FROM larder_cache");\n', "sqlite/b.cc": "Larder larder;\n"},
            good={"sqlite/a.h": "namespace larder {\n// As Larder does.\n}  // namespace larder\n", "store/a.cc": '"larder_meta"'},
            count=2,
        )

    def test_no_macros(self):
        self.expect(
            rules.no_macros,
            bad={"cache/a.cc": '#define LIVE \\\n  "expires_at > ?2"\n'},
            good={"larder.cc": "#define ROUTINE(api, name) (api)->name\n", "store/a.cc": "// #define LIVE\n"},
            says="the macro LIVE",
        )

    def test_nothing_forbidden(self):
        for line in ("#include <cctype>", "#include <filesystem>", "if (std::isalpha(c)) x;", "x = tolower (c);", "setlocale(LC_ALL, 0);"):
            self.expect(rules.nothing_forbidden, bad={"store/a.cc": line + "\n"}, good={"store/a.cc": f"// {line}\nis_alpha(c);\n"})

    def test_only_os_knows_systems(self):
        for line in ("#include <sys/stat.h>", "#include <unistd.h>", "#ifdef _WIN32", "__builtin_add_overflow(a, b, &c);", "__attribute__((used))", "# include <dlfcn.h>", "[[gnu::pure]] int f();"):
            good = {"os/a.cc": line + "\n", "store/a.cc": f"// {line}\n#include <atomic>\n#include <xxhash.h>\n"}
            self.expect(rules.only_os_knows_systems, bad={"store/a.cc": line + "\n"}, good=good, says="os/")

    def test_headers_are_read_once(self):
        self.expect(
            rules.headers_are_read_once,
            bad={"store/a.h": "// A.\n", "store/b.h": "// #pragma once\n"},
            good={"store/a.h": "// A.\n#pragma once\n", "store/a.cc": "// A.\n"},
            count=2,
        )

    def test_files_say_what_they_are_for(self):
        self.expect(
            rules.files_say_what_they_are_for,
            bad={"store/a.h": "#pragma once\n", "store/a.cc": "", "store/b.cc": "//\n// B.\n"},
            good={"store/a.h": "// What it is for.\n#pragma once\n"},
            count=3,
        )

    def test_files_are_short(self):
        long = "// Long.\n" * 261
        two = {"kv/a.cc": long, "kv/b.cc": long, "kv/c.cc": "// Short.\n" * 260}
        self.expect(rules.files_are_short, bad={**two, "kv/c.cc": long}, good=two, says="one of 3 files", count=3)

    def test_functions_are_short(self):
        def function(lines):
            return "namespace larder {\nint f(int a = 1) {\n" + "  a();\n" * (lines - 2) + "}\n}\n"

        self.expect(rules.functions_are_short, bad={"kv/a.cc": function(41)}, good={"kv/a.cc": function(40)}, says="ext/kv/a.cc:2: f has 41 lines")
        member = "class A {\n public:\n  A() : a_{1}, b_(2) {\n" + "    a();\n" * 40 + "  }\n};\n"
        self.expect(rules.functions_are_short, bad={"kv/a.h": member}, says="A has 42 lines")

    def test_a_local_name_means_one_thing(self):
        def page(declaration):
            return f"namespace larder {{\nnamespace {{\n{declaration}\n}}  // namespace\n}}  // namespace larder\n"

        for declaration in ('constexpr char kAdd[] = R"(\nSELECT 1)";', "enum Column { kAdd, kKey };", "struct kAdd {};", "using kAdd = int;",
                            "template <class T>\nvoid kAdd(const T& use = {}) {\n  use();\n}", "constexpr Function<A> kAdd[] = {\n  {1},\n};",
                            "constexpr std::pair<int, int> kAdd{1, 2};"):  # fmt: skip
            self.expect(
                rules.a_local_name_means_one_thing,
                bad={"kv/a.cc": page(declaration), "run/b.cc": page("constexpr int kAdd = 1;")},
                good={"kv/a.cc": page(declaration), "run/b.cc": page("constexpr int kAddRun = 1;\nvoid f() { int kAdd; }")},
                says="kAdd means something else",
                count=2,
            )

    def test_a_local_name_is_none_of_a_headers(self):
        header = "namespace larder {\nvoid look(int);\nclass Later;\n}\n"
        local = "namespace larder {\nstatic void look(char c) { c; }\nstruct Later {};\n}\n"
        self.expect(rules.a_local_name_means_one_thing, bad={"kv/a.h": header, "run/b.cc": local}, good={"kv/a.h": header, "kv/a.cc": local})

    def test_a_name_in_a_namespace_of_its_own_is_another(self):
        self.assertEqual([], self.problems(rules.a_local_name_means_one_thing, {
            "kv/a.cc": "namespace larder {\nnamespace {\nint a;\n}\n}\n",
            "run/b.h": "namespace larder::detail {\nint a;\n}\n",
        }))  # fmt: skip


if __name__ == "__main__":
    unittest.main()
