"""sqlite-utils finds this module by its entry point, and loads Larder into each connection."""

from typing import Any

import pluggy

from .loading import load_as_plugin

hookimpl = pluggy.HookimplMarker("sqlite_utils")


@hookimpl
def prepare_connection(conn: Any) -> None:
    load_as_plugin(conn)
