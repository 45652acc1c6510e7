"""What all packages share: the version, the machines that Larder is built for, templates.

The version is CMake's (the `project()` line of CMakeLists.txt) and nobody else's: a package's own file has @VERSION@ in its
place, which fill() replaces.
"""

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "ext" / "packages"
BUILD = ROOT / "build"
BINARIES = BUILD / "binaries"  # of each target, in a folder of its name
AMALGAMATION = BUILD / "amalgamation"  # larder.cc and larder.h
OUTPUT = Path(os.environ.get("LARDER_PACKAGES", BUILD / "packages"))  # what is published

# Where the repository can be seen, such as https://example.org/larder. There is no public one yet: a release sets it.
REPOSITORY = os.environ.get("LARDER_REPOSITORY", "")

# What Go programs import. Go fetches a module from the address that its path names, so a release sets one where a repository has the
# module's files. Until then it is a name that nobody can own: https://www.rfc-editor.org/rfc/rfc2606
# Its last part is the name of the package, so that an import needs no other. From version 2 on /v2 follows.
GO_MODULE_OF_PAGES = "larder.example/larder"
GO_MODULE = os.environ.get("LARDER_GO_MODULE", GO_MODULE_OF_PAGES)

# Files come out with the rights that these give, whatever those of the sources are.
os.umask(0o022)


def version():
    """The version as in "1.0.0"."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"^project\(larder VERSION ([0-9.]+)", text, re.M).group(1)


def source_date():
    """The time that all files of a package bear, so that who builds it again gets the same bytes: that of the commit, unless
    https://reproducible-builds.org/specs/source-date-epoch/ says another one."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if not said and not (ROOT / ".git").exists():
        raise SystemExit("SOURCE_DATE_EPOCH must be set: this is no clone, and so there is no commit to take the time from")
    return int(said or run("git", "log", "-1", "--format=%ct", cwd=ROOT))


@dataclass(frozen=True)
class Target:
    """A machine that Larder is built for, and what each package registry calls it."""

    name: str  # of its folder in BINARIES, and of its tarball
    zig: str  # https://ziglang.org/documentation/master/#Targets
    wheel: str  # https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
    npm: tuple  # os, cpu and libc of package.json
    gem: str  # Gem::Platform

    @property
    def file_name(self):
        return {"linux": "larder.so", "macos": "larder.dylib", "windows": "larder.dll"}[self.system]

    @property
    def system(self):
        return self.name.split("-")[0]

    @property
    def binary(self):
        return BINARIES / self.name / self.file_name

    @property
    def stamp(self):
        """A file that tells what the binary is made of: source_hash(), and more that is for binaries/build.py alone."""
        return BINARIES / self.name / "made-of"

    def made_of(self):
        """What the stamp says; nothing where the binary or the stamp is not there."""
        return self.stamp.read_text(encoding="utf-8") if self.binary.exists() and self.stamp.exists() else ""

    @property
    def licenses(self):
        """What has to go with the binary. Those beside it are of what the compiler has put into it."""
        return [*LICENSES, *sorted(self.binary.parent.glob("LICENSE.*"))]


# glibc 2.17 is that of manylinux2014; macOS 11 is the first for arm64.
TARGETS = (
    Target("linux-x86_64", "x86_64-linux-gnu.2.17", "manylinux_2_17_x86_64.manylinux2014_x86_64", ("linux", "x64", "glibc"), "x86_64-linux-gnu"),
    Target("linux-aarch64", "aarch64-linux-gnu.2.17", "manylinux_2_17_aarch64.manylinux2014_aarch64", ("linux", "arm64", "glibc"), "aarch64-linux-gnu"),
    Target("linux-x86_64-musl", "x86_64-linux-musl", "musllinux_1_2_x86_64", ("linux", "x64", "musl"), "x86_64-linux-musl"),
    Target("linux-aarch64-musl", "aarch64-linux-musl", "musllinux_1_2_aarch64", ("linux", "arm64", "musl"), "aarch64-linux-musl"),
    Target("macos-x86_64", "x86_64-macos.11.0", "macosx_11_0_x86_64", ("darwin", "x64", None), "x86_64-darwin"),
    Target("macos-arm64", "aarch64-macos.11.0", "macosx_11_0_arm64", ("darwin", "arm64", None), "arm64-darwin"),
    Target("windows-x86_64", "x86_64-windows-gnu", "win_amd64", ("win32", "x64", None), "x64-mingw-ucrt"),
    Target("windows-arm64", "aarch64-windows-gnu", "win_arm64", ("win32", "arm64", None), "aarch64-mingw-ucrt"),
)


# Big endian, which tests are run with. Nobody is given it.
TESTED_ONLY = (Target("linux-s390x", "s390x-linux-gnu.2.17", "", (), ""),)


def target(name):
    known = {each.name: each for each in (*TARGETS, *TESTED_ONLY)}
    if name not in known:
        raise SystemExit(f"there is no target {name}: {', '.join(known)}")
    return known[name]


def source_hash():
    """Of all that binaries are compiled from."""
    digest = hashlib.sha256()
    for file in sorted(file for file in AMALGAMATION.rglob("*") if file.suffix in (".cc", ".h", ".map")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def built_targets():
    """Those whose binary is there: `make binaries` makes all of them."""
    there, current = [each for each in TARGETS if each.binary.exists()], source_hash()
    if old := [each.name for each in there if not each.made_of().startswith(current)]:
        raise SystemExit(f"of other sources than those that are here: {', '.join(old)}. make binaries")
    return there


def targets_for(package):
    """built_targets(), of which there must be one; what a package is built without is printed."""
    targets = built_targets()
    if missing := [each.name for each in TARGETS if each not in targets]:
        print(f"{package}: without {', '.join(missing)}, of which there are no binaries")
    if not targets:
        raise SystemExit(f"there is no binary in {BINARIES}: make binaries")
    return targets


def fill(template, destination, **values):
    """Copies a text file, with each @NAME@ replaced: VERSION, and what `values` has. An unknown name is an error.

    A file that stays the same keeps its time, so that nothing is made anew of it.
    """
    values = {"VERSION": version(), **values}
    text = Path(template).read_text(encoding="utf-8")
    text = re.sub(r"@([A-Z_]+)@", lambda name: str(values[name.group(1)]), text)
    destination = Path(destination)
    destination.parent.mkdir(parents=True, exist_ok=True)
    if not destination.exists() or destination.read_text(encoding="utf-8") != text:
        destination.write_text(text, encoding="utf-8", newline="\n")


def copy_page(package, destination):
    """A package's page, for readers who do not have the rest of the repository: a link into it becomes one to REPOSITORY, or, where
    that is not set, the name of the file."""

    def link_of(link):
        words, target = link.groups()
        path, _, anchor = target.partition("#")
        file = (PACKAGES / package / path).resolve().relative_to(ROOT).as_posix()
        if REPOSITORY:
            return f"[{words}]({REPOSITORY}/blob/v{version()}/{file}{'#' + anchor if anchor else ''})"
        return f"{words} (`{file}` in Larder's repository{': ' + anchor.replace('-', ' ') if anchor else ''})"

    text = (PACKAGES / package / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"\[([^]\n]+)\]\((?!https?:)([^)\s]+)\)", link_of, text)
    Path(destination).write_text(text, encoding="utf-8", newline="\n")


def copy(source, destination, mode=0o644):
    """A file, without the rights and the time of the source. `destination` may be a folder."""
    destination = Path(destination)
    destination = destination / Path(source).name if destination.is_dir() else destination
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, destination)
    destination.chmod(mode)


def copy_tree(source, destination, leave_out=()):
    """All files of a folder, but for what Python and compilers leave behind, and for those named."""
    for file in sorted(Path(source).rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and file.name not in leave_out:
            copy(file, Path(destination) / file.relative_to(source))


# Larder's own, and xxHash's, which asks to go with binaries too.
LICENSES = (ROOT / "LICENSE", PACKAGES / "LICENSE.xxHash")


def copy_licenses(folder, of=None):
    """Those of Larder, or of the binary for the target `of`."""
    for file in of.licenses if of else LICENSES:
        copy(file, Path(folder))


def empty(folder):
    """The folder, new and with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run(*command, **options):
    """subprocess.run() of a command that must succeed; its output is shown only when it does not."""
    done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(str(word) for word in command)}\n{done.stdout}\nfailed with {done.returncode}")
    return done.stdout
