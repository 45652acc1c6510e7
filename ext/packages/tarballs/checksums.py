#!/usr/bin/env python3
"""Writes SHA256SUMS of all that is in build/packages, for `sha256sum --check`. It runs when everything else is built."""

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import OUTPUT  # noqa: E402


def main():
    sums = OUTPUT / "SHA256SUMS"
    files = sorted(file for file in OUTPUT.rglob("*") if file.is_file() and file != sums)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(OUTPUT).as_posix()}\n" for file in files]
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")


main()
