"""What Larder is held to: the one place of the benchmark's bars. Workloads are those of larder_bench and larder_contention."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    workload: str
    metric: str
    limit: float
    absolute: bool = False  # Larder's own number; otherwise Larder / hand
    at_least: bool = False  # otherwise at most
    value_bytes: int | None = None  # only for values of this size

    def is_met_by(self, number):
        return number >= self.limit if self.at_least else number <= self.limit


BARS = (
    Bar("1", "median_us", 0.25),  # a hit in the hot cache
    Bar("2", "median_us", 1.15),  # a hit that is not in it
    Bar("3", "median_us", 1.20),  # a hit in a transaction
    Bar("4", "median_us", 1.15),  # a miss
    Bar("4r", "median_us", 0.25),  # the same miss again
    Bar("5", "median_us", 0.60),  # overwrite
    # One frame a set; a rare split of a page is not what this is about. 4 KiB do not fit into one page.
    Bar("5", "frames", 1.05, absolute=True, value_bytes=100),
    Bar("6", "median_us", 1.05),  # a new key
    Bar("7a", "median_us", 1.25),  # bulk load, one set a row
    Bar("7b", "median_us", 1.15),  # bulk load, INSERT ... SELECT
    Bar("7c", "median_us", 1.15),  # bulk load, INSERT OR REPLACE
    Bar("8a", "seconds", 0.60),  # 90 % get, 10 % set: one process
    Bar("8b", "seconds", 0.90),  # two
    Bar("8c", "seconds", 1.00),  # eight
    Bar("9a", "median_us", 1.15),  # ledger_mark of a new id
    Bar("9b", "median_us", 0.60),  # of a known one
    Bar("9c", "median_us", 0.30),  # ledger_seen
    Bar("10", "longest_wait_ms", 20, absolute=True),  # a writer's wait for the sweep
    Bar("10", "seconds", 3.0),  # against one DELETE
    Bar("11", "longest_wait_ms", 0.10),  # kv_busy_timeout against busy_timeout
    Bar("11", "writes_per_second", 1.0, at_least=True),
)


def bar_for(workload, metric, value_bytes):
    """The bar of this number, or None for what is only shown."""
    for bar in BARS:
        if (bar.workload, bar.metric) == (workload, metric) and bar.value_bytes in (None, value_bytes):
            return bar
    return None
