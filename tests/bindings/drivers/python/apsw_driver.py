"""apsw."""

import apsw

from driver import LARDER, Binding


class Apsw(Binding):
    def open(self, path):
        con = apsw.Connection(path)
        con.enable_load_extension(True)
        con.load_extension(LARDER)
        con.enable_load_extension(False)
        return con

    def versions(self):
        return apsw.apsw_version(), apsw.sqlite_lib_version()

    def atomic(self, con, end, statements):
        """`with con` is a savepoint, which takes the marks of SELECTs as well."""
        try:
            with con:
                rows = [row for statement in statements for row in self.run(con, statement)]
                if end == "rollback":
                    raise Undo
        except Undo:
            pass
        return rows


class Undo(Exception):
    pass


Apsw().main()
