"""How many instructions an operation takes: exact where times are not, but blind to the kernel."""

import json
import re
import shutil
import subprocess

from runner import Failed, say

WORKLOADS = ("1", "2", "5", "9a")
MEASURED = "larder_bench_measured"  # the function in larder_bench whose instructions count


def measure(program, extension, scratch):
    """Lines like those of the other programs, with "instructions" as their metric."""
    if shutil.which("valgrind") is None:
        say("skipped: valgrind is not there")
        return []
    return [count(program, extension, workload, side, scratch) for workload in WORKLOADS for side in ("larder", "hand")]


def count(program, extension, workload, side, scratch):
    say(f"running callgrind: workload {workload}, {side}")
    command = [
        "valgrind", "--tool=callgrind", f"--toggle-collect={MEASURED}", f"--callgrind-out-file={scratch}/callgrind.out",
        program, extension, "--callgrind", workload, side,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"callgrind of workload {workload}, {side}:\n{done.stderr}")
    return parse(workload, side, done.stdout, done.stderr)


def parse(workload, side, stdout, stderr):
    """From the program's line of JSON, which tells the operations, and valgrind's summary."""
    line = next((json.loads(text) for text in stdout.splitlines() if text.startswith("{")), None)
    collected = re.search(r"Collected : (\d+)", stderr)
    if line is None or collected is None:
        raise Failed(f"callgrind of workload {workload}, {side}: no number in\n{stdout}{stderr}")
    return {
        "workload": workload, "name": line.get("name", ""), "value_bytes": line.get("value_bytes", 0), "side": side, "round": 0,
        "instructions": int(collected[1]) / line["operations"],
    }  # fmt: skip
