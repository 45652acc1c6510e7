-- LuaSQL has no way to allow extensions: prints SQLite's message.
local db = require("luasql.sqlite3").sqlite3():connect(":memory:")
local cursor, message = db:execute("SELECT load_extension('" .. os.getenv("LARDER") .. "')")
if cursor then
  cursor, message = pcall(cursor.fetch, cursor)
end
print(message)
