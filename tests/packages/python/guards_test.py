"""run(), lease(), rate(), checkpoint(): what keeps processes apart."""

import os
import time

import pytest
from conftest import exit_code, wait_until

from sqlite_larder import AlreadyRunning, LarderError, LeaseHeld, LeaseLost, Store, dbapi
from sqlite_larder.run import _Heartbeat

RUN = "SELECT job, status, done, total, error FROM kv_run ORDER BY id"


def test_a_run(store, rows):
    with store.run("nightly", lease="5m", total=10) as run:
        run.tick()
        run.tick(3)
        run.tick(0, total=4)
        assert rows(RUN) == [("nightly", "running", 4, 4, None)]
    assert rows(RUN) == [("nightly", "finished", 4, 4, None)]


def test_a_second_run_leaves(store, path):
    with Store(path) as other, store.run("nightly"):
        for each in (store, other):
            with pytest.raises(AlreadyRunning, match="'nightly'"), each.run("nightly"):
                raise AssertionError("two runs at a time")
        with each.run("another job"):
            pass
    with store.run("nightly"):
        pass


def test_a_second_run_of_another_process_leaves(store, program):
    with store.run("nightly"):
        second = program("""
            import sys
            try:
                with Store(path).run("nightly"):
                    print("two at a time")
            except AlreadyRunning as error:
                sys.exit(f"{error}")
        """)
        assert second.communicate() == ("", "another run of 'nightly' is alive\n")


def test_an_exception_fails_the_run(store, rows):
    with pytest.raises(ValueError, match="bad"), store.run("nightly"):
        raise ValueError("bad")
    with pytest.raises(SystemExit), store.run("nightly"):
        raise SystemExit(3)
    with pytest.raises(SystemExit), store.run("nightly"):
        raise SystemExit(0)
    assert rows("SELECT status, error FROM kv_run ORDER BY id") == [
        ("failed", "ValueError: bad"), ("failed", "SystemExit: 3"), ("finished", None),
    ]


def test_the_heart_beats(store, rows):
    with store.run("nightly", lease="1500ms"):
        time.sleep(2.2)
        assert rows("SELECT status, heartbeat_at > started_at FROM kv_run") == [("running", 1)]


def test_without_a_heartbeat_only_ticks_count(store, rows):
    with pytest.raises(LeaseLost, match="run 1 of 'nightly' has lost its lease"):
        with store.run("nightly", lease="200ms", heartbeat=False):
            time.sleep(0.3)
    assert rows("SELECT status FROM kv_run") == [("crashed",)]


def test_tick_tells_that_the_lease_is_lost(store):
    with pytest.raises(LeaseLost), store.run("nightly", lease="200ms", heartbeat=False) as run:
        time.sleep(0.3)
        run.tick()


def test_a_heartbeat_that_is_held_up_goes_on(path, caplog):
    with Store(path, timeout=0.05) as store, store.run("nightly", lease="2s") as run:
        with store.transaction():
            time.sleep(1.4)
            run.tick()
        time.sleep(1.5)
    assert "no heartbeat of the run 1 of 'nightly'" in caplog.text


def test_a_heartbeat_gets_its_turn_between_long_transactions(store):
    """They take the lock again at once, so that it was never free when the heartbeat looked."""
    with store.run("import", lease="1500ms"):
        for _ in store.ledger("import").todo(range(15)):
            time.sleep(0.2)


def test_a_heartbeat_does_not_hold_up_the_end_of_its_run(store):
    with store.run("nightly", lease="600ms"):
        store.connection.execute("BEGIN IMMEDIATE")
        time.sleep(0.3)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2  # and not for the timeout
    store.connection.execute("COMMIT")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_heartbeat_does_not_hold_up_a_fork_in_a_transaction(store):
    with store.run("nightly", lease="600ms"), store.transaction():
        time.sleep(0.3)
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            os._exit(0)
        assert exit_code(child) == 0 and time.monotonic() - begun < 2


def test_a_run_begins_outside_of_a_transaction(store):
    with store.transaction():
        with pytest.raises(LarderError, match="outside of a transaction"), store.run("nightly"):
            pass


def test_after_a_kill_the_next_run_begins_when_the_lease_is_over(store, rows, program):
    victim = program("""
        import time
        with Store(path).run("nightly", lease="700ms"):
            print("running", flush=True)
            time.sleep(60)
    """)
    assert victim.stdout.readline() == "running\n"
    with pytest.raises(AlreadyRunning), store.run("nightly"):
        pass
    victim.kill()

    def begins():
        try:
            with store.run("nightly"):
                return True
        except AlreadyRunning:
            return False

    wait_until(begins)
    assert rows("SELECT status FROM kv_run ORDER BY id") == [("crashed",), ("finished",)]


def test_a_lease(store, rows):
    with store.lease("billing", "30s", owner="me") as lease:
        lease.check()
        assert rows("SELECT name, owner, token FROM kv_lease") == [("billing", "me", lease.token)]
    assert rows("SELECT * FROM kv_lease") == []
    with store.lease("billing", "30s") as next_lease:
        assert next_lease.token > lease.token
        with pytest.raises(LeaseLost, match="with token 1 is lost"):
            lease.check()


def test_a_lease_is_not_reentrant(store):
    with store.lease("billing", "30s"):
        with pytest.raises(LeaseHeld, match="'billing'"), store.lease("billing", "30s"):
            pass


def test_a_lease_ends_by_itself(store, clock):
    clock(1700000000)
    with pytest.raises(LeaseLost), store.lease("billing", "30s") as lease:
        lease.renew()
        lease.renew("1m")
        clock(1700000060)
        with pytest.raises(LeaseLost):
            lease.renew()


def test_check_guards_a_write(store, rows, clock):
    rows("CREATE TABLE report(body)")
    clock(1700000000)
    with pytest.raises(LeaseLost, match="it ended"), store.lease("billing", "30s") as lease:
        clock(1700000031)
        with store.transaction():
            rows("INSERT INTO report VALUES ('late')")
            lease.check()
    assert rows("SELECT * FROM report") == []


def test_other_errors_of_check_come_through(store):
    lease = store.lease("billing", "30s")
    lease.token = "x"
    with pytest.raises(dbapi.OperationalError, match="token"):
        lease.check()


def test_a_lease_that_cannot_be_released_keeps_the_error_of_the_block(path, caplog):
    with Store(path, timeout=0.05) as store, Store(path) as other:
        with pytest.raises(KeyError), store.lease("billing", "1m"):
            other.connection.execute("BEGIN IMMEDIATE")
            raise KeyError
        other.connection.execute("COMMIT")
        assert "'billing' could not be released" in caplog.text
        with pytest.raises(dbapi.OperationalError, match="locked"), store.lease("other", "1m"):
            other.connection.execute("BEGIN IMMEDIATE")
        other.connection.execute("COMMIT")


def test_waiting_for_a_lease(store, program):
    holder = program("""
        import time
        with Store(path).lease("billing", "1m"):
            print("held", flush=True)
            time.sleep(0.5)
    """)
    assert holder.stdout.readline() == "held\n"
    begun = time.monotonic()
    with pytest.raises(LeaseHeld), store.lease("billing", "1m", wait="50ms"):
        pass
    assert time.monotonic() - begun >= 0.05
    with store.lease("billing", "1m", wait=None):
        assert holder.wait() == 0


def test_rates(store, clock):
    clock(1700000000)
    rate = store.rate("api.example.com", 2, "1s")
    assert [rate.take(), rate.take(), rate.take(), rate.take(2)] == [0.0, 0.0, 0.5, 1.0]
    with pytest.raises(dbapi.OperationalError, match="cost must be from 0 to limit"):
        rate.take(3)


def test_waiting_for_a_rate(store):
    begun = time.monotonic()
    for _ in range(4):
        store.rate("api.example.com", 1, "100ms").wait()
    assert 0.29 <= time.monotonic() - begun < 5


def test_checkpoints(store):
    orders = store.checkpoint("orders")
    assert orders.get() is None and orders.get(0) == 0
    assert orders.advance(1001) is True and orders.advance(998) is False and orders.get() == 1001
    orders.set({"page": 3})
    assert orders.get() == {"page": 3}
    orders.set(None)
    assert orders.get("default") is None
    assert orders.delete() is True and orders.delete() is False


def test_only_what_has_an_order_advances(store):
    for value in ([1], True, None):
        with pytest.raises(TypeError, match="number, a text or bytes"):
            store.checkpoint("c").advance(value)


def test_what_is_stored_in_another_form_does_not_advance(store):
    """A text that begins with the mark would be read as JSON, and NaN is stored as NULL."""
    checkpoint = store.checkpoint("c")
    for value in (" \tfoo", ' \t"a"', float("nan"), 2**63):
        with pytest.raises(ValueError, match="stored"):
            checkpoint.advance(value)
    assert checkpoint.get() is None
    assert checkpoint.advance(" a") and checkpoint.get() == " a"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_ends_no_run_and_no_lease_of_its_parent(store, rows):
    with store.run("nightly"), store.lease("billing", "1m") as lease:
        child = None
        try:
            with store.run("child"), store.lease("child", "1m"), store.transaction():
                child = os.fork()
        except LarderError:  # the transaction is not the child's
            os._exit(7 if child == 0 else 8)
        assert exit_code(child) == 7
        lease.check()
        assert rows("SELECT status FROM kv_run ORDER BY id") == [("running",), ("finished",)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_heartbeat_makes_way_for_a_fork(store):
    """Else the child waits for a lock of SQLite's that nobody in it holds: of eleven children four did."""
    with store.run("nightly", lease="1h") as run:
        heartbeat = _Heartbeat(run, 0.0002)
        try:
            for _ in range(100):
                child = os.fork()
                if child == 0:
                    store.cache.incr("children")
                    os._exit(0)
                assert exit_code(child) == 0
        finally:
            heartbeat.end()
    assert store.cache["children"] == 100
