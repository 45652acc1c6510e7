"""Larder, as a Python program calls it: the Store of its package."""

import measure
import package


class Larder:
    def __init__(self, options, path):
        self.store = package.import_store(options.place, options.larder)(path)
        self.get = self.store.cache.get

    def set(self, key, value, ttl=3600):
        self.store.cache.set(key, value, ttl)

    def close(self):
        self.store.close()


def open_store(options, path):
    try:
        return Larder(options, path)
    except ImportError as error:
        measure.not_installed(error)


if __name__ == "__main__":
    measure.run("Larder, Python", open_store)
