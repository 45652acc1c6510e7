"""Folders of migrations, and parts of them."""

import re
import shutil


def version_in(name):
    """The version that a name begins with, in a form that sorts; () for other names."""
    found = re.match(r"V?(\d+(?:[._-]\d+)*)(?=[._-]|$)", name)
    return tuple(int(part) for part in re.findall(r"\d+", found[1])) if found else ()


def first_half(folder, target):
    """Copies what the folder held when half of its migrations were there."""
    versions = sorted({version_in(path.name) for path in folder.iterdir()} - {()})
    kept = versions[: (len(versions) + 1) // 2]
    target.mkdir()
    for path in folder.iterdir():
        if version_in(path.name) in [(), *kept]:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, target / path.name)
    return target
