#!/usr/bin/env python3
"""build.py [TARGET...]: compiles the amalgamation for each target of packaging.py that is named, or all of them, with Zig.

Zig is a C++ compiler for every system at once (PyPI's ziglang): clang, with the headers and libraries of each. .ci/deps installs it
into build/zig. A binary has its own C++ runtime, and exports the entry points and
nothing else; on macOS also operator new and delete, because Zig's linker takes no list there. (They are weak: a process has one.)
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from packaging import AMALGAMATION, BUILD, TARGETS, run, target  # noqa: E402

ZIG = [BUILD / "zig" / "bin" / "python", "-m", "ziglang"]

# -s: without symbols, which are three quarters of it.
FLAGS = ["-std=c++20", "-O2", "-DNDEBUG", "-fPIC", "-shared", "-fvisibility=hidden", "-s", "-isystem", AMALGAMATION / "sqlite"]
OF_SYSTEM = {
    # exports.map: what of the C++ library is not hidden. nodelete: see ext/os/library.h.
    "linux": [f"-Wl,--version-script={AMALGAMATION / 'exports.map'}", "-Wl,-z,nodelete", "-Wl,-z,relro,-z,now"],
    "macos": ["-Wl,-install_name,@rpath/larder.dylib"],
    "windows": [],
}


def build(each):
    each.binary.parent.mkdir(parents=True, exist_ok=True)
    new = each.binary.with_suffix(".new")
    run(*ZIG, "c++", "-target", each.zig, *FLAGS, *OF_SYSTEM[each.system], AMALGAMATION / "larder.cc", "-o", new)
    new.replace(each.binary)
    # What a Windows linker makes for those who link against a DLL; nobody does.
    for beside in each.binary.parent.glob("*.lib"):
        beside.unlink()
    return each


def is_old(each):
    return not each.binary.exists() or each.binary.stat().st_mtime < (AMALGAMATION / "larder.cc").stat().st_mtime


def main():
    wanted = [target(name) for name in sys.argv[1:]] or TARGETS
    with ThreadPoolExecutor(cpu_count()) as pool:
        for each in pool.map(build, filter(is_old, wanted)):
            print(f"{each.binary.stat().st_size:>9,}  {each.name}/{each.file_name}", flush=True)


if __name__ == "__main__":
    main()
