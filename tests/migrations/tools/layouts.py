"""Migrations, and the files that each tool keeps them in."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Migration:
    version: str  # as it stands in a file's name
    title: str
    up: str
    down: str = ""
    turns_keys_off: bool = False  # by a pragma, which does nothing in a transaction


def golang_migrate(migrations):
    return {
        f"{m.version}_{m.title}.{way}.sql": text
        for m in migrations
        for way, text in (("up", m.up), ("down", m.down))
    }  # fmt: skip


def sqlx(migrations):
    """sqlx turns foreign keys on, so that without this mark a table that others refer to cannot be made anew."""
    alone = [f"{m.version}_{m.title}.{way}.sql" for m in migrations if m.turns_keys_off for way in ("up", "down")]
    return {name: ("-- no-transaction\n" if name in alone else "") + text for name, text in golang_migrate(migrations).items()}


def diesel(migrations):
    return {
        f"{m.version}_{m.title}/{way}.sql": text
        for m in migrations
        for way, text in (("up", m.up), ("down", m.down))
    }  # fmt: skip


def dbmate(migrations):
    return {f"{m.version}_{m.title}.sql": f"-- migrate:up\n{m.up}\n-- migrate:down\n{m.down}" for m in migrations}


def goose(migrations):
    def whole(text):
        return f"-- +goose StatementBegin\n{text}-- +goose StatementEnd\n"

    return {f"{m.version}_{m.title}.sql": f"-- +goose Up\n{whole(m.up)}\n-- +goose Down\n{whole(m.down)}" for m in migrations}


def flyway(migrations):
    return {f"V{m.version}__{m.title}.sql": m.up for m in migrations}


def plain(migrations):
    return {f"{m.version}_{m.title}.sql": m.up for m in migrations}


def prisma(migrations):
    files = {f"{m.version}_{m.title}/migration.sql": m.up for m in migrations}
    return {**files, "migration_lock.toml": 'provider = "sqlite"\n'}


def drizzle(migrations):
    """A mark is between statements. The journal has the order, and when each was made: the version, in milliseconds."""
    entries = [
        {"idx": i, "version": "6", "when": int(m.version), "tag": f"{m.version}_{m.title}", "breakpoints": True}
        for i, m in enumerate(migrations)
    ]
    files = {
        name: re.sub(r";\n(?=[A-Z])(?!END)", ";--> statement-breakpoint\n", text) for name, text in plain(migrations).items()
    }
    return {**files, "meta/_journal.json": journal(entries)}


def journal(entries):
    return json.dumps({"version": "7", "dialect": "sqlite", "entries": entries}, indent=2) + "\n"


def write(folder, files):
    """Puts files, such as a layout returns, into the folder, and returns it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


LIBRARY = Path(__file__).resolve().parent / "library"


def library(version):
    """The migrations of library/, with the versions that `version()` makes of 1, 2, 3, …"""
    migrations = []
    for number, up in enumerate(sorted(LIBRARY.glob("*.up.sql")), 1):
        title = re.fullmatch(r"\d+_(\w+)\.up\.sql", up.name)[1]
        down = up.with_name(up.name.replace(".up.", ".down."))
        text = up.read_text(encoding="utf-8")
        migrations.append(Migration(version(number), title, text, down.read_text(encoding="utf-8"), "foreign_keys=off" in text))
    return migrations


def numbered(versions):
    """A migration for each version, which leaves a table and a row behind."""
    return [
        Migration(
            version,
            "step",
            "CREATE TABLE IF NOT EXISTS ran(place INTEGER PRIMARY KEY, version TEXT);\n"
            f"INSERT INTO ran(version) VALUES ('{version}');\n",
            f"DELETE FROM ran WHERE version = '{version}';\n",
        )
        for version in versions
    ]
