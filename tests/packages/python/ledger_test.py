"""ledger(): marks, todo(), and the worker."""

import contextlib
import os
import signal
import threading

import pytest
from conftest import exit_code, wait_until

from sqlite_larder import LeaseLost, Store, backoff, connect, dbapi


def test_marks(store):
    mails = store.ledger("mails")
    assert [mails.seen("a"), mails.mark("a"), mails.mark("a"), mails.seen("a")] == [False, True, False, True]
    assert mails.mark("b", {"order": 41}) and not mails.mark("b", {"order": 42})
    assert mails.result("b") == {"order": 41} and mails.result("a") is None
    assert not store.ledger("other").seen("a")


def test_a_mark_is_kept_for_a_while(store, clock):
    clock(1700000000)
    store.ledger("l").mark("a", keep="1m")
    clock(1700000060)
    assert not store.ledger("l").seen("a")


def test_skip_and_forget(store, rows):
    ledger = store.ledger("l")
    assert ledger.skip("a", "not an image") and not ledger.skip("a", "again")
    assert rows("SELECT status, error FROM kv_ledger") == [("skipped", "not an image")]
    ledger.mark("b")
    assert ledger.forget("b") and not ledger.forget("b") and not ledger.seen("b")
    assert ledger.forget_all() == 1


def test_todo_skips_what_is_done(store):
    ledger = store.ledger("import")
    ledger.mark("2")
    items = [{"id": 1}, {"id": 2}, {"id": 3}, {"id": 1}]
    assert list(ledger.todo(items, key=lambda item: item["id"])) == [{"id": 1}, {"id": 3}]
    assert list(ledger.todo([1, 2, 3, 4])) == [4]


def test_the_body_and_its_mark_are_one_transaction(store, rows):
    rows("CREATE TABLE item(id)")

    def run():
        for item in store.ledger("import").todo([1, 2, 3]):
            assert store.connection.in_transaction
            rows("INSERT INTO item VALUES (?)", item)
            if item == 2:
                raise ValueError(item)

    for _ in range(2):
        with pytest.raises(ValueError):
            run()
        assert not store.connection.in_transaction
        assert rows("SELECT id FROM item") == [(1,)]
        assert [store.ledger("import").seen(item) for item in (1, 2, 3)] == [True, False, False]


def test_break_undoes_the_item_it_is_in(store):
    for _ in store.ledger("import").todo([1, 2]):
        break
    assert not store.connection.in_transaction and not store.ledger("import").seen(1)


def test_todo_in_a_transaction(store):
    with pytest.raises(KeyError), store.transaction():
        assert list(store.ledger("l").todo([1, 2])) == [1, 2]
        raise KeyError
    assert not store.ledger("l").seen(1)


def test_two_processes_share_what_is_to_do(store, rows, program):
    rows("CREATE TABLE item(id)")
    code = """
        store = Store(path)
        for item in store.ledger("import").todo(range(200)):
            store.connection.execute("INSERT INTO item VALUES (?)", (item,))
    """
    programs = [program(code), program(code)]
    assert [each.communicate() for each in programs] == [("", "")] * 2
    assert rows("SELECT count(*), count(DISTINCT id) FROM item") == [(200, 200)]


def test_a_queue(store, rows):
    mails = store.ledger("mails")
    assert mails.add("a", {"to": "Ada"}) and not mails.add("a")
    mails.add("b", "text", priority=5)
    mails.add("c", delay="1h")
    jobs = []
    for job in mails.work("5m", owner="me", wait=False):
        assert rows("SELECT status, owner FROM kv_ledger WHERE id = ?", job.id) == [("claimed", "me")]
        jobs.append((job.id, job.payload, job.attempt))
    assert jobs == [("b", "text", 1), ("a", {"to": "Ada"}, 1)]
    assert rows("SELECT id, status FROM kv_ledger ORDER BY id") == [("a", "done"), ("b", "done"), ("c", "pending")]


@pytest.mark.parametrize("payload", [
    None, "", "AB", "12", "text", b"", b"\xab\x00", 12, 3.0, float("inf"), True, {"a": "AB"}, " \t[]", "a\0b",
])
def test_payloads(store, payload):
    store.ledger("q").add(1, payload)
    (found,) = [job.payload for job in store.ledger("q").work("1m", wait=False)]
    assert found == payload and type(found) is type(payload)


def test_an_id_is_a_text_or_a_number(store):
    with pytest.raises(TypeError, match="text or a number"):
        store.ledger("q").add(b"\xab")


def test_a_job_that_fails_is_tried_again(store, rows, clock, caplog):
    clock(1700000000)
    queue = store.ledger("q")
    queue.add("bad")
    queue.add("good")
    seen = []
    for job in queue.work("5m", wait=False):
        with job:
            seen.append(job.id)
            if job.id == "bad":
                raise OSError("no host")
    assert seen == ["bad", "good"]
    (bad,) = rows("SELECT status, error, claimable_at FROM kv_ledger WHERE id = 'bad'")
    assert bad == ("failed", "OSError: no host", 1700000060.0)
    assert "q: 'bad' failed, attempt 1" in caplog.text and "OSError: no host" in caplog.text
    clock(1700000060)
    assert [(job.id, job.attempt) for job in queue.work("5m", wait=False)] == [("bad", 2)]


def test_backoff():
    assert [backoff(attempt) for attempt in (1, 2, 3, 6, 7, 8, 5000)] == [60, 120, 240, 1920, 3600, 3600, 3600]


def test_a_loop_that_is_left_fails_the_job(store, rows):
    store.ledger("q").add("a")

    def run():
        for job in store.ledger("q").work("5m", wait=False, retry_in=lambda attempt: "1h"):
            raise KeyError(job.id)

    with pytest.raises(KeyError):
        run()
    assert rows("SELECT status, attempts, error FROM kv_ledger") == [("failed", 1, "the worker left its loop")]


def test_a_job_can_be_settled_by_hand(store, rows):
    queue = store.ledger("q")
    for id in ("done", "fail", "never", "release"):
        queue.add(id)
    for job in queue.work("5m", wait=False):
        if job.id == "done":
            job.done("result")
        elif job.id == "fail":
            job.fail("later", retry_in="1h")
        elif job.id == "never":
            job.fail(ValueError("never"), retry_in=None)
        else:
            job.release()
            break
    assert rows("SELECT id, status, attempts, result, error FROM kv_ledger ORDER BY id") == [
        ("done", "done", 1, "result", None),
        ("fail", "failed", 1, None, "later"),
        ("never", "dead", 1, None, "ValueError: never"),
        ("release", "pending", 0, None, None),
    ]


def test_done_in_the_transaction_of_the_effect(store, rows, clock):
    rows("CREATE TABLE effect(id)")
    clock(1700000000)
    store.ledger("q").add("late")
    jobs = store.ledger("q").work("1m", wait=False)
    job = next(jobs)
    clock(1700000061)
    with pytest.raises(LeaseLost, match="'late'"), store.transaction():
        rows("INSERT INTO effect VALUES ('late')")
        job.done()
    assert rows("SELECT * FROM effect") == []


@pytest.mark.parametrize("with_job", [True, False])
def test_done_in_a_transaction_that_is_rolled_back(store, rows, with_job):
    """The job was called settled, and stayed claimed without an error until its lease ended."""
    store.ledger("q").add("a")

    def work(job):
        with store.transaction():
            job.done()
            raise ValueError("no")

    def run():
        for job in store.ledger("q").work("1h", wait=False):
            if with_job:
                with job:
                    work(job)
            else:
                work(job)

    if with_job:
        run()
    else:
        with pytest.raises(ValueError):
            run()
    error = "ValueError: no" if with_job else "the worker left its loop"
    assert rows("SELECT status, attempts, error FROM kv_ledger") == [("failed", 1, error)]


@pytest.mark.parametrize("lease", ["1h", None])
def test_done_in_a_transaction_that_is_rolled_back_quietly(store, rows, lease):
    store.ledger("q").add("a")
    for job in store.ledger("q").work(lease, wait=False):
        with contextlib.suppress(ValueError), store.transaction():
            job.done()
            raise ValueError
    assert rows("SELECT status, error FROM kv_ledger") == [("failed", "what has settled the job was rolled back")]


def test_a_job_whose_end_meets_a_lock_has_not_failed(tmp_path):
    """Its body was done. It comes back when its lease ends, and not as one that failed."""
    locker = connect(tmp_path / "locked.db")
    with Store(tmp_path / "locked.db", timeout=0.1) as store:
        store.ledger("q").add("a")
        loop = iter(store.ledger("q").work("1h", wait=False))
        with pytest.raises(dbapi.OperationalError, match="locked"), next(loop):
            locker.execute("BEGIN IMMEDIATE")
        locker.execute("ROLLBACK")
        loop.close()
        assert locker.execute("SELECT status, error FROM kv_ledger").fetchall() == [("claimed", None)]
    locker.close()


def test_an_exception_after_done_changes_nothing(store, rows, caplog):
    store.ledger("q").add("a")
    for job in store.ledger("q").work("1h", wait=False):
        with job:
            job.done("result")
            raise ValueError("afterwards")
    assert rows("SELECT status, result, error FROM kv_ledger") == [("done", "result", None)]
    assert "afterwards" in caplog.text


BROKEN = "SELECT ledger_add('q', ?, ' ' || char(9) || '{bad')"


def test_a_payload_that_cannot_be_read_fails_its_job(store, rows, caplog):
    rows(BROKEN, "bad")
    store.ledger("q").add("good")
    assert [job.id for job in store.ledger("q").work("1h", wait=False)] == ["good"]
    assert rows("SELECT status, attempts FROM kv_ledger WHERE id = 'bad' AND error LIKE 'JSONDecodeError: %'") == [("failed", 1)]
    assert "q: 'bad' failed, attempt 1" in caplog.text and "JSONDecodeError" in caplog.text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("with_job", [True, False])
@pytest.mark.parametrize("error", [SystemExit(7), KeyError("child")])
def test_a_forked_child_leaves_its_parents_job_alone(store, rows, with_job, error):
    store.ledger("q").add("a")
    child = None
    seen = []

    def work():
        nonlocal child
        child = os.fork()
        if child == 0:
            raise error
        seen.append((exit_code(child), rows("SELECT status, attempts, error FROM kv_ledger")))

    try:
        for job in store.ledger("q").work("1h", wait=False):
            if seen:
                break  # the child has given the job back
            if with_job:
                with job:
                    work()
            else:
                work()
    except (SystemExit, KeyError):
        os._exit(7 if child == 0 else 8)
    if child == 0:
        os._exit(9)
    assert seen == [(7, [("claimed", 1, None)])]
    assert rows("SELECT status, attempts, error FROM kv_ledger") == [("done", 1, None)]


def test_renew(store, rows, clock):
    clock(1700000000)
    store.ledger("q").add("a")
    for job in store.ledger("q").work("1m", wait=False):
        clock(1700000050)
        job.renew()
        assert rows("SELECT lease_until FROM kv_ledger") == [(1700000110.0,)]
        job.renew("1h")
        assert rows("SELECT lease_until FROM kv_ledger") == [(1700003650.0,)]


def test_a_claim_that_is_lost_is_logged_when_the_loop_goes_on(store, clock, caplog):
    clock(1700000000)
    store.ledger("q").add("slow")
    attempts = []
    for job in store.ledger("q").work("1m", wait=False):
        attempts.append(job.attempt)
        if job.attempt == 1:
            clock(1700000060)
    assert attempts == [1, 2]
    assert caplog.messages == ["the claim of 'slow' in the ledger 'q' is lost: another worker may have it"]


def test_a_worker_waits_for_work(store, path):
    found = []

    def worker():
        for job in store.ledger("q").work("1m"):
            found.append(job.id)
            if job.payload == "last":
                job.done()
                return

    thread = threading.Thread(target=worker)
    thread.start()
    with Store(path) as producer:
        producer.ledger("q").add("a")
        wait_until(lambda: found == ["a"])
        producer.ledger("q").add("b", "last")
    thread.join(20)
    assert found == ["a", "b"] and not thread.is_alive()


def test_a_workers_loop_that_a_lock_has_ended_is_begun_anew(path):
    with Store(path, timeout=0.05) as worker, Store(path) as other:
        worker.ledger("q").add("a")
        other.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(dbapi.OperationalError, match="locked"):
            list(worker.ledger("q").work("1m", wait=False))
        other.connection.execute("COMMIT")
        assert [job.id for job in worker.ledger("q").work("1m", wait=False)] == ["a"]


WORKER = """
    import time
    store = Store(path)
    try:
        for job in store.ledger("q").work("1h"):
            {body}
    finally:
        print("cleaned up", flush=True)
"""


@pytest.mark.parametrize("body", [
    "print(job.id, flush=True); time.sleep(60)",
    "\n            with job:\n                print(job.id, flush=True); time.sleep(60)",
])
def test_sigterm_gives_the_job_back(store, rows, program, body):
    store.ledger("q").add("a")
    worker = program(WORKER.format(body=body))
    assert worker.stdout.readline() == "a\n"
    worker.send_signal(signal.SIGTERM)
    assert worker.communicate(timeout=20) == ("cleaned up\n", "")
    assert worker.returncode == 143
    assert rows("SELECT status, attempts, error FROM kv_ledger") == [("pending", 0, None)]


def test_sigterm_ends_a_worker_that_waits(program):
    worker = program(WORKER.format(body="pass").replace("try:", "try:\n        print('ready', flush=True)"))
    assert worker.stdout.readline() == "ready\n"
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=20)
    assert worker.returncode in (143, -signal.SIGTERM)  # the latter before the handler is set


def test_a_handler_of_the_programs_own_stays(store):
    handler = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        own = signal.getsignal(signal.SIGTERM)
        store.ledger("q").add("a")
        for _ in store.ledger("q").work("1m", wait=False):
            assert signal.getsignal(signal.SIGTERM) is own
    finally:
        signal.signal(signal.SIGTERM, handler)
    store.ledger("q").add("b")
    for _ in store.ledger("q").work("1m", wait=False):
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_several_workers_share_a_queue(store, rows, program):
    with store.transaction():
        for id in range(200):
            store.ledger("q").add(id)
    rows("CREATE TABLE effect(id)")
    code = """
        store = Store(path)
        for job in store.ledger("q").work("1m", wait=False):
            with store.transaction() as con:
                con.execute("INSERT INTO effect VALUES (?)", (job.id,))
                job.done()
    """
    workers = [program(code) for _ in range(3)]
    assert [each.communicate() for each in workers] == [("", "")] * 3
    assert rows("SELECT count(*), count(DISTINCT id) FROM effect") == [(200, 200)]
