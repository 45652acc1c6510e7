"""python -m sqlite_larder.command, for where the script `larder` is not in the path."""

import sys

from .cli import main

sys.exit(main())
