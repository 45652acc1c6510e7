#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod error;
mod mode;

pub use error::Error;
pub use mode::Mode;

/// Gives Larder to every connection that this process opens from now on, with whatever crate.
///
/// It is safe to call from any thread and as often as you like: once is enough. It reaches all who
/// use the same SQLite library, and not the connections that are open already; [`load`] is for
/// those. When Larder cannot be loaded, opening the connection fails, and the error says why.
///
/// # Errors
///
/// SQLite has no memory left, or could not initialize itself.
///
/// ```
/// sqlite_larder::register()?;
/// let con = rusqlite::Connection::open_in_memory()?;
/// let value: String = con.query_row("SELECT cache_set('k', 'v')", [], |row| row.get(0))?;
/// assert_eq!(value, "v");
/// # Ok::<(), rusqlite::Error>(())
/// ```
pub fn register() -> Result<(), Error> {
    Mode::Ready.register()
}

/// Loads Larder into one connection. Do it before you open a transaction.
///
/// A second time does no harm. With rusqlite 0.32 and newer.
///
/// # Errors
///
/// SQLite is older than 3.37, or has no memory left.
///
/// ```
/// let con = rusqlite::Connection::open_in_memory()?;
/// sqlite_larder::load(&con)?;
/// let is_new: bool = con.query_row("SELECT ledger_mark('mails', 'user-7')", [], |row| row.get(0))?;
/// assert!(is_new);
/// # Ok::<(), rusqlite::Error>(())
/// ```
#[cfg(feature = "rusqlite")]
pub fn load(connection: &rusqlite::Connection) -> Result<(), Error> {
    Mode::Ready.load(connection)
}
