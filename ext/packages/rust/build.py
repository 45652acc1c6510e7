#!/usr/bin/env python3
"""Makes build/packages/sqlite-larder-VERSION.crate, which `cargo publish` uploads, of the amalgamation and this folder.

Whether it compiles is for tests/packages/rust_test.py to say, as compiling takes a while.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import AMALGAMATION, BUILD, OUTPUT, REPOSITORY, copy, copy_licenses, copy_page  # noqa: E402
from larder_packages import copy_tree, empty, fill, run, version  # noqa: E402

HERE = Path(__file__).parent
CRATE = f"sqlite-larder-{version()}.crate"


def stage(folder):
    """All that the crate consists of."""
    repository = f'repository = "{REPOSITORY}"' if REPOSITORY else ""
    fill(HERE / "Cargo.toml.in", folder / "Cargo.toml", REPOSITORY=repository)
    copy_page("rust", folder / "README.md")
    copy(HERE / "build.rs", folder)
    for name in ("src", "tests"):
        copy_tree(HERE / name, folder / name)
    copy(AMALGAMATION / "larder.cc", folder / "larder" / "larder.cc")
    copy_licenses(folder)


def main():
    crate = empty(BUILD / "rust" / "crate")
    stage(crate)
    # Without a lock file: it would say what the registry had on this day, and nobody who depends on a library reads it.
    run("cargo", "package", "--quiet", "--no-verify", "--allow-dirty", "--exclude-lockfile", "--target-dir", "target", cwd=crate)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    copy(crate / "target" / "package" / CRATE, OUTPUT)
    print(f"build/packages/{CRATE}")


if __name__ == "__main__":
    main()
