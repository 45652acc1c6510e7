"""The command `larder`: jobs that must not overlap, what is going on in a file, migrations."""

from .cli import main

__all__ = ["main"]
