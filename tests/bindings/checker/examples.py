"""The programs on the page sql/languages/README.md. The words behind a block's language are the bindings that it is for; what it
prints stands in comments: `-> hello`."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import hosts

PAGE = Path(__file__).resolve().parents[3] / "sql" / "languages" / "README.md"
INSTALLED = "/usr/local/lib/sqlite3/larder"  # as the page says
BLOCK = re.compile(r"^```(\w+) ([\w -]+)\n(.*?)^```$", re.M | re.S)
ENDINGS = {"python": "py", "java": "java", "ruby": "rb", "php": "php", "perl": "pl", "tcl": "tcl", "r": "R"}
SECONDS = 300


def blocks():
    """Of each block its first line's number, its language, its bindings and its text."""
    page = PAGE.read_text(encoding="utf-8")
    return [(page.count("\n", 0, found.start(3)) + 1, found[1], found[2].split(), found[3]) for found in BLOCK.finditer(page)]


def of(binding):
    return [(line, language, text) for line, language, names, text in blocks() if binding.name in names]


def shown(text):
    """What the block says that it prints."""
    return re.findall(r"(?:#|//) -> (.*)$", text, re.M)


def prepare(binding, language, text, folder):
    """Puts the program into the folder; returns the command that runs it."""
    if language == "go":
        for name in ("go.mod", "go.sum"):
            shutil.copy(hosts.INSTALLED / "go" / binding.name / name, folder)
        (folder / "main.go").write_text(text, encoding="utf-8")
        return "go", "run", "."
    if language == "rust":
        return prepare_rust(binding, text, folder)
    ending = ENDINGS.get(language) or ("mjs" if text.startswith("import") else "cjs")
    file = folder / f"App.{ending}"
    file.write_text(text, encoding="utf-8")
    return *binding.interpreter, file.name


def prepare_rust(binding, text, folder):
    """The driver's package, with the program in the driver's place."""
    source = hosts.INSTALLED / "cargo" / binding.name
    shutil.copy(source / "Cargo.lock", folder)
    (folder / "main.rs").write_text(text, encoding="utf-8")
    manifest = re.sub(r'\[\[bin\]\]\nname = .*\npath = .*', f'[[bin]]\nname = "{binding.name}-example"\npath = "main.rs"',
                      (source / "Cargo.toml").read_text(encoding="utf-8"))
    (folder / "Cargo.toml").write_text(manifest, encoding="utf-8")
    return "cargo", "run", "--quiet", "--offline"


def run(binding, language, text):
    """What is wrong with the program; None when it prints what it says."""
    larder = os.environ["LARDER"]
    text = text.replace(INSTALLED + ".so", larder).replace(INSTALLED, larder)
    cargo = {"CARGO_TARGET_DIR": str(hosts.INSTALLED / "cargo" / "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}  # as in `install`
    environment = {**os.environ, **cargo, **binding.environment}
    with tempfile.TemporaryDirectory(prefix="larder-page-") as folder:
        command = prepare(binding, language, text, Path(folder))
        done = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False, timeout=SECONDS)
    if done.returncode == 0 and done.stdout.splitlines() == shown(text):
        return None
    return f"it prints {done.stdout.splitlines()}, not {shown(text)} {done.stderr.strip()[-1000:]}"
