"""Datasette finds this module by its entry point, and loads Larder into each connection."""

import os
from typing import Any

import pluggy

from .loading import load_as_plugin

hookimpl = pluggy.HookimplMarker("datasette")

# Whoever may write SQL there could read the SQL files of the machine otherwise, as migrations.
os.environ.setdefault("LARDER_NO_FILES", "1")


@hookimpl
def prepare_connection(conn: Any) -> None:
    load_as_plugin(conn)
