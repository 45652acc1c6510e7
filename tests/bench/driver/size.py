"""How large the extension is as users get it: without the names of its functions."""

import os
import shutil
import subprocess

from runner import Failed, say


def measure(extension, scratch):
    """A line like those of the programs, in millions of bytes."""
    if shutil.which("strip") is None:
        say("skipped: strip is not there")
        return []
    stripped = os.path.join(scratch, "stripped")
    if subprocess.run(["strip", "-o", stripped, extension]).returncode != 0:
        raise Failed(f"cannot strip {extension}")
    return [
        {"workload": "20e", "name": "size of the extension", "value_bytes": 0, "side": "larder", "round": 0,
         "megabytes": os.path.getsize(stripped) / 1e6}
    ]  # fmt: skip
