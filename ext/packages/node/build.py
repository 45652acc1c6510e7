#!/usr/bin/env python3
"""Writes the npm packages into build/packages: sqlite-larder, and one with the binary for each machine that Larder was built for.

No package runs anything when it is installed. npm installs, of the optional dependencies, the one whose os, cpu and libc fit.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from larder_packages import BUILD, OUTPUT, REPOSITORY, ROOT, copy, copy_licenses, copy_page  # noqa: E402
from larder_packages import empty, fill, run, targets_for, version  # noqa: E402

HERE = Path(__file__).parent
WORK = BUILD / "npm"


def platform_name(target):
    system, cpu, libc = target.npm
    return f"sqlite-larder-{system}-{cpu}" + ("-musl" if libc == "musl" else "")


def platform_manifest(target):
    system, cpu, libc = target.npm
    manifest = {
        "name": platform_name(target),
        "version": version(),
        "description": f"{target.file_name} for {target.name}: what the package sqlite-larder loads there",
        "license": "MIT AND BSD-2-Clause",  # xxHash is in it
        "os": [system],
        "cpu": [cpu],
        "files": [target.file_name, *(file.name for file in target.licenses)],
        "preferUnplugged": True,  # Yarn: SQLite cannot load from a .zip
    }
    return manifest | ({"libc": [libc]} if libc else {}) | ({"repository": REPOSITORY} if REPOSITORY else {})


def repository():
    """A line of package.json; npm wants it of what is published with its provenance."""
    return f'"repository": {json.dumps(REPOSITORY)},' if REPOSITORY else ""


def pack(folder):
    """npm gives all files the same date and owner, so the tarball depends on nothing but what is in it."""
    for file in folder.iterdir():
        file.chmod(0o644)
    run("npm", "pack", "--ignore-scripts", "--pack-destination", OUTPUT, cwd=folder)
    print(f"{OUTPUT.name}/{folder.name}-{version()}.tgz")


def build_platform(target):
    folder = empty(WORK / platform_name(target))
    copy(target.binary, folder)
    copy_licenses(folder, of=target)
    manifest = platform_manifest(target)
    (folder / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(f"# {manifest['name']}\n\n{manifest['description']}. Install that one.\n", encoding="utf-8")
    pack(folder)


def build_main(targets):
    folder = empty(WORK / "sqlite-larder")
    for name in ("index.cjs", "index.mjs", "index.d.cts", "index.d.mts", "larder.cjs"):
        copy(HERE / name, folder)
    copy_page("node", folder / "README.md")
    platforms = {platform_name(target): version() for target in targets}
    fill(HERE / "package.json.in", folder / "package.json", PLATFORMS=json.dumps(platforms), REPOSITORY=repository())
    copy(ROOT / "LICENSE", folder)
    pack(folder)


def main():
    targets = targets_for("node")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("sqlite-larder-*.tgz"):
        old.unlink()
    for target in targets:
        build_platform(target)
    build_main(targets)


if __name__ == "__main__":
    main()
