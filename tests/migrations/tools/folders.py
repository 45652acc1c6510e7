"""Folders of migrations, and parts of them."""

import json
import re
import shutil

import layouts


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
    cut_journal(target, len(kept))
    return target


def cut_journal(folder, count):
    """drizzle's list of the files has as many entries."""
    path = folder / "meta" / "_journal.json"
    if path.exists():
        entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
        path.write_text(layouts.journal(entries[:count]), encoding="utf-8")
