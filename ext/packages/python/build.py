#!/usr/bin/env python3
"""Builds the Python package: a source distribution, and a wheel for each machine that Larder is built for.

One staged folder is both. The sdist has the amalgamation in it and compiles it where it is installed. A wheel is the same
without compiling: its binary is put beside the Python files first, and its tag says which machines that is for.
"""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import (  # noqa: E402
    AMALGAMATION, BUILD, LICENSES, OUTPUT, PACKAGES, REPOSITORY, copy, copy_licenses, copy_page, copy_tree, empty, fill, run, source_date,
    targets_for,
)

SOURCE = PACKAGES / "python"
WORK = BUILD / "python"
STAGE = WORK / "stage"
PYTHON = WORK / "tools" / "bin" / "python"
TOOLS = ("build==1.6.1", "scikit-build-core==1.1.2", "wheel==0.48.0", "twine==7.0.0")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date())}


def main():
    install_tools()
    stage()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("sqlite_larder-*"):
        old.unlink()
    build(OUTPUT, "--sdist")
    for target in targets_for("python"):
        build_wheel(target)
    files = sorted(OUTPUT.glob("sqlite_larder-*"))
    run(PYTHON, "-m", "twine", "check", "--strict", *files)
    for file in files:
        print(file)


def install_tools():
    """The marker is written last: what an interrupted run has left is begun anew."""
    marker, wanted = WORK / "tools" / "installed", " ".join(TOOLS)
    if not marker.exists() or marker.read_text(encoding="utf-8") != wanted:
        run(sys.executable, "-m", "venv", "--clear", WORK / "tools")
        run(PYTHON, "-m", "pip", "install", "--quiet", *TOOLS)
        marker.write_text(wanted, encoding="utf-8")


def stage():
    """Everything that the sdist holds. SQLite is in the public domain, so that it may carry its headers: whoever installs it has
    SQLite inside of Python, and seldom those."""
    empty(STAGE)
    copy_tree(SOURCE / "src", STAGE / "src", leave_out=("larder.so", "larder.dylib", "larder.dll"))
    fill(SOURCE / "pyproject.toml.in", STAGE / "pyproject.toml", URLS=f'\n[project.urls]\nRepository = "{REPOSITORY}"\n' if REPOSITORY else "")
    copy(SOURCE / "CMakeLists.txt", STAGE)
    copy_page("python", STAGE / "README.md")
    for name in ("larder.cc", "larder.h", "exports.map"):
        copy(AMALGAMATION / name, STAGE)
    copy_licenses(STAGE)
    copy_tree(AMALGAMATION / "sqlite", STAGE / "sqlite")


def build(folder, *options):
    run(PYTHON, "-m", "build", "--no-isolation", *options, "--outdir", folder, STAGE, env=ENVIRONMENT)


def build_wheel(target):
    binary = STAGE / "src" / "sqlite_larder" / target.file_name
    copy(target.binary, binary, mode=0o755)
    copy_licenses(STAGE, of=target)
    folder = empty(WORK / "wheel")
    build(folder, "--wheel", "-Cwheel.cmake=false", "-Cwheel.platlib=true")
    binary.unlink()
    for license in set(target.licenses) - set(LICENSES):
        (STAGE / license.name).unlink()
    (wheel,) = folder.iterdir()  # whose tag says what machine this is
    run(PYTHON, "-m", "wheel", "tags", "--platform-tag", target.wheel, "--remove", wheel, env=ENVIRONMENT)
    (wheel,) = folder.iterdir()
    shutil.move(wheel, OUTPUT / wheel.name)


if __name__ == "__main__":
    main()
