"""larder run: signals, larder killed, the lease lost, the file locked. The command must never outlive its lease."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import lives, wait_until

# Writes its process id, and says of each signal what it was; only KILL ends it.
DEAF = """
trap 'echo TERM >>heard' TERM
trap 'echo INT >>heard' INT
trap 'echo HUP >>heard' HUP
echo $$ >pid
while :; do sleep 0.05; done
"""
# The same with a grandchild that is as deaf.
DEAF_FAMILY = "(trap '' TERM; sh -c 'echo $PPID >grandchild'; while :; do sleep 0.05; done) &\n" + DEAF


@pytest.fixture(autouse=True)
def nothing_is_left(folder):
    yield
    for name in ("pid", "grandchild"):
        if (folder / name).exists():
            wait_until(lambda name=name: not lives(folder.pid_in(name)))


def state(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0]


def start(folder, script, *options):
    process = folder.start("run", "app.db", "nightly", *options, "--", folder.script("job.sh", script), stderr=subprocess.PIPE)
    return process, folder.pid_in("pid")


def heard(folder):
    path = folder / "heard"
    return path.read_text().split() if path.exists() else []


def last_line(process):
    return process.stderr.read().decode().splitlines()[-1]


def ends_when_killed(process, pid):
    os.kill(pid, signal.SIGKILL)
    assert process.wait() == 128 + 9


@pytest.mark.parametrize("name", ["TERM", "INT", "HUP"])
def test_signals_are_passed_on(folder, name):
    process, pid = start(folder, DEAF)
    process.send_signal(getattr(signal, f"SIG{name}"))
    wait_until(lambda: heard(folder) == [name])
    assert process.poll() is None and lives(pid)  # how the command takes it is the command's affair
    assert folder.run_of("nightly") == ("running", None)
    ends_when_killed(process, pid)


def test_the_command_that_a_passed_on_signal_ends(folder):
    process, _ = start(folder, "echo $$ >pid\nexec sleep 300")
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 128 + 15
    assert folder.run_of("nightly") == ("failed", "killed by SIGTERM")


def test_signals_reach_grandchildren(folder):
    process, _ = start(folder, "sleep 300 & echo $! >grandchild\ntrap 'exit 7' TERM\necho $$ >pid\nwait")
    grandchild = folder.pid_in("grandchild")
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 7
    wait_until(lambda: not lives(grandchild))


def test_what_nohup_ignores_stays_ignored(folder):
    script = "echo $$ >pid\nread line\necho over >over"
    job = folder.script("job.sh", script)
    process = folder.start(
        "run",
        "app.db",
        "nightly",
        "--",
        job,
        stdin=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    pid = folder.pid_in("pid")
    process.send_signal(signal.SIGHUP)
    os.kill(pid, signal.SIGHUP)
    process.communicate(b"go\n")
    assert process.returncode == 0 and (folder / "over").exists()


def test_ctrl_z_stops_both_and_they_go_on_together(folder):
    process, pid = start(folder, "echo $$ >pid\nexec sleep 300")
    process.send_signal(signal.SIGTSTP)
    wait_until(lambda: state(process.pid) == "T" and state(pid) == "T")
    process.send_signal(signal.SIGCONT)
    wait_until(lambda: state(process.pid) != "T" and state(pid) != "T")
    ends_when_killed(process, pid)


def test_heartbeats_while_the_command_lives(folder):
    process, pid = start(folder, DEAF, "--lease", "2s")
    wait_until(lambda: folder.sql("SELECT heartbeat_at > started_at + 3 FROM kv_run") == [(1,)])
    assert folder.run_of("nightly") == ("running", None)
    assert folder.larder("run", "app.db", "nightly", "--", "true").returncode == 75
    ends_when_killed(process, pid)


def test_larder_killed(folder):
    """Its command is ended before the next run can start, deaf or not, and so is what that has started."""
    process, pid = start(folder, DEAF_FAMILY, "--lease", "2s", "--error-lines", "0")  # no pipe whose end would end the shell
    grandchild = folder.pid_in("grandchild")
    process.kill()
    assert process.wait() == -9
    assert folder.larder("run", "app.db", "nightly", "--", "true").returncode == 75

    nobody_lives = f"! grep -qs ') [^Z]' /proc/{pid}/stat /proc/{grandchild}/stat"

    def next_starts():
        code = folder.larder("run", "app.db", "nightly", "--", "sh", "-c", nobody_lives).returncode
        assert code in (75, 0), "the commands of two runs live at once"
        return code == 0

    wait_until(next_starts)
    assert heard(folder) == ["TERM"]
    assert folder.sql("SELECT status FROM kv_run ORDER BY id") == [("crashed",), ("finished",)]


def test_larder_killed_while_it_starts_the_command(folder):
    """At any moment from the fork on. The command writes where it began, and ends by itself only after the lease."""
    job = folder.script("job.sh", "echo $$ >>began\nexec sleep 300")
    for attempt in range(20):
        process = folder.start("run", "app.db", f"job {attempt}", "--error-lines", "0", "--", job)
        wait_until(lambda pid=process.pid: any(child != "sh" for child in names_of_children(pid)))
        time.sleep(attempt * 0.0005)
        process.kill()
        process.wait()
    began = folder / "began"
    wait_until(lambda: not began.exists() or not any(lives(int(pid)) for pid in began.read_text().split()))


def names_of_children(pid):
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError):
            found.append(Path(f"/proc/{child}/comm").read_text().strip())
    return found


def test_the_guard_of_a_run_that_has_ended_kills_nobody(folder):
    script = "sleep 300 >/dev/null 2>&1 & echo $! >grandchild"
    folder.succeed("run", "app.db", "nightly", "--lease", "1s", "--", "sh", "-c", script)
    grandchild = folder.pid_in("grandchild")
    time.sleep(1)
    assert lives(grandchild)
    os.kill(grandchild, signal.SIGKILL)


def test_a_suspended_machine(folder):
    """Stopping larder does to it what suspending does: when it goes on, its lease is over."""
    process, pid = start(folder, DEAF_FAMILY, "--lease", "1s")
    process.send_signal(signal.SIGSTOP)
    wait_until(lambda: folder.run_of("nightly") == ("crashed", None))
    other = folder.start("run", "app.db", "nightly", "--", "sh", "-c", "touch began; read line", stdin=subprocess.PIPE)
    wait_until((folder / "began").exists)
    process.send_signal(signal.SIGCONT)
    assert process.wait() == 70
    assert "run 1: lost: its lease was over; larder ended the command" in last_line(process)
    assert heard(folder) == ["TERM"] and not lives(pid) and not lives(folder.pid_in("grandchild"))
    other.communicate(b"go\n")
    assert other.returncode == 0
    assert folder.sql("SELECT status FROM kv_run ORDER BY id") == [("crashed",), ("finished",)]


def lock(folder):
    connection = sqlite3.connect(folder / "app.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_file_that_is_locked_for_a_while(folder):
    process, pid = start(folder, DEAF, "--lease", "3s")
    connection = lock(folder)
    time.sleep(1.5)
    connection.close()
    wait_until(lambda: folder.sql("SELECT heartbeat_at > started_at + 3 FROM kv_run") == [(1,)])
    assert folder.run_of("nightly") == ("running", None) and heard(folder) == []
    ends_when_killed(process, pid)


def test_a_file_that_is_locked_for_too_long(folder):
    process, pid = start(folder, DEAF, "--lease", "6s")
    connection = lock(folder)
    wait_until(lambda: not lives(pid))
    (lease_until,) = connection.execute("SELECT lease_until FROM larder_run").fetchone()
    assert time.time() < lease_until
    connection.close()
    assert process.wait() == 70
    assert "lost: no heartbeat could be written: app.db: run_tick: database is locked; " in last_line(process)
    assert heard(folder) == ["TERM"]
    assert folder.run_of("nightly")[0] == "failed"


def test_a_file_that_is_deleted(folder):
    process, pid = start(folder, DEAF, "--lease", "1s")
    for path in folder.path.glob("app.db*"):
        path.unlink()
    assert process.wait() == 70
    assert not lives(pid) and not (folder / "app.db").exists()
    assert "larder: app.db: no such file" not in last_line(process)


def test_a_locked_file_keeps_the_command_from_running(folder):
    folder.succeed("run", "app.db", "other", "--", "true")
    connection = lock(folder)
    done = folder.larder("run", "app.db", "nightly", "--", "touch", "ran")
    connection.close()
    assert (done.returncode, done.stderr) == (75, "larder: app.db: run_start: database is locked\n")
    assert not (folder / "ran").exists()


def test_a_file_that_is_locked_at_the_end(folder):
    """Later than SQLite waits, and within the lease."""
    folder.succeed("run", "app.db", "other", "--", "true")
    process = folder.start("run", "app.db", "nightly", "--", "sh", "-c", "touch began; read line", stdin=subprocess.PIPE)
    wait_until((folder / "began").exists)
    connection = lock(folder)
    process.stdin.write(b"go\n")
    process.stdin.close()
    time.sleep(6)
    connection.close()
    assert process.wait() == 0
    assert folder.run_of("nightly") == ("finished", None)


@pytest.mark.parametrize("command, code", [("true", 74), ("exit 3", 3)])
def test_an_end_that_cannot_be_written(folder, command, code):
    folder.succeed("run", "app.db", "other", "--", "true")
    folder.sql("CREATE TRIGGER no BEFORE UPDATE OF finished_at ON larder_run BEGIN SELECT raise(ABORT, 'no'); END")
    done = folder.larder("run", "app.db", "nightly", "--", "sh", "-c", command)
    assert done.returncode == code
    assert "larder: nightly: the end of run 2 could not be written: app.db: run_finish: no\n" in done.stderr


@pytest.fixture
def small_disk(folder):
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


FILL_DISK = "cat /dev/zero >disk/rest 2>/dev/null; touch full"


def test_a_disk_that_is_full_for_a_while(folder, small_disk):
    process = folder.start("run", "disk/app.db", "nightly", "--", "sh", "-c", FILL_DISK, stderr=subprocess.PIPE)
    wait_until((folder / "full").exists)
    time.sleep(1)
    (small_disk / "rest").unlink()
    assert process.wait() == 0
    assert '"status": "finished"' in folder.succeed("status", "disk/app.db", "--json")


def test_a_disk_that_stays_full(folder, small_disk):
    done = folder.larder("run", "disk/app.db", "nightly", "--lease", "2s", "--", "sh", "-c", FILL_DISK)
    assert done.returncode == 74
    assert "larder: nightly: the end of run 1 could not be written: disk/app.db: " in done.stderr
    (small_disk / "rest").unlink()
    folder.succeed("run", "disk/app.db", "nightly", "--", "true")
