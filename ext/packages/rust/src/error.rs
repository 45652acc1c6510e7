use std::ffi::{CStr, c_int};
use std::fmt;

use libsqlite3_sys as ffi;

/// Why Larder could not be registered or loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: i32,
    message: String,
}

impl Error {
    /// SQLite's result code, such as 7 for `SQLITE_NOMEM`.
    pub fn code(&self) -> i32 {
        self.code
    }

    /// An error for every code but `SQLITE_OK`; SQLite's own message where there is none.
    pub(crate) fn check(code: c_int, message: Option<String>) -> Result<(), Self> {
        if code == ffi::SQLITE_OK {
            return Ok(());
        }
        let message = message.unwrap_or_else(|| {
            // SAFETY: whatever the code is, the answer is a C string that is never freed.
            let text = unsafe { CStr::from_ptr(ffi::sqlite3_errstr(code)) };
            format!("larder: {}", text.to_string_lossy())
        });
        Err(Self { code, message })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// For `?` in functions that return rusqlite's errors.
#[cfg(feature = "rusqlite")]
impl From<Error> for rusqlite::Error {
    fn from(error: Error) -> Self {
        Self::SqliteFailure(rusqlite::ffi::Error::new(error.code), Some(error.message))
    }
}
