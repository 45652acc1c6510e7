"""Builds the Python package: a source distribution, and a wheel for each machine that Larder is built for.

One staged folder is both. The sdist has the amalgamation in it and compiles it where it is installed. A wheel is the same
without compiling: its binary is put beside the Python files first, and its tag says which machines that is for.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from packaging import (  # noqa: E402
    AMALGAMATION, BUILD, OUTPUT, PACKAGES, TARGETS, built_targets, copy_licenses, copy_page, empty, fill, run, source_date,
)

SOURCE = PACKAGES / "python"
WORK = BUILD / "python"
STAGE = WORK / "stage"
PYTHON = WORK / "tools" / "bin" / "python"
TOOLS = ("build==1.*", "scikit-build-core==1.*", "wheel==0.*", "twine")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date())}


def main():
    install_tools()
    stage()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("sqlite_larder-*"):
        old.unlink()
    build(OUTPUT, "--sdist")
    for target in TARGETS:
        if target in built_targets():
            build_wheel(target)
        else:
            print(f"no wheel for {target.name}: {target.binary} is missing")
    files = sorted(OUTPUT.glob("sqlite_larder-*"))
    run(PYTHON, "-m", "twine", "check", "--strict", *files)
    for file in files:
        print(file)


def install_tools():
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", PYTHON.parents[1])
        run(PYTHON, "-m", "pip", "install", "--quiet", *TOOLS)


def stage():
    """Everything that the sdist holds."""
    empty(STAGE)
    left_over = shutil.ignore_patterns("__pycache__", "larder.so", "larder.dylib", "larder.dll")
    shutil.copytree(SOURCE / "src", STAGE / "src", ignore=left_over)
    fill(SOURCE / "pyproject.toml.in", STAGE / "pyproject.toml")
    shutil.copy(SOURCE / "CMakeLists.txt", STAGE)
    copy_page("python", STAGE / "README.md")
    for name in ("larder.cc", "larder.h", "exports.map"):
        shutil.copy(AMALGAMATION / name, STAGE)
    copy_licenses(STAGE)
    (STAGE / "sqlite").mkdir()
    for header in sqlite_headers():
        shutil.copy(header, STAGE / "sqlite")


def sqlite_headers():
    """sqlite3ext.h and sqlite3.h, where this machine's compiler finds them. SQLite is in the public domain, so that the
    sdist may carry them: whoever installs it has SQLite inside of Python, and seldom its headers."""
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write("#include <sqlite3ext.h>\n")
        source.flush()
        words = run("c++", "-M", "-x", "c", source.name).split()
    return [word for word in words if Path(word).name in ("sqlite3.h", "sqlite3ext.h")]


def build(folder, *options):
    run(PYTHON, "-m", "build", "--no-isolation", *options, "--outdir", folder, STAGE, env=ENVIRONMENT)


def build_wheel(target):
    binary = STAGE / "src" / "sqlite_larder" / target.file_name
    shutil.copyfile(target.binary, binary)  # without its mode, which differs from machine to machine
    binary.chmod(0o755)
    folder = empty(WORK / "wheel")
    build(folder, "--wheel", "-Cwheel.cmake=false", "-Cwheel.platlib=true")
    binary.unlink()
    (wheel,) = folder.iterdir()  # whose tag says what machine this is
    run(PYTHON, "-m", "wheel", "tags", "--platform-tag", target.wheel, "--remove", wheel, env=ENVIRONMENT)
    (wheel,) = folder.iterdir()
    shutil.move(wheel, OUTPUT / wheel.name)


if __name__ == "__main__":
    main()
