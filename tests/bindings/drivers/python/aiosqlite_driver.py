"""aiosqlite: the sqlite3 module in a thread of its own. Each request is awaited."""

import asyncio

import aiosqlite

from driver import LARDER, Binding

loop = asyncio.new_event_loop()


class AioSqlite(Binding):
    def open(self, path):
        return loop.run_until_complete(self.opened(path))

    async def opened(self, path):
        con = await aiosqlite.connect(path, isolation_level=None)
        await con.enable_load_extension(True)
        await con.load_extension(LARDER)
        return con

    def close(self, con):
        loop.run_until_complete(con.close())

    def versions(self):
        return aiosqlite.__version__, aiosqlite.sqlite_version

    async def rows(self, con, statement):
        async with con.execute(statement.sql, statement.values) as cursor:
            return [row async for row in cursor]

    def run(self, con, statement):
        return loop.run_until_complete(self.rows(con, statement))

    def first(self, con, count, statement):
        async def read():
            async with con.execute(statement.sql, statement.values) as cursor:
                return [await cursor.fetchone() for _ in range(count)]

        return loop.run_until_complete(read())

    def atomic(self, con, end, statements):
        async def transaction():
            await con.execute("BEGIN IMMEDIATE")
            try:
                rows = [row for statement in statements for row in await self.rows(con, statement)]
            except aiosqlite.Error:
                await con.rollback()
                raise
            await (con.commit() if end == "commit" else con.rollback())
            return rows

        return loop.run_until_complete(transaction())

    def ask_pool(self, path, workers, ids):
        """Connections of one loop that take turns at each await."""
        async def work():
            con = await self.opened(bytes.fromhex(path[1:]).decode())
            marked = [(await (await con.execute("SELECT ledger_mark('pool', ?)", (i,))).fetchone())[0] for i in range(1, int(ids) + 1)]
            await con.close()
            return sum(marked)

        async def pool():
            return sum(await asyncio.gather(*(work() for _ in range(int(workers)))))

        return [(loop.run_until_complete(pool()),)]


AioSqlite().main()
