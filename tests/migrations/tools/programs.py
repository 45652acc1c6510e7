"""Tools whose migrations are programs, or of a form that Larder does not read. It notices what they have applied, and goes on
with a folder of its own."""

from dataclasses import dataclass

import layouts
from checks import judged
from databases import contents, differences, larder, migrate, need
from tools import INSTALLED, make_project, npm_program, run

ALEMBIC = """
import sqlalchemy
from alembic import context
with sqlalchemy.create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
ALEMBIC_STEP = """
from alembic import op
revision, down_revision = "{version}", {before!r}
def upgrade():
    for statement in {statements!r}:
        op.execute(statement)
"""


def statements(migration):
    return [line for line in migration.up.split(";\n") if line]


def knex(migrations, database):
    step = "exports.up = async (knex) => {{ for (const sql of {}) await knex.raw(sql); }};\nexports.down = () => null;\n"
    files = {f"migrations/{m.version}_{m.title}.js": step.format(statements(m)) for m in migrations}
    files["knexfile.js"] = (
        f"module.exports = {{ client: 'better-sqlite3', connection: {{ filename: '{database}' }}, useNullAsDefault: true }};\n"
    )
    return run([npm_program("knex", "knex"), "migrate:latest"], make_project("knex", database, files))


def alembic(migrations, database):
    steps = {
        f"versions/{m.version}_{m.title}.py": ALEMBIC_STEP.format(
            version=m.version, before=before and before.version, statements=statements(m)
        )
        for before, m in zip([None, *migrations], migrations)
    }
    config = f"[alembic]\nscript_location = .\nsqlalchemy.url = sqlite:///{database}\n"
    place = layouts.write(database.with_name("alembic"), {**steps, "env.py": ALEMBIC, "alembic.ini": config})
    return run([INSTALLED / "pip/bin/alembic", "upgrade", "head"], place)


def yoyo(migrations, database):
    files = {f"{m.version}.{m.title}.sql": m.up for m in migrations}
    place = layouts.write(database.with_name("yoyo"), files)
    return run(
        [INSTALLED / "pip/bin/yoyo", "apply", "--batch", "--no-config-file", "-d", f"sqlite:///{database}", place], place
    )


@dataclass(frozen=True)
class Program:
    name: str
    up: object
    tables: tuple

    @property
    def package(self):
        return self.name.lower()


PROGRAMS = (
    Program("knex", knex, ("knex_migrations", "knex_migrations_lock")),
    Program("Alembic", alembic, ("alembic_version",)),
    Program("yoyo", yoyo, ("_yoyo_migration", "_yoyo_log", "_yoyo_version", "yoyo_lock")),
)


def goes_on(program, place):
    """The tool applies two of three. Larder refuses the folder, and goes on when it is told how far the tool came."""
    steps = layouts.numbered(("1", "2", "3"))
    folder = layouts.write(place.new("plain"), layouts.plain(steps))
    database, new = place.database(), place.database()
    need(program.up(steps[:2], database), f"{program.name} up")
    refused = migrate(database, folder)
    if refused.done or program.name not in refused.output or "migrate_baseline(" not in refused.output:
        return "", [f"migrate does not refuse, name the tool and say what to do: {refused.output.strip()}"]
    need(larder(database, f"migrate_baseline(2, '{folder}')"), "migrate_baseline")
    need(migrate(database, folder), "migrate")
    need(migrate(new, folder), "migrate of a new database")
    return "migrate refuses; equal after migrate_baseline(2, …)", differences(contents(database, program.tables), contents(new))


def compare(program, place):
    yield judged(program, "a plain one", "history noticed", goes_on, place)
