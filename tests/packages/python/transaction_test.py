"""transaction(): all or nothing."""

import signal

import pytest
from conftest import wait_until

from sqlite_larder import LarderError, Store, dbapi


@pytest.fixture(autouse=True)
def item(store, rows):
    rows("CREATE TABLE item(id INTEGER PRIMARY KEY, body TEXT)")


def test_commit(store, rows, path):
    with store.transaction() as con:
        assert con is store.connection and con.in_transaction
        con.execute("INSERT INTO item VALUES (1, 'one')")
        store.cache["k"] = "v"
    with Store(path) as other:
        assert other.connection.execute("SELECT * FROM item").fetchall() == [(1, "one")] and other.cache["k"] == "v"


def test_an_exception_rolls_everything_back(store, rows):
    with pytest.raises(KeyError), store.transaction():
        rows("INSERT INTO item VALUES (1, 'one')")
        store.ledger("import").mark(1)
        store.checkpoint("c").advance(1)
        raise KeyError
    assert rows("SELECT * FROM item") == [] and not store.ledger("import").seen(1) and store.checkpoint("c").get() is None
    assert not store.connection.in_transaction


def test_nested(store, rows):
    with store.transaction():
        rows("INSERT INTO item VALUES (1, 'outer')")
        with pytest.raises(KeyError), store.transaction():
            rows("INSERT INTO item VALUES (2, 'inner')")
            with store.transaction():
                rows("INSERT INTO item VALUES (3, 'innermost')")
            raise KeyError
        with store.transaction():
            rows("INSERT INTO item VALUES (4, 'inner')")
    assert rows("SELECT id FROM item") == [(1,), (4,)]


def test_a_transaction_object_is_entered_once_at_a_time(store, rows):
    transaction = store.transaction()
    for _ in range(2):  # one after the other it may be
        with transaction:
            with pytest.raises(LarderError, match="entered already"), transaction:
                pass
            assert store.connection.in_transaction
            rows("INSERT INTO item(body) VALUES ('one')")
    assert rows("SELECT count(*) FROM item") == [(2,)] and not store.connection.in_transaction


def test_it_locks_at_once(store, path):
    with Store(path, timeout=0.05) as other, store.transaction():
        with pytest.raises(dbapi.OperationalError, match="locked"), other.transaction():
            pass
        assert other.cache.get("k") is None  # reading is not held up


def test_a_commit_that_fails_is_rolled_back(store, rows):
    rows("CREATE TABLE part(item REFERENCES item DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(dbapi.IntegrityError, match="FOREIGN KEY"), store.transaction():
        rows("INSERT INTO part VALUES (99)")
    assert not store.connection.in_transaction and rows("SELECT * FROM part") == []


def test_an_error_that_has_rolled_back_already(store, rows):
    with pytest.raises(dbapi.IntegrityError, match="UNIQUE"), store.transaction():
        rows("INSERT INTO item VALUES (1, 'one')")
        with store.transaction():
            rows("INSERT OR ROLLBACK INTO item VALUES (1, 'again')")
    assert rows("SELECT * FROM item") == []


def test_upserts_can_be_repeated(store, rows):
    feed = [(1, "one"), (2, "two"), (1, "one, corrected")]
    for _ in range(3):
        with store.transaction() as con:
            con.executemany("INSERT INTO item VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET body = excluded.body", feed)
            store.checkpoint("feed").advance(len(feed))
    assert rows("SELECT * FROM item") == [(1, "one, corrected"), (2, "two")]


def test_a_killed_process_leaves_nothing(store, rows, program):
    victim = program("""
        import time
        store = Store(path)
        with store.transaction() as con:
            con.execute("INSERT INTO item VALUES (1, 'one')")
            store.ledger("import").mark(1)
            store.cache["k"] = "v"
            print("half way", flush=True)
            time.sleep(60)
    """)
    assert victim.stdout.readline() == "half way\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert rows("SELECT * FROM item") == [] and "k" not in store.cache
    assert store.ledger("import").mark(1) is True
    assert store.check() == []


def test_an_import_that_is_killed_again_and_again(store, rows, program):
    """Each item comes once, however often the importer dies."""
    code = """
        import time
        store = Store(path)
        for item in store.ledger("import").todo(range(300)):
            store.connection.execute("INSERT INTO item(body) VALUES (?)", (str(item),))
            time.sleep(0.001)
        print("done", flush=True)
    """
    for goal in (30, 90, 150):
        importer = program(code)
        wait_until(lambda: rows("SELECT count(*) FROM item")[0][0] >= goal)
        importer.kill()
        importer.wait()
    assert program(code).communicate() == ("done\n", "")
    assert rows("SELECT count(*), count(DISTINCT body) FROM item") == [(300, 300)]
