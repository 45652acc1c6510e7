#!/usr/bin/env python3
"""Writes the archive of each binary, that of the sources, and sqlpkg.json, which says where sqlpkg finds the former.

LARDER_RELEASE_URL is the address that the archives will have, without their names. Where it is not set, sqlpkg.json is for the
folder that it lies in.
"""

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from archive import write_tar_gz, write_zip  # noqa: E402
from larder_packages import OUTPUT, ROOT, copy_page, run, targets_for, version  # noqa: E402

# What sqlpkg calls a machine. It knows no musl: what it finds for Linux needs glibc.
SQLPKG = {
    "linux-x86_64": "linux-amd64",
    "linux-aarch64": "linux-arm64",
    "macos-x86_64": "darwin-amd64",
    "macos-arm64": "darwin-arm64",
    "windows-x86_64": "windows-amd64",
    "windows-arm64": "windows-arm64",
}


def pack(target, page):
    """The archive of a target's binary. What Windows opens without a further program is a zip."""
    name = f"larder-{version()}-loadable-{target.name}"
    files = {
        target.file_name: target.binary,
        "README.md": page,
        **{file.name: file for file in target.licenses},
    }
    if target.system == "windows":
        write_zip(OUTPUT / f"{name}.zip", files)
        return OUTPUT / f"{name}.zip"
    write_tar_gz(OUTPUT / f"{name}.tar.gz", files)
    return OUTPUT / f"{name}.tar.gz"


def pack_binaries():
    """{name of the target: its archive}"""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "README.md"
        copy_page("tarballs", page)
        return {target.name: pack(target, page) for target in targets_for("tarballs")}


def pack_sources():
    """What the commit has: changes that are not committed are in no release."""
    name = f"larder-{version()}"
    run("git", "archive", "-9", f"--prefix={name}/", f"--output={OUTPUT / name}.tar.gz", "HEAD", cwd=ROOT)


def write_sqlpkg(archives):
    """https://github.com/nalgeon/sqlpkg/blob/main/spec.md"""
    known = {SQLPKG[name]: archive for name, archive in archives.items() if name in SQLPKG}
    spec = json.loads((HERE / "sqlpkg.json").read_text(encoding="utf-8"))
    spec["version"] = version()
    spec["assets"] = {
        "path": os.environ.get("LARDER_RELEASE_URL", "."),
        "files": {machine: archive.name for machine, archive in known.items()},
        "checksums": {archive.name: f"sha256-{hashlib.sha256(archive.read_bytes()).hexdigest()}" for archive in known.values()},
    }
    (OUTPUT / "sqlpkg.json").write_text(json.dumps(spec, indent=2) + "\n", encoding="utf-8")


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    write_sqlpkg(pack_binaries())
    pack_sources()


main()
