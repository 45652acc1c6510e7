"""Workload 21: Larder's Store, the one that is written by hand, and diskcache, which take turns round by round."""

import os
import statistics

import disk_cache
import larder
import measure
import store

FEW = 2000  # keys that are read again and again

SIDES = {
    "larder": larder.open_store,
    "hand": lambda options, path: store.Store(path),
    "diskcache": lambda options, path: disk_cache.DiskCache(path),
}


class Subject:
    """One of the three, filled."""

    def __init__(self, side, options, value_size):
        self.side, self.options, self.value_size = side, options, value_size
        self.path = f"{options.place}/{side} {value_size}"
        self.rows = measure.Rows(options.keys, value_size)
        self.store = SIDES[side](options, self.path)
        for key in self.rows.stored:
            self.store.set(key, self.rows.value())

    def run(self, number):
        few, writes = self.rows.stored[:FEW], len(self.rows.stored) // measure.READS_PER_WRITE
        self.reopen()  # so that nothing is in memory
        self.time("21c", "Python: get, not hot", number, self.rows.stored, measure.READS_PER_LOOK, self.get)
        self.time("21b", "Python: set", number, self.draw(self.rows.stored, writes), 1, self.set)
        for key in 2 * few:  # what is asked for twice is hot
            self.get(key)
        self.time("21a", "Python: get, hot", number, self.draw(few, len(self.rows.stored)), measure.READS_PER_LOOK, self.get)

    def reopen(self):
        self.store.close()
        self.store = SIDES[self.side](self.options, self.path)

    def draw(self, keys, count):
        return self.rows.random.choices(keys, k=count)

    def get(self, key):
        measure.check(self.store.get(key), True, key)

    def set(self, key):
        self.store.set(key, self.rows.value())

    def time(self, workload, name, number, keys, per_look, operation):
        times = measure.time_each(keys, per_look, operation)
        median = statistics.median(times)
        measure.emit(workload=workload, name=name, value_bytes=self.value_size, side=self.side, round=number, median_us=median)


def main():
    options = measure.parse("Measures Larder's Store, one written by hand, and diskcache.")
    for value_size in measure.VALUE_SIZES:
        subjects = [Subject(side, options, value_size) for side in SIDES]
        for number in range(options.rounds):
            first = number % len(subjects)
            for subject in subjects[first:] + subjects[:first]:
                os.sync()  # or this one would wait for what another wrote
                subject.run(number)
        for subject in subjects:
            subject.store.close()


if __name__ == "__main__":
    main()
