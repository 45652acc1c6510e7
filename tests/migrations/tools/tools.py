"""The tools whose folders Larder reads, and how each is called. A call gets a folder of migrations and a database's path."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import layouts
from databases import Outcome

HERE = Path(__file__).resolve().parent
INSTALLED = Path(os.environ["LARDER_MIGRATION_TOOLS"]).resolve()


def run(command, place, **variables):
    """Runs a command in the folder `place`, which is its home, too: nothing of the user's counts, and nothing is left."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "NO_COLOR": "1", "CI": "1", **variables}
    try:
        ran = subprocess.run(
            [str(part) for part in command], cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", timeout=300, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return Outcome(False, str(error))
    return Outcome(ran.returncode == 0, ran.stdout + ran.stderr)


def npm_program(tool, program):
    return INSTALLED / "npm" / tool / "node_modules" / ".bin" / program


def make_project(tool, database, files):
    """A folder for a tool of Node's: beside the database, with the packages and what configures them."""
    project = database.with_name(f"{database.stem}-{tool}")
    layouts.write(project, files)
    packages = project / "node_modules"
    if not packages.exists():
        packages.symlink_to(INSTALLED / "npm" / tool / "node_modules")
    return project


def golang_migrate(folder, database, *what):
    return run([INSTALLED / "go/migrate", "-path", folder, "-database", f"sqlite3://{database}", *what], database.parent)


def goose(folder, database, *what):
    return run([INSTALLED / "go/goose", "-dir", folder, "sqlite3", database, *what], database.parent)


def dbmate(folder, database, what):
    """Its way down is a step a call."""
    times = 1
    if what == "rollback":
        with closing(sqlite3.connect(database)) as con:
            (times,) = con.execute("SELECT count(*) FROM schema_migrations").fetchone()
    command = [npm_program("dbmate", "dbmate"), "-d", folder, "--no-dump-schema", "--url", f"sqlite:{database}", what]
    outcomes = [run(command, database.parent) for _ in range(times)]
    return Outcome(all(outcome.done for outcome in outcomes), "".join(outcome.output for outcome in outcomes))


def sqlx(folder, database, *what):
    given = ["--source", folder, "--database-url", f"sqlite://{database}?mode=rwc"]
    return run([INSTALLED / "cargo/bin/sqlx", "migrate", *what, *given], database.parent)


def diesel(folder, database, *what):
    (database.parent / "diesel.toml").touch()
    given = ["--database-url", database, "--migration-dir", folder]
    return run([INSTALLED / "cargo/bin/diesel", "migration", *what, *given], database.parent)


def refinery(folder, database):
    config = database.with_suffix(".toml")
    config.write_text(f'[main]\ndb_type = "Sqlite"\ndb_path = "{database}"\n')
    database.touch()
    return run([INSTALLED / "cargo/bin/refinery", "migrate", "-c", config, "-p", folder], database.parent)


def flyway(folder, database):
    return run(["java", "-cp", INSTALLED / "maven" / "*", HERE / "Migrate.java", database, folder], database.parent)


def drizzle(folder, database):
    config = {"dialect": "sqlite", "out": str(folder), "schema": "schema.ts", "dbCredentials": {"url": str(database)}}
    project = make_project("drizzle", database, {"drizzle.config.json": json.dumps(config)})
    return run([npm_program("drizzle", "drizzle-kit"), "migrate", "--config", "drizzle.config.json"], project)


PRISMA_SCHEMA = """
datasource db {
  provider = "sqlite"
  url      = "file:unused"
}
"""
PRISMA_CONFIG = """
import {{ PrismaLibSQL }} from "@prisma/adapter-libsql";
export default {{
  experimental: {{ adapter: true }},
  engine: "js",
  schema: "schema.prisma",
  migrations: {{ path: "{folder}" }},
  adapter: async () => new PrismaLibSQL({{ url: "file:{database}" }}),
}};
"""


def prisma(folder, database):
    """With the engine "js" it needs no program from elsewhere; it does not look for those that are named."""
    config = PRISMA_CONFIG.format(folder=folder, database=database)
    files = {"prisma.config.mjs": config, "schema.prisma": PRISMA_SCHEMA, "none": ""}
    named = {"PRISMA_QUERY_ENGINE_LIBRARY": "none", "PRISMA_SCHEMA_ENGINE_BINARY": "none"}
    return run([npm_program("prisma", "prisma"), "migrate", "deploy"], make_project("prisma", database, files), **named)


def d1(folder, database):
    """Wrangler keeps the database in a place of its own; what is there after each call is copied."""
    binding = {"binding": "DB", "database_name": "DB", "database_id": "larder", "migrations_dir": str(folder)}
    config = {"name": "larder", "compatibility_date": "2026-01-01", "d1_databases": [binding]}
    project = make_project("d1", database, {"wrangler.json": json.dumps(config)})
    command = [npm_program("d1", "wrangler"), "d1", "migrations", "apply", "DB", "--local"]
    outcome = run(command, project, WRANGLER_SEND_METRICS="false")
    for kept in project.glob(".wrangler/state/v3/d1/*/*.sqlite"):
        with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(database)) as target:
            source.backup(target)
    return outcome


@dataclass(frozen=True)
class Tool:
    name: str  # as Larder calls it
    call: object
    layout: object
    version: object  # how 1, 2, 3 look in a file's name
    tables: tuple  # its own
    folders: tuple  # of tests/migrations
    words_up: tuple = ()
    words_down: tuple = ()  # nothing if it has no way down
    more_versions: tuple = ()  # whose order is of this tool only
    keeps_keys_on: bool = False  # so that making a table anew takes the rows with it that refer to it

    @property
    def package(self):
        return self.name.lower()

    def up(self, folder, database):
        return self.call(folder, database, *self.words_up)

    def down(self, folder, database):
        return self.call(folder, database, *self.words_down)


def timestamp(number):
    return f"2024010{number}120000"


DOTTED = (("1.10", "1.9", "1"), ("2024.01.15.1430", "2024.1.15.900"), ("1_1_1", "1.1"), ("1.1000", "1.2", "1.1.1"))

TOOLS = (
    Tool(
        "golang-migrate", golang_migrate, layouts.golang_migrate, "{:06}".format, ("schema_migrations",), ("golang-migrate",),
        ("up",), ("down", "-all"),
    ),
    Tool(
        "goose", goose, layouts.goose, "{:05}".format, ("goose_db_version",), ("goose",),
        ("up",), ("down-to", "0"),
    ),
    Tool(
        "dbmate", dbmate, layouts.dbmate, timestamp, ("schema_migrations",), ("dbmate",),
        ("up",), ("rollback",),
    ),
    Tool(
        "sqlx", sqlx, layouts.sqlx, timestamp, ("_sqlx_migrations",), ("sqlx",),
        ("run",), ("revert", "--target-version", "0"),
    ),
    Tool(
        "diesel", diesel, layouts.diesel, "2024-01-0{}-120000".format, ("__diesel_schema_migrations",), ("diesel",),
        ("run",), ("revert", "--all"),
    ),
    Tool(
        "refinery", refinery, layouts.flyway, str, ("refinery_schema_history",), ("refinery",),
        keeps_keys_on=True,
    ),
    Tool(
        "Flyway", flyway, layouts.flyway, str, ("flyway_schema_history",), ("refinery", "flyway"),
        more_versions=DOTTED,
    ),
    Tool(
        "prisma", prisma, layouts.prisma, timestamp, ("_prisma_migrations",), ("prisma",),
    ),
    Tool(
        "D1", d1, layouts.plain, "{:04}".format, ("d1_migrations", "_cf_METADATA", "_cf_KV"), ("d1",),
        keeps_keys_on=True,
    ),
    Tool(
        "drizzle", drizzle, layouts.drizzle, "{:04}".format, ("__drizzle_migrations",), ("drizzle",),
        keeps_keys_on=True,
    ),
)  # fmt: skip
