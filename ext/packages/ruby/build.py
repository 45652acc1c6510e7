#!/usr/bin/env python3
"""Writes the gems: one for each target whose binary is there, and one that compiles the amalgamation where it is installed."""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from larder_packages import AMALGAMATION, OUTPUT, REPOSITORY, copy, copy_licenses, copy_page  # noqa: E402
from larder_packages import empty, fill, run, source_date, targets_for  # noqa: E402

TELLS_MUSL_FROM_GLIBC = ">= 3.3.22"  # older RubyGems find neither, and compile


def common_files(folder, platform, rubygems, target=None):
    copy(HERE / "lib/sqlite_larder.rb", folder / "lib/sqlite_larder.rb")
    copy(HERE / "sig/sqlite_larder.rbs", folder / "sig/sqlite_larder.rbs")
    fill(HERE / "lib/sqlite_larder/version.rb.in", folder / "lib/sqlite_larder/version.rb")
    fill(HERE / "sqlite-larder.gemspec.in", folder / "sqlite-larder.gemspec", PLATFORM=platform, RUBYGEMS=rubygems,
         HOMEPAGE=f'spec.homepage = "{REPOSITORY}"' if REPOSITORY else "")  # fmt: skip
    copy_licenses(folder, of=target)
    copy_page("ruby", folder / "README.md")


def binary_gem(target, folder):
    # The parts and not one word: older RubyGems would leave out "gnu".
    platform = f"Gem::Platform.new(%w[{target.gem.replace('-', ' ')}])"
    common_files(folder, platform, TELLS_MUSL_FROM_GLIBC if target.system == "linux" else ">= 0", target)
    copy(target.binary, folder / "lib/sqlite_larder" / target.file_name)


def source_gem(folder):
    common_files(folder, "Gem::Platform::RUBY", ">= 0")
    copy(HERE / "ext/sqlite_larder/extconf.rb", folder / "ext/sqlite_larder/extconf.rb")
    for name in ("larder.cc", "exports.map"):
        copy(AMALGAMATION / name, folder / "ext/sqlite_larder" / name)


def build(write):
    with tempfile.TemporaryDirectory() as temporary:
        folder = empty(Path(temporary) / "gem")
        write(folder)
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(source_date())}
        run("gem", "build", folder / "sqlite-larder.gemspec", cwd=folder, env=environment)
        (gem,) = folder.glob("*.gem")
        copy(gem, OUTPUT / gem.name)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for target in targets_for("ruby"):
        build(lambda folder, target=target: binary_gem(target, folder))
    build(source_gem)


main()
