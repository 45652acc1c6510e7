"""diskcache with its defaults."""

import measure

try:
    import diskcache
except ImportError as error:
    measure.not_installed(error)


class DiskCache:
    def __init__(self, path):
        self.cache = diskcache.Cache(path)
        self.get = self.cache.get

    def set(self, key, value, ttl=3600):
        self.cache.set(key, value, expire=ttl)

    def close(self):
        self.cache.close()


if __name__ == "__main__":
    measure.run("diskcache", lambda options, path: DiskCache(path))
