"""What tests of packages share: the files that were built, and running what a page says."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
sys.path.insert(0, str(ROOT / "ext" / "packages"))
from larder_packages import OUTPUT, PACKAGES, version  # noqa: E402
from pages import blocks, read  # noqa: E402
from skipping import lacks  # noqa: E402


def built(pattern):
    """The one file of build/packages that a pattern means."""
    found = sorted(OUTPUT.glob(pattern))
    if not found:
        lacks(f"there is no {pattern} in {OUTPUT}: `make packages` builds it")
    if len(found) > 1:
        sys.exit(f"FAIL more than one {pattern} in {OUTPUT}: {', '.join(file.name for file in found)}")
    return found[0]


def need(*commands):
    for command in commands:
        if shutil.which(command) is None:
            lacks(f"there is no {command}")


def run(*command, **options):
    """What a command that must succeed prints."""
    words = [str(word) for word in command]
    done = subprocess.run(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(words)}\n{done.stdout}\nended with {done.returncode}")
    return done.stdout


def examples(package, language):
    """The blocks of that language on a package's page."""
    return [block for _, block in blocks(read(PACKAGES / package / "README.md"), language)]


def again(package):
    """The files of a package that come out otherwise when it is built once more, in another time zone and with other rights for new
    files. There should be none. They are built elsewhere: other tests install those of build/packages meanwhile."""

    def build(umask, **environment):
        command = f"umask {umask}; exec '{sys.executable}' '{PACKAGES / package / 'build.py'}'"
        with tempfile.TemporaryDirectory(prefix="larder-again-") as folder:
            run("sh", "-c", command, env=dict(os.environ, LARDER_PACKAGES=folder, **environment))
            files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
            return {file.relative_to(folder): file.read_bytes() for file in files}

    once, twice = build("022"), build("077", TZ="Asia/Tokyo", LC_ALL="C")
    assert once, f"the build of {package} makes no file"
    return [file.name for file in once if once[file] != twice.get(file)]
