use std::ffi::{c_char, c_int};
use std::ptr;

use libsqlite3_sys as ffi;

use crate::Error;

type EntryPoint = unsafe extern "C" fn(
    *mut ffi::sqlite3,
    *mut *mut c_char,
    *const ffi::sqlite3_api_routines,
) -> c_int;

// As larder.h declares them. None of them throws.
unsafe extern "C" {
    fn sqlite3_larder_init(
        db: *mut ffi::sqlite3,
        error: *mut *mut c_char,
        api: *const ffi::sqlite3_api_routines,
    ) -> c_int;
    fn sqlite3_larder_bare_init(
        db: *mut ffi::sqlite3,
        error: *mut *mut c_char,
        api: *const ffi::sqlite3_api_routines,
    ) -> c_int;
    fn sqlite3_larder_join_init(
        db: *mut ffi::sqlite3,
        error: *mut *mut c_char,
        api: *const ffi::sqlite3_api_routines,
    ) -> c_int;
    fn sqlite3_larder_guarded_init(
        db: *mut ffi::sqlite3,
        error: *mut *mut c_char,
        api: *const ffi::sqlite3_api_routines,
    ) -> c_int;
}

/// What Larder does to a connection, besides adding functions and tables.
///
/// A connection keeps the mode it was loaded in first. [`register`](crate::register) and
/// [`load`](crate::load) are those of [`Mode::Ready`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Sets a busy timeout, foreign keys, WAL and `synchronous`, each only where it still has
    /// SQLite's default.
    #[default]
    Ready,
    /// Leaves all settings alone. For programs that have a busy handler of their own, which SQLite
    /// does not let Larder see.
    Bare,
    /// Begins and commits nothing, and writes only inside what you write: for engines that
    /// replicate the database.
    Join,
    /// As [`Mode::Ready`], and no view, trigger or default of the file can have Larder write: for
    /// files from strangers.
    Guarded,
}

impl Mode {
    /// [`register`](crate::register), in this mode. Of several modes the first that was registered
    /// counts.
    ///
    /// # Errors
    ///
    /// As those of [`register`](crate::register).
    pub fn register(self) -> Result<(), Error> {
        // SAFETY: the entry point is one that SQLite may call for a new connection at any time, and
        // stays in the program as long as SQLite does. SQLite guards its list with a mutex.
        let code = unsafe { ffi::sqlite3_auto_extension(Some(self.entry_point())) };
        Error::check(code, None)
    }

    /// [`load`](crate::load), in this mode.
    ///
    /// # Errors
    ///
    /// As those of [`load`](crate::load).
    #[cfg(feature = "rusqlite")]
    pub fn load(self, connection: &rusqlite::Connection) -> Result<(), Error> {
        // SAFETY: the handle is open as long as the connection is borrowed. A Connection is not
        // Sync, so no other thread uses the handle meanwhile.
        unsafe { self.load_handle(connection.handle()) }
    }

    /// Loads Larder into a connection of any crate that shows its handle.
    ///
    /// # Safety
    ///
    /// `db` is an open connection of the SQLite that this program is linked with, and nobody closes
    /// it during the call.
    ///
    /// # Errors
    ///
    /// As those of [`load`](crate::load).
    pub unsafe fn load_handle(self, db: *mut ffi::sqlite3) -> Result<(), Error> {
        let mut message = ptr::null_mut();
        // SAFETY: the caller vouches for `db`; `message` is room for one pointer; linked into the
        // program, Larder does not look at the table of routines.
        let code = unsafe { self.entry_point()(db, &mut message, ptr::null()) };
        // SAFETY: what Larder has put there is a text of sqlite3_mprintf(), or it is still null.
        Error::check(code, unsafe { take_text(message) })
    }

    fn entry_point(self) -> EntryPoint {
        match self {
            Mode::Ready => sqlite3_larder_init,
            Mode::Bare => sqlite3_larder_bare_init,
            Mode::Join => sqlite3_larder_join_init,
            Mode::Guarded => sqlite3_larder_guarded_init,
        }
    }
}

/// The text, which is freed.
///
/// # Safety
///
/// `text` is null, or a C string that belongs to the caller and came from SQLite's allocator.
unsafe fn take_text(text: *mut c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: a C string, as the caller says, and copied before it is freed.
    let copy = unsafe { std::ffi::CStr::from_ptr(text) }
        .to_string_lossy()
        .into_owned();
    // SAFETY: it came from SQLite's allocator, as the caller says.
    unsafe { ffi::sqlite3_free(text.cast()) };
    Some(copy)
}
