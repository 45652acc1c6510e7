"""memoize(): one works it out, the others wait or are served what is old."""

import functools
import os
import threading
import time

import pytest
from conftest import exit_code, wait_until

from sqlite_larder import Store


def test_a_result_is_kept(store, clock):
    calls = []

    @store.cache.memoize(ttl="1h", name="f")
    def double(x):
        """Twice as much."""
        calls.append(x)
        return [x, x]

    clock(1700000000)
    assert [double(1), double(1), double("1")] == [[1, 1], [1, 1], ["1", "1"]]
    assert calls == [1, "1"]
    clock(1700003600)
    assert double(1) == [1, 1] and calls == [1, "1", 1]
    assert (double.__name__, double.__doc__) == ("double", "Twice as much.")


def test_all_see_the_same(store):
    @store.cache.memoize(name="f")
    def pair():
        return (1, {2: 3})

    assert pair() == pair() == [1, {"2": 3}]


def test_none_is_a_result(store):
    calls = []

    @store.cache.memoize(name="f")
    def nothing():
        calls.append(1)

    assert nothing() is None and nothing() is None and len(calls) == 1


def test_a_null_under_its_key_is_a_miss(store):
    @store.cache.memoize(name="f")
    def one():
        return 1

    store.cache[one.key()] = None
    assert one() == 1


def test_keys(store):
    @store.cache.memoize(name="f")
    def f(*args, **kwargs):
        return len(args)

    keys = [f.key(), f.key(1), f.key("1"), f.key(1.0), f.key(True), f.key([1], {"a": 2}), f.key(1, a=2), f.key(a=1, b=2)]
    assert len(set(keys)) == len(keys)
    assert f.key(a=1, b=2) == f.key(b=2, a=1)
    assert f.key(1) == "f:[1]"
    with pytest.raises(TypeError, match=r"memoize\(key=...\)"):
        f(object())


def test_a_function_is_told_from_others_or_refused(store):
    """Closures of one function had the same keys, and so each other's results."""

    def make(factor):
        return store.cache.memoize()(lambda x: factor * x)

    def local():
        pass

    for function in (lambda: None, local, functools.partial(len, "abc"), "text".upper, Callable()):
        with pytest.raises(TypeError, match=r"memoize\(name=...\), or memoize\(key=...\)"):
            store.cache.memoize()(function)
    with pytest.raises(TypeError, match="memoize"):
        make(2)
    with pytest.raises(TypeError, match="is no function"):
        store.cache.memoize()("text")
    with pytest.raises(TypeError, match="with parentheses"):
        store.cache.memoize(local)
    assert [store.cache.memoize(name=f"times {factor}")(lambda x, factor=factor: factor * x)(3) for factor in (2, 10)] == [6, 30]
    assert store.cache.memoize(name="partial")(functools.partial(len, "abc"))() == 3


class Callable:
    def __call__(self):
        return 1


def module_level(x):
    return x


def test_the_name_of_a_function_is_its_module_and_its_own(store):
    assert store.cache.memoize()(module_level).key(1) == f"{__name__}.module_level:[1]"


@pytest.mark.parametrize("argument", [{1: 2}, [{None: 2}], ({"a": {True: 2}},)])
def test_a_dict_with_other_keys_than_texts_is_refused(store, argument):
    """JSON makes texts of them: f({1: 2}) had the result of f({"1": 2})."""
    f = store.cache.memoize(name="f")(len)
    with pytest.raises(TypeError, match=r"is no text.*memoize\(key=...\)"):
        f(argument)


def test_a_key_of_its_own(store):
    class Page:
        @store.cache.memoize(key=lambda page, url: f"page:{url}", tag="pages")
        def fetch(self, url):
            return url.upper()

    assert Page().fetch("a") == "A" and store.cache["page:a"] == "A"
    assert store.cache.clear_tag("pages") == 1


def test_forget(store):
    results = iter([1, 2])

    @store.cache.memoize(name="f")
    def count():
        return next(results)

    assert [count(), count.forget(), count(), count.forget(), count.forget()] == [1, True, 2, True, False]


def test_a_coroutine_is_refused(store):
    async def fetch():
        pass

    with pytest.raises(TypeError, match="asyncio.to_thread"):
        store.cache.memoize()(fetch)


def test_it_is_pickled_by_name(program):
    pickled = program("""
        import pickle
        store = Store(path)

        @store.cache.memoize()
        def f():
            return 1

        print(pickle.loads(pickle.dumps(f)) is f)
    """)
    assert pickled.communicate() == ("True\n", "")


def test_threads_work_it_out_once(store):
    calls = []

    @store.cache.memoize(ttl="1h", name="f")
    def slow(x):
        calls.append(x)
        time.sleep(0.2)
        return "result"

    results = []
    threads = [threading.Thread(target=lambda: results.append(slow(1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1] and results == ["result"] * 8


def test_processes_work_it_out_once(store, rows, program):
    rows("CREATE TABLE worked_out(at REAL)")
    code = """
        import time
        store = Store(path)

        @store.cache.memoize(ttl="1h", key=lambda: "report")
        def report():
            store.connection.execute("INSERT INTO worked_out VALUES (kv_clock())")
            time.sleep(0.5)
            return {"rows": 3}

        print(report())
    """
    programs = [program(code) for _ in range(4)]
    assert [each.communicate() for each in programs] == [("{'rows': 3}\n", "")] * 4
    assert rows("SELECT count(*) FROM worked_out") == [(1,)]


def test_the_old_value_is_served_while_it_is_worked_out(path):
    working, go_on = threading.Event(), threading.Event()
    with Store(path) as store:
        @store.cache.memoize(ttl="10ms", stale="1d", key=lambda: "report")
        def report():
            working.set()
            assert go_on.wait(20)
            return "new"

        store.cache.set("report", "old", "10ms")
        wait_until(lambda: "report" not in store.cache)
        thread = threading.Thread(target=report)
        thread.start()
        assert working.wait(20)
        assert report() == "old"  # and does not wait
        go_on.set()
        thread.join()
        assert store.cache.pop("report", "dead") in ("new", "dead")


def test_what_is_too_old_is_not_served(store, clock):
    @store.cache.memoize(ttl="1m", stale="1m", key=lambda: "k")
    def f():
        return "new"

    clock(1700000000)
    store.cache.set("k", "old", "1m")
    clock(1700000121)
    assert f() == "new"


def test_an_exception_gives_up_the_claim(store):
    results = [ValueError("no"), "yes"]

    @store.cache.memoize(lease="1h", name="f")
    def f():
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    with pytest.raises(ValueError, match="no"):
        f()
    assert f() == "yes"  # at once, and not after the hour


def test_after_an_exception_the_old_value_is_served(store, clock):
    @store.cache.memoize(ttl="1m", stale="1d", lease="30s", key=lambda: "k")
    def f():
        raise ValueError("no")

    clock(1700000000)
    store.cache.set("k", "old", "1m")
    clock(1700000060)
    with pytest.raises(ValueError):
        f()
    assert f() == "old"  # until the claim ends
    clock(1700000090)
    with pytest.raises(ValueError):
        f()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_does_not_give_up_its_parents_claim(store, rows):
    child = None

    @store.cache.memoize(lease="1h", key=lambda: "k")
    def f():
        nonlocal child
        child = os.fork()
        if child == 0:
            raise SystemExit
        assert exit_code(child) == 7
        return rows("SELECT cache_claim('k', '1h')")  # refused: it is still the parent's

    try:
        assert f() == [[0]]
    except SystemExit:
        os._exit(7)


def test_in_a_transaction(store):
    @store.cache.memoize(name="f")
    def f():
        return 1

    with pytest.raises(KeyError), store.transaction():
        assert f() == 1
        raise KeyError
    assert f.key() not in store.cache  # rolled back with the rest
    assert f() == 1


def test_one_that_was_killed_holds_nobody_up_for_longer_than_its_lease(store, program):
    code = """
        import time
        store = Store(path)

        @store.cache.memoize(lease="700ms", key=lambda: "k")
        def f():
            print("working", flush=True)
            time.sleep(60)

        f()
    """
    victim = program(code)
    assert victim.stdout.readline() == "working\n"
    victim.kill()
    assert store.cache.memoize(key=lambda: "k")(lambda: "by another")() == "by another"
