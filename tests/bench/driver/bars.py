"""What Larder is held to: the one place of the benchmark's bars."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    workload: str
    metric: str
    limit: float
    against: str = "hand"  # whose number Larder's is divided by
    absolute: bool = False  # Larder's own number
    at_least: bool = False  # otherwise at most
    value_bytes: int | None = None  # only for values of this size

    def is_met_by(self, number):
        return number >= self.limit if self.at_least else number <= self.limit


BARS = (
    Bar("1", "median_us", 0.12),  # a hit in the hot cache
    Bar("2", "median_us", 1.15),  # a hit that is not in it
    Bar("3", "median_us", 1.20),  # a hit in a transaction
    Bar("4", "median_us", 1.15),  # a miss
    Bar("4r", "median_us", 0.15),  # the same miss again
    Bar("5", "median_us", 0.60),  # overwrite
    # One frame a set; a rare split of a page is not what this is about. 4 KiB do not fit into one page.
    Bar("5", "frames", 1.05, absolute=True, value_bytes=100),
    Bar("6", "median_us", 1.15),  # a new key
    Bar("7a", "median_us", 1.25),  # bulk load, one set a row
    Bar("7b", "median_us", 1.15),  # bulk load, INSERT ... SELECT
    Bar("7c", "median_us", 1.15),  # bulk load, INSERT OR REPLACE
    Bar("8a", "seconds", 0.60),  # 90 % get, 10 % set: one process
    Bar("8b", "seconds", 0.90),  # two
    Bar("8c", "seconds", 1.00),  # eight
    Bar("9a", "median_us", 1.15),  # ledger_mark of a new id
    Bar("9b", "median_us", 0.10),  # of a known one
    Bar("9c", "median_us", 0.15),  # ledger_seen
    Bar("10", "longest_wait_ms", 20, absolute=True),  # a writer's wait for the sweep
    Bar("10", "seconds", 2.0),  # against one DELETE
    Bar("11", "longest_wait_ms", 0.05),  # kv_busy_timeout against busy_timeout
    Bar("11", "writes_per_second", 1.0, at_least=True),
    Bar("13", "median_us", 1.5, against="LMDB"),  # a hot hit against a get that copies
    Bar("14a", "seconds", 0.80),  # two processes with kv_busy_timeout, 10 % set
    Bar("14b", "seconds", 0.45),  # 1 % set
    Bar("14c", "seconds", 0.95),  # eight, 10 % set
    Bar("14d", "seconds", 0.80),  # 1 % set
    Bar("15", "mean_us", 0.30),  # get, while somebody else sets another key
    Bar("16c", "median_us", 1.25),  # INSERT INTO kv_ledger ... SELECT
    Bar("16d", "median_us", 1.30),  # INSERT ... WHERE ledger_mark
    Bar("16e", "median_us", 1.50),  # DELETE FROM kv_ledger
    Bar("17a", "seconds", 1.20),  # kv_progress against GROUP BY
    Bar("17b", "longest_wait_ms", 20, absolute=True),  # a writer's wait for ledger_forget
    Bar("18a", "median_us", 0.20, against="fifty calls"),  # ledger_next of fifty ids
    Bar("20a", "median_us", 80, absolute=True),  # loading
    Bar("20c", "median_us", 1.15),  # opening a file and the first get
    Bar("20e", "megabytes", 1.2, absolute=True),  # size, stripped
    Bar("21a", "median_us", 0.50, against="diskcache"),  # Python: get
    Bar("21a", "median_us", 0.80),
    Bar("21b", "median_us", 0.60, against="diskcache"),  # Python: set
)


def bars_for(workload, metric, value_bytes):
    """The bars of this number: one for each that it is compared with, or none for what is only shown."""
    return [bar for bar in BARS if (bar.workload, bar.metric) == (workload, metric) and bar.value_bytes in (None, value_bytes)]


def bar_for(workload, metric, value_bytes, against="hand"):
    """The bar of this number against that one, or None."""
    return next((bar for bar in bars_for(workload, metric, value_bytes) if bar.absolute or bar.against == against), None)
