#!/usr/bin/env python3
"""Writes libsqlite3-mod-larder_VERSION_ARCHITECTURE.deb, for each architecture whose binary is there.

The file lies directly in /usr/lib/TRIPLET, like that of other modules (libsqlite3-mod-spatialite): SQLite hands a name without
a slash to dlopen(), which looks there and in no folder below. So `.load larder` is all that users type.

dpkg-deb makes it, and not CPack, which cannot say `Multi-Arch: same` before CMake 3.31.

The maintainer is $DEBFULLNAME <$DEBEMAIL>, which Debian's own tools read, too. Without these it is the author of the commit.
"""

import gzip
import hashlib
import math
import os
import re
import sys
import tempfile
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from larder_packages import OUTPUT, PACKAGES, REPOSITORY, ROOT, built_targets, copy, copy_page, empty, fill, run, source_date  # noqa: E402

NAME = "libsqlite3-mod-larder"
RELEASE = 1  # of the package, where only that changes and Larder does not
ARCHITECTURES = {  # name of the target: Debian's, and where its libraries are
    "linux-x86_64": ("amd64", "x86_64-linux-gnu"),
    "linux-aarch64": ("arm64", "aarch64-linux-gnu"),
}
LIBC6 = re.compile(r"lib(c|m|dl|pthread|rt)\.so\.\d|ld-linux.*\.so\.\d")  # what the package libc6 has


def least_libc(binary):
    """The version of libc6 that the binary needs. It may need nothing else."""
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "--dynamic", "--wide", binary))
    if strange := [library for library in needed if not LIBC6.fullmatch(library)]:
        raise SystemExit(f"{binary} needs {', '.join(strange)}, which the package does not depend on")
    versions = set(re.findall(r"\bGLIBC_([\d.]+)", run("readelf", "--version-info", "--wide", binary)))
    return max(versions, key=lambda version: [int(number) for number in version.split(".")])


def maintainer():
    name, address = os.environ.get("DEBFULLNAME"), os.environ.get("DEBEMAIL")
    if name and address:
        return f"{name} <{address}>"
    return run("git", "log", "-1", "--format=%an <%ae>", cwd=ROOT).strip()


def license_values(prefix, file, first_words):
    """Whose it is and the text, as https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ wants them."""
    text = file.read_text(encoding="utf-8")
    lines = text[text.index(first_words):].splitlines()  # fmt: skip
    return {
        f"{prefix}_COPYRIGHT": re.search(r"Copyright \(c\) (.*)", text).group(1),
        f"{prefix}_LICENSE": "\n".join(f" {line}".rstrip() or " ." for line in lines),
    }


def compress(text, destination):
    destination.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def write_documents(folder, values):
    """Those that Debian's policy asks for. They are the same for each architecture, so that several can be installed at once."""
    folder.mkdir(parents=True)
    licenses = license_values("LARDER", ROOT / "LICENSE", "Permission is hereby")
    licenses |= license_values("XXHASH", PACKAGES / "LICENSE.xxHash", "Redistribution and use")
    fill(HERE / "copyright.in", folder / "copyright", **licenses)
    fill(HERE / "changelog.in", folder / "changelog", **values)
    compress((folder / "changelog").read_text(encoding="utf-8"), folder / "changelog.Debian.gz")
    (folder / "changelog").unlink()
    compress((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), folder / "changelog.gz")
    copy_page("debian", folder / "README.md")


def write_control(folder, files, values):
    """What dpkg reads: https://www.debian.org/doc/debian-policy/ch-controlfields.html"""
    kibibytes = sum(math.ceil(file.stat().st_size / 1024) for file in files)
    fill(HERE / "control.in", folder / "DEBIAN" / "control", KIBIBYTES=kibibytes, **values)
    sums = [f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n" for file in sorted(files)]
    (folder / "DEBIAN" / "md5sums").write_text("".join(sums), encoding="utf-8")


def build(target, folder):
    """In a folder whose files lie as they will lie below /."""
    architecture, triplet = ARCHITECTURES[target.name]
    values = {
        "RELEASE": RELEASE,
        "ARCHITECTURE": architecture,
        "LIBC": least_libc(target.binary),
        "MAINTAINER": maintainer(),
        "HOMEPAGE": f"\nHomepage: {REPOSITORY}" if REPOSITORY else "",
        "DATE": format_datetime(datetime.fromtimestamp(source_date(), timezone.utc)),
    }
    copy(target.binary, folder / "usr/lib" / triplet / "larder.so")
    copy(HERE / "lintian-overrides", folder / "usr/share/lintian/overrides" / NAME)
    write_documents(folder / "usr/share/doc" / NAME, values)
    write_control(folder, [file for file in folder.rglob("*") if file.is_file()], values)
    run("dpkg-deb", "--root-owner-group", "--build", folder, OUTPUT, env=os.environ | {"SOURCE_DATE_EPOCH": str(source_date())})


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    targets = {target.name: target for target in built_targets()}
    for name in ARCHITECTURES:
        if name not in targets:
            print(f"debian: no binary for {name}, left out")
            continue
        with tempfile.TemporaryDirectory() as folder:
            build(targets[name], empty(Path(folder) / NAME))


main()
