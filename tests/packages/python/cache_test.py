"""Store.cache against the SQL functions."""

import datetime
import math

import pytest

from sqlite_larder import dbapi


def test_get(store):
    assert store.cache.get("k") is None and store.cache.get("k", 5) == 5
    store.cache.set("k", None)
    assert store.cache.get("k", 5) is None  # None is a value


def test_like_a_dict(store):
    cache = store.cache
    with pytest.raises(KeyError, match="k"):
        cache["k"]
    with pytest.raises(KeyError, match="k"):
        del cache["k"]
    cache["k"] = 1
    assert cache["k"] == 1 and "k" in cache and "other" not in cache
    del cache["k"]
    assert "k" not in cache


def test_keys_are_text(store):
    store.cache[42] = "answer"
    assert store.cache["42"] == store.cache[42.0] == "answer"
    with pytest.raises(dbapi.OperationalError, match="key must not be NULL"):
        store.cache.get(None)


@pytest.mark.parametrize("ttl", [60, 60.0, "60s", "1m", datetime.timedelta(minutes=1)])
def test_an_entry_dies_at_its_deadline(store, clock, ttl):
    clock(1700000000)
    store.cache.set("k", "v", ttl)
    clock(1700000059.999)
    assert store.cache.get("k") == "v"
    clock(1700000060)
    assert store.cache.get("k") is None and "k" not in store.cache


def test_ttl_is_the_setting_when_left_out(store, rows, clock):
    clock(1700000000)
    rows("SELECT kv_config('cache.default_ttl', '1m')")
    store.cache["a"] = 1
    store.cache.set("b", 1, None)
    store.cache.set("c", 1, tag="t")
    store.cache.add("d", 1)
    store.cache.add("e", 1, tag="t")
    store.cache.incr("f")
    store.cache.set("g", 1, "2m", tag="t")
    ttls = {key: ttl for key, ttl in rows("SELECT key, ttl FROM kv_cache")}
    assert ttls == {"a": 60.0, "b": math.inf, "c": 60.0, "d": 60.0, "e": 60.0, "f": 60.0, "g": 120.0}


def test_a_bad_duration_is_larders_error(store):
    with pytest.raises(dbapi.OperationalError, match="ttl must be a number of seconds.*1h30m"):
        store.cache.set("k", "v", "1h30m")


def test_add(store):
    assert store.cache.add("k", 1, "1m") is True and store.cache.add("k", 2) is False
    assert store.cache["k"] == 1


def test_incr(store, clock):
    clock(1700000000)
    assert [store.cache.incr("n", ttl="1m"), store.cache.incr("n", 41), store.cache.incr("n", 0.5)] == [1, 42, 42.5]
    assert store.cache.ttl("n") == 60.0


def test_ttl_and_touch(store, clock):
    clock(1700000000)
    assert store.cache.ttl("k") is None and store.cache.touch("k", 60) is False
    store.cache["k"] = 1
    assert store.cache.ttl("k") == math.inf
    assert store.cache.touch("k", datetime.timedelta(hours=1)) is True and store.cache.ttl("k") == 3600.0


def test_a_sliding_session(store, clock):
    clock(1700000000)
    store.cache.set("session", {"cart": 1}, "30m")
    clock(1700001000)
    assert store.cache.get("session", ttl="30m") == {"cart": 1}
    clock(1700002799)
    assert store.cache.ttl("session") == 1.0
    assert store.cache.get("other", "none", ttl="30m") == "none"


def test_pop_and_delete(store):
    store.cache["k"] = {"a": 1}
    assert store.cache.pop("k") == {"a": 1} and store.cache.pop("k", "used") == "used"
    store.cache["k"] = 1
    assert store.cache.delete("k") is True and store.cache.delete("k") is False


def test_pop_keeps_what_it_cannot_read(store, rows):
    rows("SELECT cache_set('k', ' ' || char(9) || '{bad', '1h')")
    for _ in range(2):
        with pytest.raises(ValueError):
            store.cache.pop("k")
    assert "k" in store.cache and store.cache.ttl("k") > 3000


def test_clear_by_prefix_and_by_tag(store):
    for key in ("news:1", "news:2", "rates"):
        store.cache[key] = 1
    store.cache.set("page:1", "p", "1h", tag="author:7")
    store.cache.add("page:2", "p", "1h", tag="author:7")
    assert store.cache.clear("news:") == 2
    assert store.cache.clear_tag("author:7") == 2
    assert store.cache.clear() == 1


def test_nan_is_no_duration(store):
    for call in (lambda: store.cache.set("k", 1, math.nan), lambda: store.ledger("l").mark("k", keep=math.nan),
                 lambda: store.lease("billing", math.nan), lambda: store.lease("billing", "1m", wait=math.nan)):
        with pytest.raises(ValueError, match="NaN is no duration"):
            call()


def test_the_cache_cannot_be_iterated(store):
    store.cache["0"] = "a"
    with pytest.raises(TypeError, match="not iterable"):
        list(store.cache)
