"""What goes in comes out, and what other languages see of it."""

import datetime
import enum
import json
import math
from random import Random

import pytest

from sqlite_larder import Store

LARGE = "x" * 100_000


class Colour(str, enum.Enum):
    RED = "red"


@pytest.mark.parametrize("value", [
    "", "text", "a\0b", "\N{GRINNING FACE}", LARGE, b"", b"\0\xff", 0, -1, 2**63 - 1, -2**63,
    1.5, -0.0, 1e308, math.inf, -math.inf, None,
])
def test_sqlites_own_types_are_stored_as_they_are(store, rows, value):
    store.cache["k"] = value
    assert repr(store.cache["k"]) == repr(value)
    assert repr(rows("SELECT value FROM larder_cache")[0][0]) == repr(value)


@pytest.mark.parametrize("value", [
    True, False, 2**63, -2**63 - 1, 2**2000, [], {}, [1, 2.5, None, True, "x"], {"a": {"b": [1]}},
    {"\N{LATIN SMALL LETTER E WITH ACUTE}": "\N{GRINNING FACE}"},
])
def test_anything_else_is_json(store, rows, value):
    store.cache["k"] = value
    found = store.cache["k"]
    assert found == value and type(found) is type(value)
    assert json.loads(rows("SELECT value FROM larder_cache")[0][0]) == value


@pytest.mark.parametrize("text", [
    '{"a":1}', "[]", "null", "true", '"x"', "1", " {}", "\t[]", " \t", " \t[1]", ' \t"x"', " \tnull", " \t \t",
])
def test_a_text_that_looks_like_json_stays_a_text(store, text):
    store.cache["k"] = text
    assert store.cache["k"] == text


def random_value(random, depth=3):
    """Anything that comes back as it was; texts have much in them that means something to somebody."""
    kind = random.randrange(10 if depth else 8)
    if kind < 4:
        return "".join(random.choices(' \t{}[]"\\1\n\0\N{GRINNING FACE}', k=random.randrange(6)))
    if kind < 8:
        return random.choice([None, True, False, random.getrandbits(80) - 2**79, random.uniform(-1e9, 1e9), random.randrange(100)])
    if kind == 8:
        return [random_value(random, depth - 1) for _ in range(random.randrange(4))]
    return {str(random_value(random, 0)): random_value(random, depth - 1) for _ in range(random.randrange(4))}


def test_random_values(store):
    random = Random(20240229)
    values = [random_value(random) for _ in range(3000)]
    with store.transaction():
        for number, value in enumerate(values):
            store.cache[number] = value
    found = [store.cache[number] for number in range(len(values))]
    assert list(map(repr, found)) == list(map(repr, values))


def test_other_languages_read_json_as_it_stands(store, rows):
    store.cache["k"] = {"a": [1, 2]}
    assert rows("SELECT json_extract(cache_get('k'), '$.a[1]'), value FROM larder_cache") == [(2, ' \t{"a":[1,2]}')]


def test_what_other_languages_write(store, rows):
    rows("""SELECT cache_set('text', '{"a":1}'), cache_set('json', ' ' || char(9) || '{"a":1}')""")
    assert store.cache["text"] == '{"a":1}'
    assert store.cache["json"] == {"a": 1}


def test_subclasses_are_what_they_are_made_of(store):
    size = enum.IntEnum("Size", "S M")
    for value, stored in ((Colour.RED, "red"), (size.M, 2), (bytearray(b"x"), b"x"), (memoryview(b"y"), b"y")):
        store.cache["k"] = value
        assert store.cache["k"] == stored and type(store.cache["k"]) is type(stored)


@pytest.mark.parametrize("value, error, message", [
    (math.nan, ValueError, "NaN cannot be stored"),
    ([math.nan], ValueError, "not JSON compliant"),
    ([math.inf], ValueError, "not JSON compliant"),
    ("\ud800", UnicodeEncodeError, "surrogates not allowed"),
    (["\ud800"], UnicodeEncodeError, "surrogates not allowed"),
    ({1, 2}, TypeError, "set is not JSON serializable; .*serializer"),
    (datetime.date(2026, 1, 1), TypeError, "date is not JSON serializable"),
])
def test_what_cannot_be_stored_is_an_error(store, value, error, message):
    store.cache["k"] = "before"
    with pytest.raises(error, match=message):
        store.cache["k"] = value
    assert store.cache["k"] == "before"


class Dates:
    """A serializer of a user's own."""

    def dumps(self, value):
        return json.dumps(value, default=lambda date: {"date": date.isoformat()})

    def loads(self, text):
        return json.loads(text, object_hook=lambda found: datetime.date.fromisoformat(found["date"]))


def test_a_serializer_is_for_what_is_no_type_of_sqlites(path):
    with Store(path, serializer=Dates()) as store:
        store.cache["k"] = [datetime.date(2026, 1, 1), "x"]
        assert store.cache["k"] == [datetime.date(2026, 1, 1), "x"]
        store.cache["text"] = " \ttext"
        assert store.cache["text"] == " \ttext"


def test_the_module_json_is_a_serializer(path):
    with Store(path, serializer=json) as store:
        store.cache["k"] = {"a": 1}
        assert store.cache["k"] == {"a": 1}


def test_values_are_the_same_everywhere(store):
    value = {"a": [1]}
    store.checkpoint("c").set(value)
    store.ledger("done").mark("id", value)
    store.ledger("queue").add("id", value)
    assert store.checkpoint("c").get() == value
    assert store.ledger("done").result("id") == value
    assert [job.payload for job in store.ledger("queue").work("1m", wait=False)] == [value]
