"""The package sqlite-larder, as it would be installed: its sources with the extension beside them."""

import functools
import shutil
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[4] / "ext/packages/python/src/sqlite_larder"


@functools.cache
def import_store(folder, extension):
    """The class Store. The package is put together in `folder`. ImportError if one of the two is not there, or this Python's
    sqlite3 cannot load extensions."""
    try:
        package = Path(folder) / "packages" / "sqlite_larder"
        shutil.copytree(SOURCES, package, ignore=shutil.ignore_patterns("larder.*", "__pycache__"), dirs_exist_ok=True)
        shutil.copy(extension, package / ("larder" + Path(extension).suffix))
    except OSError as error:
        raise ImportError(f"no package: {error}") from error
    sys.path.insert(0, str(package.parent))
    import sqlite_larder

    sqlite_larder.connect(":memory:").close()
    return sqlite_larder.Store
