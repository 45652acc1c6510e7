# frozen_string_literal: true

# Compiles Larder for machines that no gem has a binary for. What comes out is an extension of SQLite's, not of Ruby's: it is not linked
# with Ruby, and mkmf only looks around.
require "mkmf"
require_relative "../../lib/sqlite_larder"

CPP20 = "consteval int answer() { return 42; }\nint main() { return answer() - 42; }"

dir_config("sqlite3")
have_header("sqlite3ext.h") or abort <<~MISSING
  Larder is compiled with the headers of SQLite, and sqlite3ext.h is not found.
  Debian and Ubuntu have it in libsqlite3-dev; --with-sqlite3-include=FOLDER says where else it is.
MISSING
MakeMakefile["C++"].try_compile(CPP20, "-std=c++20") or abort <<~OLD
  Larder needs a C++20 compiler, such as g++ 12 or clang 14. #{RbConfig::CONFIG["CXX"]} is none.
OLD

# SQLite makes what the file exports known to the whole process, and unloads a file that it could not load, with what it has registered.
linker = RUBY_PLATFORM.include?("linux") ? "-Wl,--version-script=exports.map -Wl,-z,nodelete" : ""

File.write("Makefile", <<~MAKE)
  CXX = #{RbConfig::CONFIG["CXX"]}
  sitearchdir = #{RbConfig::CONFIG["sitearchdir"]}
  FOLDER = $(DESTDIR)$(sitearchdir)/sqlite_larder

  all: #{SqliteLarder::FILE_NAME}

  #{SqliteLarder::FILE_NAME}: larder.cc
  \t$(CXX) -std=c++20 -O2 -fPIC -shared -fvisibility=hidden #{$INCFLAGS} #{$CPPFLAGS} larder.cc -o $@ #{linker}

  install: all
  \tmkdir -p $(FOLDER)
  \tcp #{SqliteLarder::FILE_NAME} $(FOLDER)

  clean:
  \trm -f #{SqliteLarder::FILE_NAME}
MAKE
