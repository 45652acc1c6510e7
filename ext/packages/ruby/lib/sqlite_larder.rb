# frozen_string_literal: true

require "rbconfig"
require_relative "sqlite_larder/version"

# Larder, an extension of SQLite, for connections of the sqlite3 gem.
#
#   db = SqliteLarder.load(SQLite3::Database.new("app.db"))
#   db.get_first_value("SELECT cache_set('greeting', 'hello', '15m')")
module SqliteLarder
  # What SQLite loads, without its folder.
  FILE_NAME =
    case RbConfig::CONFIG["host_os"]
    when /darwin/ then "larder.dylib"
    when /mingw|mswin/ then "larder.dll"
    else "larder.so"
    end

  # What Larder does with the connection's settings, and the function of the file that does it.
  ENTRY_POINTS = {
    ready: "sqlite3_larder_init",
    bare: "sqlite3_larder_bare_init",
    join: "sqlite3_larder_join_init",
    guarded: "sqlite3_larder_guarded_init"
  }.freeze

  class << self
    # The file that SQLite loads.
    #
    # @return [String] an absolute path
    # @raise [LoadError] where the gem was installed without it
    def loadable_path
      # A gem that was compiled here may have it in a folder of its own, which is in the load path.
      files = [__dir__, *$LOAD_PATH].map { |folder| File.expand_path(File.join("sqlite_larder", FILE_NAME), folder) }
      files.find { |file| File.file?(file) } or
        raise(LoadError, "sqlite-larder #{VERSION} has no #{FILE_NAME}: neither was it in the gem nor compiled for it")
    end

    # By this name the sqlite3 gem asks for it: SQLite3::Database.new(path, extensions: [SqliteLarder]).
    alias to_path loadable_path

    # Loads Larder into a connection, which should have no transaction open. Loading extensions is allowed for as long as that
    # takes, and forbidden afterwards.
    #
    # @param db [SQLite3::Database]
    # @param mode [:ready, :bare, :join, :guarded] :ready sets a busy timeout, foreign keys and WAL where the connection has SQLite's
    #   defaults; :bare changes no setting; :join is for engines that replicate; :guarded is :ready for files from strangers
    # @return [SQLite3::Database] db
    # @raise [SQLite3::Exception] as SQLite says it
    def load(db, mode: :ready)
      entry_point = ENTRY_POINTS.fetch(mode) do
        raise ArgumentError, "mode is one of #{ENTRY_POINTS.keys.inspect}, not #{mode.inspect}"
      end
      # SQLite adds the ending. If the path had it, an error would be about a file with two of them.
      file = loadable_path.delete_suffix(File.extname(FILE_NAME))
      db.enable_load_extension(true)
      begin
        db.execute("SELECT load_extension(?, ?)", [file, entry_point])
      ensure
        db.enable_load_extension(false)
      end
      db
    end
  end
end
