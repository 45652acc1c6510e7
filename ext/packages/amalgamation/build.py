#!/usr/bin/env python3
"""Writes sqlite-larder-amalgamation-VERSION.zip, which is for those who compile Larder themselves or link it into a program."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from archive import write_zip  # noqa: E402
from larder_packages import AMALGAMATION, OUTPUT, copy_page, version  # noqa: E402

NAMES = ("larder.cc", "larder.h", "exports.map", "LICENSE", "LICENSE.xxHash")


def main():
    folder = f"sqlite-larder-amalgamation-{version()}"
    OUTPUT.mkdir(parents=True, exist_ok=True)
    files = {f"{folder}/{name}": AMALGAMATION / name for name in NAMES}
    with tempfile.TemporaryDirectory() as temporary:
        page = files[f"{folder}/README.md"] = Path(temporary) / "README.md"
        copy_page("amalgamation", page)
        write_zip(OUTPUT / f"{folder}.zip", files)


main()
