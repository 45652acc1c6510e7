"""larder import-json: what a script kept in a JSON file so far comes into the file as it was, all of it or nothing."""

from __future__ import annotations

import json
import math

import pytest
from sqlite_larder import Store

VALUES = {
    "text": "hello",
    "": "the empty key",
    "a key\nof two lines": "with a \u0000 inside",
    "na\u00efve \u2603 \U0001f40d": "\U0001f40d",
    "integer": 42,
    "greatest": 2**63 - 1,
    "least": -(2**63),
    "real": 0.1,
    "large": 1e300,
    "endless": math.inf,
    "null": None,
    "true": True,
    "false": False,
    "list": [1, "two", None, {"three": [4.5]}],
    "object": {"b": 1, "a": {"\u2603": False}},
    "looks like JSON": '{"a": 1}',
    "looks like what the Store writes": " \t[1]",
    "looks like a number": "007",
    "more than 64 bits": 2**70,
}


@pytest.fixture
def state(folder):
    text = json.dumps(VALUES).replace("Infinity", "1e999")  # JSON has no other way to say it
    (folder / "state.json").write_text(text, encoding="utf-8")
    return folder


def same(found, expected):
    """With the same types, which == does not ask for: True is 1, and 1 is 1.0."""
    return found == expected and repr(sorted(found.items())) == repr(sorted(expected.items()))


def test_into_the_cache(state):
    assert state.succeed("import-json", "state.json", "app.db") == f"state.json into the cache of app.db: {len(VALUES)} added\n"
    with Store(state / "app.db") as store:
        assert same({key: store.cache[key] for key in VALUES}, VALUES)
    assert state.sql("SELECT DISTINCT ttl, tag FROM kv_cache") == [(math.inf, None)]


def test_into_the_cache_with_an_end_and_a_tag(state):
    state.succeed("import-json", "state.json", "app.db", "--ttl", "1h", "--tag", "old")
    ((least, greatest),) = state.sql("SELECT min(ttl), max(ttl) FROM kv_cache WHERE tag = 'old'")
    assert 3500 < least <= greatest <= 3600


def test_the_cache_has_a_ttl_of_its_own(state):
    state.sql("SELECT kv_config('cache.default_ttl', '2h')")
    state.succeed("import-json", "state.json", "app.db")
    assert state.sql("SELECT count(*) FROM kv_cache WHERE ttl BETWEEN 7000 AND 7200") == [(len(VALUES),)]


def test_into_checkpoints(state):
    state.succeed("import-json", "state.json", "app.db", "--checkpoints")
    with Store(state / "app.db") as store:
        assert same({key: store.checkpoint(key).get() for key in VALUES}, VALUES)


def test_into_a_ledger(state):
    assert state.succeed("import-json", "state.json", "app.db", "--ledger", "seen") == (
        f"state.json into the ledger seen of app.db: {len(VALUES)} added\n"
    )
    assert state.sql("SELECT DISTINCT status FROM kv_ledger WHERE ledger = 'seen'") == [("done",)]
    with Store(state / "app.db") as store:
        assert same({key: store.ledger("seen").result(key) for key in VALUES}, VALUES)


def test_into_a_queue(state):
    state.succeed("import-json", "state.json", "app.db", "--ledger", "todo", "--pending")
    assert state.sql("SELECT DISTINCT status FROM kv_ledger") == [("pending",)]
    with Store(state / "app.db") as store:
        found = {}
        for job in store.ledger("todo").work(lease="5m", wait=False):
            with job:
                found[job.id] = job.payload
    assert same(found, VALUES)


def test_other_languages_read_lists_and_objects_as_json(folder):
    (folder / "state.json").write_text('{"a": {"b": [1, 2]}, "c": "text"}')
    folder.succeed("import-json", "state.json", "app.db")
    assert folder.sql("SELECT json_extract(cache_get('a'), '$.b[1]'), cache_get('c')") == [(2, "text")]


def test_a_list_of_ids(folder):
    (folder / "seen.json").write_text('["a", 7, 1.5, "a"]')
    output = folder.succeed("import-json", "seen.json", "app.db", "--ledger", "seen")
    assert output == "seen.json into the ledger seen of app.db: 3 added\n"
    assert folder.sql("SELECT id FROM kv_ledger ORDER BY id") == [("1.5",), ("7",), ("a",)]
    assert folder.sql("SELECT ledger_seen('seen', 7)") == [(1,)]


def test_what_is_there_stays_unless_it_is_to_be_replaced(folder):
    (folder / "state.json").write_text('{"a": 1, "b": 2}')
    for options, read in (
        ([], "SELECT value FROM kv_cache WHERE key = 'a'"),
        (["--checkpoints"], "SELECT checkpoint_get('a')"),
        (["--ledger", "l"], "SELECT ledger_result('l', 'a')"),
    ):
        (folder / "first.json").write_text('{"a": "new"}')
        folder.succeed("import-json", "first.json", "app.db", *options)
        assert folder.succeed("import-json", "state.json", "app.db", *options).endswith(": 1 added, 1 kept\n")
        assert folder.sql(read) == [("new",)]
        assert folder.succeed("import-json", "state.json", "app.db", *options, "--replace").endswith(": 2 replaced\n")
        assert folder.sql(read) == [(1,)]


def test_in_json_from_stdin(folder):
    answer = folder.succeed("import-json", "-", "app.db", "--json", input='{"a": 1}')
    assert json.loads(answer) == {"added": 1, "replaced": 0, "kept": 0}


def test_a_byte_order_mark(folder):
    (folder / "state.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    folder.succeed("import-json", "state.json", "app.db")
    assert folder.sql("SELECT cache_get('a')") == [(1,)]


def test_all_or_nothing(folder):
    """Larder itself refuses the second."""
    folder.sql("SELECT kv_config('cache.max_bytes', 1000)")
    (folder / "state.json").write_text(json.dumps({"small": 1, "large": "x" * 2000}))
    done = folder.larder("import-json", "state.json", "app.db")
    assert done.returncode == 65 and "cache.max_bytes is 1000" in done.stderr
    assert folder.sql("SELECT count(*) FROM kv_cache") == [(0,)]


@pytest.mark.parametrize(
    "content, message",
    [
        (b'{"a": [1e999]}', "a: Out of range float values are not JSON compliant"),
        (b'{"a": NaN}', "is no JSON: NaN is none of its numbers"),
        (b'{"a": "\\ud800"}', "a: holds half a character: \\ud800"),
        (b'{"\\udc00": 1}', "\\udc00: holds half a character: \\udc00"),
        (b'{"a": 1', "is no JSON: Expecting ',' delimiter: line 1 column 8 (char 7)"),
        (b"", "is no JSON: Expecting value: line 1 column 1 (char 0)"),
        (b'{"a": "\xff"}', "is no JSON: byte 7 is not UTF-8"),
        (b"[1]", "holds no JSON object: the cache takes an object"),
        (b"7", "holds no JSON object: the cache takes an object"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_refused(folder, content, message):
    (folder / "state.json").write_bytes(content)
    done = folder.larder("import-json", "state.json", "app.db")
    assert done.returncode == 65
    assert done.stderr.startswith(f"larder: state.json: {message}") and done.stderr.count("\n") == 1
    assert not (folder / "app.db").exists()


def test_ids_that_are_none(folder):
    (folder / "seen.json").write_text('["a", null]')
    done = folder.larder("import-json", "seen.json", "app.db", "--ledger", "seen")
    assert (done.returncode, done.stderr) == (65, "larder: seen.json: a list of ids holds texts and numbers, and not null\n")


@pytest.mark.parametrize(
    "options, message",
    [
        (["--ledger", "l", "--checkpoints"], "--ledger and --checkpoints exclude each other"),
        (["--pending"], "--pending needs --ledger"),
        (["--checkpoints", "--ttl", "1h"], "--ttl and --tag are for the cache"),
        (["--ledger", "l", "--tag", "t"], "--ttl and --tag are for the cache"),
    ],
)
def test_options_that_do_not_go_together(state, options, message):
    done = state.larder("import-json", "state.json", "app.db", *options)
    assert (done.returncode, done.stderr) == (64, f"larder: {message} (see larder import-json --help)\n")


def test_a_file_that_is_missing(folder):
    done = folder.larder("import-json", "state.json", "app.db")
    assert (done.returncode, done.stderr) == (66, "larder: state.json: No such file or directory\n")


@pytest.mark.parametrize(
    "text, message",
    [
        ('{"a": 1, "b": 2, "a": 3}', "the key a comes 2 times in one object"),
        ('{"a": {"b\\n": 1, "b\\n": 1}}', "the key b\\n comes 2 times in one object"),
    ],
)
def test_a_key_that_comes_twice(folder, text, message):
    (folder / "state.json").write_text(text)
    done = folder.larder("import-json", "state.json", "app.db")
    assert (done.returncode, done.stderr) == (65, f"larder: state.json: is no JSON: {message}\n")
    assert not (folder / "app.db").exists()
