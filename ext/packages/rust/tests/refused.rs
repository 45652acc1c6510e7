//! Where Larder cannot be loaded, opening a connection fails and says why.
#![cfg(feature = "rusqlite")]

use std::ffi::{c_char, c_int};
use std::ptr;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ffi};

/// An extension whose function Larder would replace, while a statement runs that might use it.
unsafe extern "C" fn in_the_way(
    db: *mut ffi::sqlite3,
    _error: *mut *mut c_char,
    _api: *const ffi::sqlite3_api_routines,
) -> c_int {
    let mut statement = ptr::null_mut();
    // SAFETY: SQLite has just opened `db`, and waits for this function. The text is a C string, and
    // nobody asks for its rest.
    unsafe {
        ffi::sqlite3_prepare_v2(
            db,
            c"VALUES (1), (2)".as_ptr(),
            -1,
            &mut statement,
            ptr::null_mut(),
        );
        ffi::sqlite3_step(statement);
    }
    // SAFETY: as above. What has no owner is not closed.
    let con = unsafe { Connection::from_handle(db) }.unwrap();
    con.create_scalar_function("cache_get", 1, FunctionFlags::default(), |_| Ok(0))
        .unwrap();
    con.prepare("VALUES (1)").unwrap(); // opening returns the code of the last call
    ffi::SQLITE_OK
}

#[test]
fn opening_fails() {
    // SAFETY: `in_the_way` is there as long as the process.
    let code = unsafe { ffi::sqlite3_auto_extension(Some(in_the_way)) };
    assert_eq!(code, ffi::SQLITE_OK);
    Connection::open_in_memory().unwrap();
    sqlite_larder::register().unwrap();
    let error = Connection::open_in_memory().unwrap_err().to_string();
    assert!(
        error.starts_with("automatic extension loading failed: larder: "),
        "{error}"
    );
}
