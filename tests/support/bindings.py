"""The bindings that `.ci/deps test` has installed into build/bindings, for their tests. Import it before anything of theirs."""

import importlib.util
import os
import shutil
import sys

from skipping import lacks, skip

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "build", "bindings")


def need_python(module):
    """Starts the test again in the module's virtual environment, and skips it where there is none."""
    home = os.path.realpath(os.path.join(FOLDER, "pip", module))
    if os.path.realpath(sys.prefix) != home:
        interpreter = os.path.join(home, "bin", "python")
        if not os.path.exists(interpreter):
            lacks(f"there is no {home}: .ci/deps test installs it")
        os.execv(interpreter, [interpreter, *sys.argv])
    if importlib.util.find_spec(module) is None:
        lacks(f"{home} has no {module}: .ci/deps test installs it")


def need_node(module):
    """The environment of a node that finds the module; skips the test where one of the two is missing."""
    modules = os.path.join(FOLDER, "npm", module, "node_modules")
    if os.environ.get("LARDER_PRELOAD"):
        skip("node is not run under a sanitizer")
    if not shutil.which("node"):
        lacks("there is no node")
    if not os.path.isdir(os.path.join(modules, module)):
        lacks(f"node has no {module}: .ci/deps test installs it")
    return dict(os.environ, NODE_PATH=modules)
