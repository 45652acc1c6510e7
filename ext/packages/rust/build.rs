//! Compiles Larder, which is one C++ file, against the header of the SQLite that the program links.

use std::env;

const HELP: &str = "Larder needs a C++20 compiler (GCC 12, Clang 14 or newer; not MSVC) and SQLite's \
    header sqlite3ext.h (Debian: libsqlite3-dev; SQLITE3_INCLUDE_DIR says where else it is). The \
    feature `bundled` brings the header, and SQLite.";

fn main() {
    println!("cargo::rerun-if-changed=larder/larder.cc");
    println!("cargo::rerun-if-env-changed=SQLITE3_INCLUDE_DIR");
    let mut build = cc::Build::new();
    build
        .cpp(true)
        .std("c++20")
        .define("SQLITE_CORE", None) // call SQLite's functions, not a table of them
        .debug(false) // half as long again, and 24 MB
        .flag("-w") // warnings are for those who change Larder
        .file("larder/larder.cc");
    // The first is where libsqlite3-sys has the SQLite that it compiles. Without either, the
    // compiler knows where the system's is.
    let header = env::var_os("DEP_SQLITE3_INCLUDE").or_else(|| env::var_os("SQLITE3_INCLUDE_DIR"));
    if let Some(folder) = header {
        build.include(folder);
    }
    if let Err(error) = build.try_compile("larder") {
        panic!("{error}\n\n{HELP}");
    }
}
