"""larder run: what the command gets, what it gives back, and what is written down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from conftest import LARDER, Terminal, wait_until

PYTHON = sys.executable
MEGABYTES = 10


def test_the_exit_code_is_the_commands(folder):
    assert folder.larder("run", "app.db", "nightly", "--", "true").returncode == 0
    assert folder.run_of("nightly") == ("finished", None)
    done = folder.larder("run", "app.db", "nightly", "--", "sh", "-c", "echo no such host >&2; exit 3")
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == "no such host"
    assert done.stderr.splitlines()[1].startswith("larder: nightly: run 2: exit code 3, after ")
    assert folder.run_of("nightly") == ("failed", "exit code 3\nno such host")


def test_cron_hears_nothing_of_a_run_that_goes_well(folder):
    done = folder.larder("run", "app.db", "nightly", "--", "true")
    assert (done.stdout, done.stderr) == ("", "")
    assert "run 2: finished" in folder.larder("run", "app.db", "nightly", "--verbose", "--", "true").stderr


def test_a_command_that_a_signal_kills(folder):
    done = folder.larder("run", "app.db", "nightly", "--", "sh", "-c", "echo dying >&2; kill -KILL $$")
    assert done.returncode == 128 + 9
    assert folder.run_of("nightly") == ("failed", "killed by SIGKILL\ndying")


def test_two_at_once(folder):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    first = folder.start("run", "app.db", "nightly", "--", "sh", "-c", "echo began; read line", **pipes)
    assert first.stdout.readline() == b"began\n"
    second = folder.larder("run", "app.db", "nightly", "--", "touch", "ran")
    assert second.returncode == 75
    assert second.stderr.startswith("larder: nightly: another run is active (run 1 of ")
    skipped = folder.larder("run", "app.db", "nightly", "--skip", "--", "touch", "ran")
    assert (skipped.returncode, skipped.stderr) == (0, "")
    assert not (folder / "ran").exists()
    folder.succeed("run", "app.db", "other", "--", "true")
    first.communicate(b"go\n")
    assert first.returncode == 0
    folder.succeed("run", "app.db", "nightly", "--", "touch", "ran")
    assert (folder / "ran").exists()


def test_ten_at_once_of_which_one_runs(folder):
    command = ["run", "app.db", "j", "--", "sh", "-c", "echo x >>ran; sleep 2"]
    processes = [folder.start(*command, stderr=subprocess.DEVNULL) for _ in range(10)]
    codes = sorted(process.wait() for process in processes)
    assert codes == [0] + [75] * 9
    assert (folder / "ran").read_text() == "x\n"


def test_ten_megabytes_on_both_streams(folder):
    program = """
import sys
for n in range(160):
    sys.stdout.write('o' * 65535 + '\\n')
    sys.stderr.write('e' * 65535 + '\\n')
sys.exit(4)
"""
    done = folder.larder("run", "app.db", "nightly", "--", PYTHON, "-c", program)
    assert done.returncode == 4
    assert done.stdout == ("o" * 65535 + "\n") * (MEGABYTES * 16)
    passed_on, _, own = done.stderr.rpartition("larder: ")
    assert passed_on == ("e" * 65535 + "\n") * (MEGABYTES * 16)
    assert own.startswith("nightly: run 1: exit code 4")
    status, error = folder.run_of("nightly")
    assert status == "failed" and 8000 < len(error) < 9000


def test_stdin_is_passed_on(folder):
    assert folder.succeed("run", "app.db", "nightly", "--", "tr", "a-z", "A-Z", input="hello\n") == "HELLO\n"


def test_bytes_that_are_no_text(folder):
    command = ["run", "app.db", "nightly", "--", "sh", "-c", r"printf 'a\377\000b\n' >&2; exit 1"]
    process = folder.start(*command, stderr=subprocess.PIPE)
    assert process.communicate()[1].startswith(b"a\xff\x00b\nlarder: ")
    assert folder.run_of("nightly") == ("failed", "exit code 1\na\N{REPLACEMENT CHARACTER}b")


def test_only_the_last_lines_are_kept(folder):
    script = "for n in 1 2 3 4; do echo $n >&2; done; exit 1"
    folder.larder("run", "app.db", "nightly", "--error-lines", "2", "--", "sh", "-c", script)
    assert folder.run_of("nightly") == ("failed", "exit code 1\n3\n4")


def test_without_a_pipe_stderr_is_larders_own(folder):
    command = ["sh", "-c", "readlink /proc/self/fd/2; echo lost >&2; exit 1"]
    with open(folder / "errors", "w") as errors:
        options = {"stdout": subprocess.PIPE, "stderr": errors}
        process = folder.start("run", "app.db", "nightly", "--error-lines", "0", "--", *command, **options)
        output = process.communicate()[0].decode().strip()
    assert output == str(folder / "errors")
    assert folder.run_of("nightly") == ("failed", "exit code 1")


def test_a_grandchild_that_holds_stderr_open_is_not_waited_for(folder):
    script = "sleep 300 & echo $! >pid; echo over >&2; exit 1"
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", script, stderr=subprocess.PIPE)
    assert process.wait(20) == 1
    os.kill(folder.pid_in("pid"), 9)
    assert folder.run_of("nightly") == ("failed", "exit code 1\nover")


def test_a_grandchild_that_never_stops_writing(folder):
    script = "yes >&2 & echo $! >pid; exit 1"
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", script, stderr=subprocess.DEVNULL)
    assert process.wait(20) == 1
    os.kill(folder.pid_in("pid"), 9)


def test_what_is_written_last_is_passed_on_to_a_slow_reader(folder):
    command = [PYTHON, "-c", "import sys; sys.stderr.write('e' * 200_000)"]
    process = folder.start("run", "app.db", "nightly", "--lease", "2s", "--", *command, stderr=subprocess.PIPE)
    wait_until(lambda: folder.sql("SELECT heartbeat_at > started_at + 2.5 FROM kv_run") == [(1,)])  # with both pipes full
    assert process.communicate()[1] == b"e" * 200_000
    assert process.returncode == 0
    assert folder.run_of("nightly") == ("finished", None)


def test_nobody_reads_stderr(folder):
    """The command hears of it, as it would without larder."""
    reader, writer = os.pipe()
    os.close(reader)
    script = "trap '' PIPE; while echo x; do :; done >&2; echo over >>heard"
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", script, stderr=writer)
    os.close(writer)
    assert process.wait(20) == 0
    assert (folder / "heard").read_text() == "over\n"


def test_standard_streams_that_are_closed(folder):
    program = """
import os
open("streams", "w").write(" ".join(os.readlink(f"/proc/self/fd/{n}") for n in range(3)))
os.write(2, b"lost")
"""
    shell = 'exec "$@" <&- >&- 2>&-'
    command = ["sh", "-c", shell, "sh", *LARDER, "run", "app.db", "nightly", "-v", "--", PYTHON, "-c", program]
    assert subprocess.run(command, cwd=folder.path).returncode == 0
    first, second, third = (folder / "streams").read_text().split()
    assert first == second == "/dev/null" and third.startswith("pipe:")
    assert folder.run_of("nightly") == ("finished", None)
    assert folder.sql("PRAGMA integrity_check") == [("ok",)]


def test_further_descriptors_are_inherited(folder):
    reader, writer = os.pipe()
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", f"echo hello >/dev/fd/{writer}", pass_fds=[writer])
    os.close(writer)
    with open(reader, "rb") as pipe:
        assert pipe.read() == b"hello\n"
    assert process.wait() == 0


def test_the_command_inherits_nothing_of_larders_own(folder):
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", "ls -l /proc/self/fd", stdout=subprocess.PIPE)
    links = [line.split(" -> ") for line in process.communicate()[0].decode().splitlines() if " -> " in line]
    assert {words[0].split()[-1] for words in links if not words[1].startswith("/proc/")} == {"0", "1", "2"}


def test_the_environment_of_the_command(folder):
    (folder / "data").mkdir()
    script = 'echo "$LARDER_RUN|$LARDER_JOB|$LARDER_DATABASE|$PWD|$(umask)"'
    output = folder.succeed("run", "data/app.db", "my job", "--", "sh", "-c", script, umask=0o027)
    assert output == f"1|my job|{folder / 'data' / 'app.db'}|{folder.path}|0027\n"
    assert (folder / "data" / "app.db").stat().st_mode & 0o777 == 0o640


def test_a_minimal_environment(folder):
    """As cron's, and less."""
    environment = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    assert folder.succeed("run", "app.db", "nightly", "--", "sh", "-c", "echo $LARDER_RUN", env=environment) == "1\n"


def test_whoever_starts_larder_ignores_the_end_of_its_children(folder):
    def ignore():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    assert folder.larder("run", "app.db", "nightly", "--", "sh", "-c", "exit 3", preexec_fn=ignore).returncode == 3


def test_at_a_terminal(folder):
    terminal = Terminal(folder, "run", "app.db", "nightly", "--", "sh", "-c", "read line; echo got $line; sleep 300")
    os.write(terminal.descriptor, b"hello\n")
    terminal.read_until("got hello")
    os.write(terminal.descriptor, b"\x03")
    assert terminal.end() == 128 + 2
    assert folder.run_of("nightly") == ("failed", "killed by SIGINT")


def test_progress_of_the_commands_own(folder):
    count = f'{" ".join(LARDER)} shell $LARDER_DATABASE "SELECT run_tick($LARDER_RUN, 30)"'
    assert folder.succeed("run", "app.db", "nightly", "--total", "40", "--", "sh", "-c", count) == "1\n"
    assert folder.sql("SELECT status, done, total FROM kv_run") == [("finished", 30, 40)]


@pytest.mark.parametrize(
    "command, code, message",
    [("nosuch-command", 127, "nosuch-command: No such file or directory"), ("./plain", 126, "./plain: Permission denied")],
)
def test_a_command_that_cannot_be_run(folder, command, code, message):
    (folder / "plain").write_text("no program")
    done = folder.larder("run", "app.db", "nightly", "--", command)
    assert done.returncode == code
    assert done.stderr.startswith(f"larder: nightly: run 1: {message}")
    assert folder.run_of("nightly") == ("failed", message)


def test_the_summary_in_json(folder):
    folder.larder("run", "app.db", "nightly", "--json", "runs.jsonl", "--", "true")
    folder.larder("run", "app.db", "nightly", "--json", "runs.jsonl", "--", "sh", "-c", "echo no >&2; exit 3")
    folder.larder("run", "app.db", "nightly", "--json", "runs.jsonl", "--", "sh", "-c", "kill -TERM $$")
    runs = [json.loads(line) for line in (folder / "runs.jsonl").read_text().splitlines()]
    assert [(each["job"], each["run"], each["status"], each["exit_code"], each["signal"], each["error"]) for each in runs] == [
        ("nightly", 1, "finished", 0, None, None),
        ("nightly", 2, "failed", 3, None, "exit code 3\nno"),
        ("nightly", 3, "failed", 143, "SIGTERM", "killed by SIGTERM"),
    ]
    assert all(each["started_at"] > 1.7e9 and 0 < each["duration"] < 20 for each in runs)


def test_a_summary_that_cannot_be_written_keeps_the_job_from_running(folder):
    done = folder.larder("run", "app.db", "nightly", "--json", "nowhere/runs.jsonl", "--", "touch", "ran")
    assert (done.returncode, done.stderr) == (73, "larder: nowhere/runs.jsonl: No such file or directory\n")
    assert not (folder / "ran").exists()
