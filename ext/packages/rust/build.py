#!/usr/bin/env python3
"""Makes build/packages/sqlite-larder-VERSION.crate, which `cargo publish` uploads, of the amalgamation and this folder.

Whether it compiles is for tests/packages/rust_test.py to say, as compiling takes a while.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from packaging import AMALGAMATION, BUILD, OUTPUT, copy_licenses, copy_page, empty, fill, run, version  # noqa: E402

HERE = Path(__file__).parent
CRATE = f"sqlite-larder-{version()}.crate"


def stage(folder):
    """All that the crate consists of."""
    fill(HERE / "Cargo.toml.in", folder / "Cargo.toml")
    copy_page("rust", folder / "README.md")
    shutil.copy(HERE / "build.rs", folder)
    for name in ("src", "tests"):
        shutil.copytree(HERE / name, folder / name)
    (folder / "larder").mkdir()
    shutil.copy(AMALGAMATION / "larder.cc", folder / "larder")
    copy_licenses(folder)


def main():
    crate = empty(BUILD / "rust" / "crate")
    stage(crate)
    # Without a lock file: it would say what the registry had on this day, and nobody who depends on a library reads it.
    run("cargo", "package", "--quiet", "--no-verify", "--allow-dirty", "--exclude-lockfile", "--target-dir", "target", cwd=crate)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    shutil.copy(crate / "target" / "package" / CRATE, OUTPUT)
    print(f"build/packages/{CRATE}")


if __name__ == "__main__":
    main()
