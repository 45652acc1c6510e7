"""The Store itself: its connections, threads, forks, and what does not belong elsewhere."""

import asyncio
import gc
import multiprocessing
import os
import threading
import time

import pytest
from conftest import exit_code

from sqlite_larder import LarderError, Store, dbapi


def in_a_thread(call):
    result = []
    thread = threading.Thread(target=lambda: result.append(call()))
    thread.start()
    thread.join()
    return result[0]


def test_a_thread_has_a_connection_of_its_own(store):
    mine = store.connection
    assert store.connection is mine
    assert in_a_thread(lambda: store.connection) is not mine


def test_the_connection_of_a_thread_is_closed_with_it(store):
    other = in_a_thread(lambda: store.connection)
    gc.collect()
    with pytest.raises(dbapi.ProgrammingError, match="closed"):
        other.execute("SELECT 1")


def test_close_closes_what_is_this_threads(store):
    mine = store.connection
    store.close()
    with pytest.raises(dbapi.ProgrammingError, match="closed"):
        mine.execute("SELECT 1")
    store.close()  # a second time does no harm


def test_another_thread_closes_its_own_connection_when_it_finds_out(store):
    ready, go_on = threading.Event(), threading.Event()
    seen = []

    def use():
        connection = store.connection
        ready.set()
        go_on.wait(20)
        seen.append(connection.execute("SELECT 1").fetchone())  # nobody has closed it under its feet
        with pytest.raises(LarderError, match="the store is closed"):
            store.cache.get("k")
        with pytest.raises(dbapi.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
        seen.append("closed")

    thread = threading.Thread(target=use)
    thread.start()
    assert ready.wait(20)
    store.close()
    go_on.set()
    thread.join()
    assert seen == [(1,), "closed"]


def test_close_while_threads_are_inside_of_sqlite(program):
    """SQLite takes no lock against that: closed by another thread, the connection was used after it was freed."""
    closing = program("""
        import threading, time
        errors = []

        def work(store):
            try:
                while True:
                    store.connection.execute("SELECT kv_wait(0.2)").fetchone()
                    store.connection.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 200000) "
                                             "SELECT sum(x) FROM n").fetchone()
                    store.cache.incr("n")
            except LarderError as error:
                errors.append(str(error))

        for _ in range(5):
            with Store(path) as store:
                threads = [threading.Thread(target=work, args=(store,)) for _ in range(4)]
                for thread in threads:
                    thread.start()
                time.sleep(0.3)
            for thread in threads:
                thread.join()
        print(set(errors), len(errors))
    """)
    assert closing.communicate() == ("{'the store is closed'} 20\n", "")


def test_close_in_a_transaction_rolls_it_back(store, path):
    with pytest.raises(LarderError, match="the store is closed"), store.transaction():
        store.cache["k"] = 1
        store.close()
    with Store(path) as again:
        assert "k" not in again.cache


@pytest.mark.parametrize("calls", [True, False])
def test_close_rolls_back_the_transaction_of_another_thread(store, path, calls):
    begun, go_on = threading.Event(), threading.Event()

    def use():
        with pytest.raises(LarderError, match="the store is closed"), store.transaction() as con:
            con.execute("CREATE TABLE item(x)")
            begun.set()
            go_on.wait(20)
            if calls:
                store.cache.get("k")
        return True

    results = []
    thread = threading.Thread(target=lambda: results.append(use()))
    thread.start()
    assert begun.wait(20)
    store.close()
    go_on.set()
    thread.join()
    assert results == [True]
    with Store(path) as again:
        assert again.connection.execute("SELECT * FROM sqlite_master WHERE name = 'item'").fetchall() == []


def test_close_in_a_run_keeps_the_error_of_the_block(store, caplog):
    with pytest.raises(KeyError), store.run("nightly"):
        store.close()
        raise KeyError
    assert "could not be ended" in caplog.text


def test_a_closed_store_is_not_opened_again(store):
    store.close()

    def use():
        with pytest.raises(LarderError, match="the store is closed"):
            store.cache.get("k")
        return True

    assert use() and in_a_thread(use)


def test_the_connection_is_ready(store):
    assert store.connection.isolation_level is None
    assert store.connection.execute("SELECT kv_busy_timeout()").fetchone() == (5000,)
    assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    store.cache["k"] = 1
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_configure_is_called_for_each_connection(path):
    def configure(connection):
        connection.create_function("answer", 0, lambda: 42)

    with Store(path, configure=configure) as store:
        def answer():
            return store.connection.execute("SELECT answer()").fetchone()[0]

        assert answer() == in_a_thread(answer) == 42


def test_a_path_is_that_of_the_moment(path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with Store("state.db") as store:
        store.cache["k"] = 1
        monkeypatch.chdir("/")
        assert in_a_thread(lambda: store.cache["k"]) == 1


@pytest.mark.parametrize("memory", ["", ":memory:"])
def test_a_database_in_memory_is_refused(memory):
    with pytest.raises(ValueError, match="needs a file"):
        Store(memory)


def test_a_file_that_is_no_database(path):
    path.write_bytes(b"something else" * 100)
    with pytest.raises(dbapi.DatabaseError, match="not a database"):
        Store(path).cache.get("k")
    with pytest.raises(dbapi.OperationalError, match="unable to open database file: .*/no/such/folder.db"):
        Store(path.parent / "no" / "such" / "folder.db")


def test_threads_lose_nothing(store):
    def count():
        for _ in range(100):
            store.cache.incr("n")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.cache["n"] == 800


def test_two_processes_lose_nothing(store, program):
    code = """
        store = Store(path)
        for _ in range(200):
            store.cache.incr("n")
    """
    programs = [program(code), program(code)]
    assert [each.communicate() for each in programs] == [("", "")] * 2
    assert store.cache["n"] == 400


def test_asyncio(store):
    @store.cache.memoize(name="double")
    def double(x):
        return 2 * x

    async def main():
        results = await asyncio.gather(*(asyncio.to_thread(double, x % 5) for x in range(40)))
        await asyncio.gather(*(asyncio.to_thread(store.cache.incr, "n") for _ in range(40)))
        return results

    assert asyncio.run(main()) == [2 * (x % 5) for x in range(40)]
    assert store.cache["n"] == 40


def _use(store, connection_before):
    assert id(store.connection) != connection_before
    for _ in range(50):
        store.cache.incr("n")


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
no_warning = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@needs_fork
@no_warning
def test_forked_children_have_connections_of_their_own(store):
    store.cache["n"] = 0
    forking = multiprocessing.get_context("fork")
    children = [forking.Process(target=_use, args=(store, id(store.connection))) for _ in range(4)]
    for child in children:
        child.start()
    for _ in range(50):
        store.cache.incr("n")
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    assert store.cache["n"] == 250 and store.check() == []


@needs_fork
@no_warning
def test_a_transaction_that_is_open_at_a_fork_stays_the_parents(store):
    with store.transaction():
        store.cache["k"] = "parent"
        child = os.fork()
        if child == 0:
            try:
                seen = store.cache.get("k")  # on a new connection: nothing is committed yet
                os._exit(0 if seen is None and not store.connection.in_transaction else 1)
            except BaseException:
                os._exit(2)
        assert exit_code(child) == 0
    assert store.cache["k"] == "parent"


@needs_fork
def test_a_child_that_ends_in_order_closes_nothing_that_it_inherited(program):
    """SQLite forbids even that. A function of SQL goes when its connection is closed, and tells who did."""
    parent = program("""
        import gc, os, sys

        class Function:
            process = os.getpid()

            def __call__(self):
                return 1

            def __del__(self, write=os.write, getpid=os.getpid):  # print() is silent when the interpreter ends
                write(1, b"closed by its parent\\n" if getpid() == self.process else b"closed by the child\\n")

        store = Store(path, configure=lambda connection: connection.create_function("f", 0, Function()))
        with store.transaction():
            store.cache["k"] = "v"
            child = os.fork()
            if child == 0:
                sys.exit(0)
            print("child exits with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        print(store.cache["k"], flush=True)
        store.close()
    """)
    assert parent.communicate() == ("child exits with 0\nv\nclosed by its parent\n", "")


def test_a_spawned_process_opens_the_same_file(store):
    store.cache["n"] = 0
    child = multiprocessing.get_context("spawn").Process(target=_use, args=(store, None))
    child.start()
    child.join()
    assert child.exitcode == 0 and store.cache["n"] == 50


def test_closing_while_a_thread_opens(path):
    reached, go_on = threading.Event(), threading.Event()

    def configure(connection):
        if threading.current_thread() is not threading.main_thread():
            reached.set()
            go_on.wait(20)

    store = Store(path, configure=configure)

    def use():
        with pytest.raises(LarderError, match="the store is closed"):
            store.cache.get("k")
        return True

    results = []
    thread = threading.Thread(target=lambda: results.append(use()))
    thread.start()
    assert reached.wait(20)
    store.close()
    go_on.set()
    thread.join()
    assert results == [True]


def test_migrate(store, rows, tmp_path):
    directory = tmp_path / "migrations"
    directory.mkdir()
    (directory / "1_item.sql").write_text("CREATE TABLE item(id)")
    (directory / "2_body.sql").write_text("ALTER TABLE item ADD COLUMN body")
    assert store.migrate(directory) == store.migrate(str(directory)) == 2
    assert rows("SELECT * FROM item") == []


def test_sweep(store, clock):
    clock(1700000000)
    for key in range(5):
        store.cache.set(key, 1, "1m")
    clock(1700000060)
    assert [store.sweep(2), store.sweep(), store.sweep()] == [2, 3, 0]


def test_check(store, rows):
    assert store.check() == []
    rows("CREATE TABLE kv_progress(x)")
    (finding,) = store.check()
    assert (finding.name, finding.status) == ("names", "warning") and "kv_progress hides" in finding.message
