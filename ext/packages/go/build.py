#!/usr/bin/env python3
"""Makes build/packages/go/, a Go module proxy that has the module alone: https://go.dev/ref/mod#goproxy-protocol

What a release pushes to the module's repository is what the zip file in it unpacks to.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from archive import write_zip  # noqa: E402
from larder_packages import AMALGAMATION, BUILD, GO_MODULE, GO_MODULE_OF_PAGES, OUTPUT, copy, copy_licenses  # noqa: E402
from larder_packages import copy_page, empty, fill, run, version  # noqa: E402

HERE = Path(__file__).parent
SQLITE = "github.com/mattn/go-sqlite3"


def copy_headers(module):
    """SQLite's, as go-sqlite3 has them: a module cannot include another module's."""
    run("go", "mod", "download", SQLITE, cwd=module)
    folder = Path(run("go", "list", "-m", "-f", "{{.Dir}}", SQLITE, cwd=module).strip())
    for name in ("sqlite3-binding.h", "sqlite3ext.h"):
        copy(folder / name, module)


def stage(module):
    """All files of the module."""
    fill(HERE / "go.mod.in", module / "go.mod", GO_MODULE=GO_MODULE)
    for file in (*HERE.glob("*.go"), HERE / "go.sum"):
        fill(file, module / file.name, GO_MODULE=GO_MODULE)
    copy_page("go", module / "README.md")
    page = (module / "README.md").read_text(encoding="utf-8")
    (module / "README.md").write_text(page.replace(GO_MODULE_OF_PAGES, GO_MODULE), encoding="utf-8")
    for name in ("larder.cc", "larder.h"):
        copy(AMALGAMATION / name, module)
    copy_licenses(module)
    copy_headers(module)


def publish(module, proxy):
    """Puts the module where a proxy has it."""
    number = f"v{version()}"
    folder = empty(proxy / GO_MODULE / "@v")
    (folder / "list").write_text(f"{number}\n", encoding="utf-8")
    (folder / f"{number}.info").write_text(json.dumps({"Version": number}) + "\n", encoding="utf-8")
    copy(module / "go.mod", folder / f"{number}.mod")
    write_zip(folder / f"{number}.zip", {f"{GO_MODULE}@{number}/{file.name}": file for file in module.iterdir()})


def main():
    module = empty(BUILD / "go" / "module")
    stage(module)
    publish(module, empty(OUTPUT / "go"))
    print(f"build/packages/go/{GO_MODULE}/@v/v{version()}.zip")


if __name__ == "__main__":
    main()
