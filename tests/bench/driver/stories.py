"""What users do, how long it takes with Larder, and with what they would use instead: for the picture and the page."""

from dataclasses import dataclass

from ratios import LARDER

SMALL = (0, 100)  # bytes of a value; 0 where there are none
MICROSECONDS = {"median_us": 1, "mean_us": 1, "longest_wait_ms": 1e3, "seconds": 1e6}
ROWS = 100_000  # of a bulk load, which is measured by the row

# Two ways to get a number, both None where it was not measured.


def compared(workload, side=LARDER, *, metric="median_us", times=1):
    """What one side needs in a workload, in µs."""

    def find(results, _):
        for result in results:
            key = result.key
            if (key.workload, key.metric) == (workload, metric) and key.value_bytes in SMALL and side in (LARDER, result.against):
                number = result.larder if side == LARDER else result.other
                return None if number is None else number * MICROSECONDS[metric] * times
        return None

    return find


def peer(name, operation):
    """What a peer needs for an operation, in µs."""

    def find(_, peers):
        return next((peer.operations.get((operation, SMALL[-1])) for peer in peers if peer.name == name), None)

    return find


@dataclass(frozen=True)
class Story:
    title: str
    ways: tuple  # (name, where its number is), Larder's first
    drawn: bool = True  # otherwise for the page only

    def numbers(self, results, peers):
        """[(name, µs)] of the ways that were measured; nothing if Larder or all others were not."""
        found = [(name, number(results, peers)) for name, number in self.ways]
        found = [(name, number) for name, number in found if number is not None]
        return found if len(found) > 1 and found[0][0] == self.ways[0][0] else []


def against_hand(workload, other="SQL by hand", **how):
    """Larder, and what took turns with it as "hand"."""
    return (("Larder", compared(workload, **how)), (other, compared(workload, "hand", **how)))


STORIES = (
    Story(
        "Read a key that was read before, in C",
        (*against_hand("1"), ("LMDB", compared("13", "LMDB")), ("Redis", peer("Redis", "get"))),
    ),
    Story(
        "The same in Python",
        (
            *against_hand("21a", "sqlite3 by hand"),
            ("diskcache", compared("21a", "diskcache")),
            ("Redis", peer("redis-py", "get")),
        ),
    ),
    Story(
        "Set a key that is there, in C",
        (*against_hand("5"), ("LMDB, no sync", peer("LMDB, no sync", "set")), ("Redis", peer("Redis", "set"))),
    ),
    Story(
        "The same in Python",
        (
            *against_hand("21b", "sqlite3 by hand"),
            ("diskcache", compared("21b", "diskcache")),
            ("Redis", peer("redis-py", "set")),
            ("JSON file of 1,000", peer("JSON file, Python", "set")),
        ),
    ),
    Story("Read while another program writes", against_hand("15", metric="mean_us")),
    Story(
        "Eight programs write at once: the longest wait",
        against_hand("11", "plain SQLite", metric="longest_wait_ms"),
    ),
    Story("Mark an id as done", against_hand("9a")),
    Story("Load 100,000 rows from a table", against_hand("7b", times=ROWS)),
    Story("Ask whether an id is done", against_hand("9c"), drawn=False),
    Story(
        "Claim a job out of a queue, fifty at once",
        (("Larder", compared("18a")), ("Larder, one by one", compared("18a", "fifty calls"))),
        drawn=False,
    ),
    Story(
        "Remove 100,000 dead entries: the longest that a writer waits",
        against_hand("10", "one DELETE", metric="longest_wait_ms"),
        drawn=False,
    ),
    Story("The same, in all", against_hand("10", "one DELETE", metric="seconds"), drawn=False),
    Story("Count a million ids by their status", against_hand("17a", "GROUP BY", metric="seconds"), drawn=False),
    Story("Open a file, read the first key", against_hand("20c"), drawn=False),
)


def duration(microseconds):
    """Two digits are as many as a reader needs."""
    for unit, size in (("s", 1e6), ("ms", 1e3), ("µs", 1)):
        if microseconds >= size or unit == "µs":
            number = microseconds / size
            return f"{number:,.0f} {unit}" if number >= 9.95 else f"{number:.1f} {unit}"
