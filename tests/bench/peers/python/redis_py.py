"""Redis through redis-py."""

import measure

try:
    import redis
except ImportError as error:
    measure.not_installed(error)


class Redis:
    def __init__(self, socket):
        self.client = redis.Redis(unix_socket_path=socket)

    def get(self, key):
        return self.client.get(key)

    def set(self, key, value, ttl=3600):
        self.client.set(key, value, ex=ttl)

    def close(self):
        self.client.close()


if __name__ == "__main__":
    measure.run("redis-py", lambda options, path: Redis(options.place))
