"""From the lines that the programs print, one a round and side, to what was measured: the median of Larder's ratio to
hand-written SQL or whatever else took turns with it, how far the rounds are apart, and whether the bar is met."""

import re
import statistics
from collections import defaultdict
from dataclasses import dataclass

from bars import Bar, bar_for, bars_for

# What is shown, and judged where there is a bar. Other numbers of a line are judged if they have a bar, or else only kept.
METRICS = ("median_us", "seconds", "longest_wait_ms", "writes_per_second")

LARDER = "larder"

OK, OVER, UNDECIDED, SHOWN = "OK", "OVER", "undecided", "shown"


@dataclass(frozen=True)
class Key:
    """What is measured: two lines belong together if this is the same in both."""

    workload: str
    name: str
    value_bytes: int
    rows: int | None
    metric: str

    def order(self):
        number, part = re.fullmatch(r"(\d*)(.*)", self.workload).groups()
        return (int(number or 0), part, self.name if self.rows else "", self.value_bytes, self.rows or 0)


@dataclass(frozen=True)
class Result:
    key: Key
    against: str | None  # the other side
    bar: Bar | None
    larder: float | None  # the median of the rounds
    other: float | None
    ratios: tuple[float, ...]  # of each round that both sides have
    judged: tuple[float, ...]  # what the bar is about: the ratios, or Larder's own numbers

    @property
    def verdict(self):
        return verdict(self.judged, self.bar)


def verdict(numbers, bar):
    """OK or OVER when the middle half of the rounds says so; undecided when it lies on both sides of the bar."""
    if bar is None or not numbers:
        return SHOWN
    met = {bar.is_met_by(number) for number in middle_half(numbers)}
    if len(met) == 2:
        return UNDECIDED
    return OK if met.pop() else OVER


def middle_half(numbers):
    """Without the lowest and the highest quarter: a machine that others use, too, has bad moments."""
    quarter = len(numbers) // 4
    return sorted(numbers)[quarter : len(numbers) - quarter]


def median(numbers):
    return statistics.median(numbers) if numbers else None


def ratios_by_round(larder, other):
    """Both are {round: number}; the ratio of each round that is in both, in order."""
    return tuple(larder[number] / other[number] for number in sorted(larder.keys() & other.keys()) if other[number])


def metrics_of(line):
    """The metrics of a line that become results."""
    return [name for name in line if name in METRICS or bars_for(line["workload"], name, line["value_bytes"])]


def results(lines):
    """What Larder was compared with, ordered by workload: a result for each other side. A peer's lines, whose workloads have no
    numbers, are left out."""
    rounds = defaultdict(lambda: defaultdict(dict))  # by Key and side: {round: number}
    for line in lines:
        if line["workload"] in (*OPERATIONS, MIX):
            continue
        for metric in metrics_of(line):
            key = Key(line["workload"], line["name"], line.get("value_bytes", 0), line.get("rows"), metric)
            rounds[key][line["side"]][line["round"]] = line[metric]
    found = [
        result(key, against, sides.get(LARDER, {}), sides.get(against, {}))
        for key, sides in rounds.items()
        for against in ([side for side in sides if side != LARDER] or [None])
    ]
    return sorted(found, key=lambda result: (*result.key.order(), result.against or ""))


def result(key, against, larder, other):
    bar = bar_for(key.workload, key.metric, key.value_bytes, against)
    ratios = ratios_by_round(larder, other)
    judged = tuple(larder.values()) if bar and bar.absolute else ratios
    return Result(key, against, bar, median(list(larder.values())), median(list(other.values())), ratios, judged)


# The operations that each peer is asked for, by one client.
OPERATIONS = ("get", "miss", "set", "new")
MIX = "mix"  # and what eight clients do at once


@dataclass
class PeerResult:
    name: str
    operations: dict  # (operation, value_bytes): median microseconds
    p99_set_ms: float | None = None  # of eight clients; the median of the rounds
    longest_set_ms: float | None = None  # of all rounds


def peer_results(lines):
    """In the order of the lines."""
    sides = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line["workload"] in OPERATIONS:
            sides[line["side"]][line["workload"], line["value_bytes"]].append(line["median_us"])
        elif line["workload"] == MIX:
            for metric in ("p99_set_ms", "longest_set_ms"):
                sides[line["side"]][metric].append(line[metric])
    return [peer_result(name, numbers) for name, numbers in sides.items()]


def peer_result(name, numbers):
    p99, longest = numbers.pop("p99_set_ms", []), numbers.pop("longest_set_ms", [])
    operations = {key: statistics.median(times) for key, times in numbers.items()}
    return PeerResult(name, operations, median(p99), max(longest, default=None))
