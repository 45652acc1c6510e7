#!/usr/bin/env python3
"""build.py [TARGET...]: compiles the amalgamation for each target of larder_packages.py that is named, or all of them, with Zig.

Zig is a C++ compiler for every system at once (PyPI's ziglang): clang, with the headers and libraries of each. .ci/deps installs it
into build/zig. A binary has its own C++ runtime, and exports the entry points and nothing else; on macOS also operator new and delete, because Zig's linker takes no list there. (They are weak: a process has one.)
"""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from os import cpu_count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import AMALGAMATION, BUILD, TARGETS, copy, run, source_hash, target  # noqa: E402

ZIG = [BUILD / "zig" / "bin" / "python", "-m", "ziglang"]

# -s: without symbols, which are three quarters of it.
FLAGS = ["-std=c++20", "-O2", "-DNDEBUG", "-fPIC", "-shared", "-fvisibility=hidden", "-s", "-isystem", AMALGAMATION / "sqlite"]
OF_SYSTEM = {
    # exports.map: what of the C++ library is not hidden. nodelete: see ext/os/library.h.
    "linux": [f"-Wl,--version-script={AMALGAMATION / 'exports.map'}", "-Wl,-z,nodelete", "-Wl,-z,relro,-z,now"],
    "macos": ["-Wl,-install_name,@rpath/larder.dylib"],
    "windows": [],
}


def command(each):
    return [*ZIG, "c++", "-target", each.zig, *FLAGS, *OF_SYSTEM[each.system], AMALGAMATION / "larder.cc", "-o"]


@cache
def sources_and_compiler():
    return source_hash(), run(*ZIG, "version")


def made_of(each):
    """What tells whether a binary is to be made anew: the sources, the command and the compiler."""
    sources, compiler = sources_and_compiler()
    how = hashlib.sha256(" ".join(map(str, [*command(each), compiler])).encode()).hexdigest()
    return f"{sources} {how}"


def build(each):
    """The file gets its name when it is whole; and a DLL says inside what it was called when it was linked."""
    new = each.binary.parent / "new" / each.file_name
    new.parent.mkdir(parents=True, exist_ok=True)
    run(*command(each), new)
    new.replace(each.binary)
    if each.system == "windows":  # some of its C runtime is in the file
        (runtime,) = (BUILD / "zig").glob("lib/python*/site-packages/ziglang/lib/libc/mingw/COPYING")
        copy(runtime, each.binary.parent / "LICENSE.mingw-w64")
    each.stamp.write_text(made_of(each), encoding="utf-8")
    return each


def main():
    wanted = [target(name) for name in sys.argv[1:]] or TARGETS
    with ThreadPoolExecutor(cpu_count()) as pool:
        for each in pool.map(build, [each for each in wanted if each.made_of() != made_of(each)]):
            print(f"{each.binary.stat().st_size:>9,}  {each.name}/{each.file_name}", flush=True)


if __name__ == "__main__":
    main()
