"""A dict in a JSON file that each set writes anew: what many begin with."""

import json
import os

import measure


class JsonFile:
    def __init__(self, path):
        self.path = path
        self.entries = {}
        self.written = None

    def get(self, key):
        self._read()
        return self.entries.get(key)

    def set(self, key, value):
        self._read()
        self.entries[key] = value
        with open(self.path + ".new", "w") as file:
            json.dump(self.entries, file)
        os.replace(file.name, self.path)  # a reader sees all of the old or all of the new
        self.written = os.stat(self.path).st_mtime_ns

    def close(self):
        pass

    def _read(self):
        """Reads the file if another process has written it."""
        try:
            written = os.stat(self.path).st_mtime_ns
        except FileNotFoundError:
            return
        if written != self.written:
            with open(self.path) as file:
                self.entries = json.load(file)
            self.written = written


if __name__ == "__main__":
    # Two processes that set at once lose one of the values, so they are not compared.
    measure.run("JSON file, Python", lambda options, path: JsonFile(path), most_keys=1000, shared=False)
