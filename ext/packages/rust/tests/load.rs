//! load(): one connection has Larder, and nobody else. No test here may register it.
#![cfg(feature = "rusqlite")]

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Error, TransactionBehavior};
use sqlite_larder::Mode;

fn loaded() -> Connection {
    let con = Connection::open_in_memory().unwrap();
    sqlite_larder::load(&con).unwrap();
    con
}

fn integer(con: &Connection, sql: &str) -> i64 {
    con.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_version_is_the_crates() {
    let version: String = loaded()
        .query_row("SELECT kv_version()", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn another_connection_does_not_have_it() {
    let _loaded = loaded();
    let con = Connection::open_in_memory().unwrap();
    let error = con.prepare("SELECT kv_version()").unwrap_err();
    assert!(error.to_string().starts_with("no such function"), "{error}");
}

#[test]
fn a_second_time_does_no_harm() {
    let con = loaded();
    integer(&con, "SELECT cache_set('n', 1)");
    sqlite_larder::load(&con).unwrap();
    assert_eq!(integer(&con, "SELECT cache_incr('n')"), 2);
}

#[test]
fn only_the_mode_ready_changes_settings() {
    for (mode, foreign_keys) in [(Mode::Bare, 0), (Mode::Join, 0), (Mode::Ready, 1)] {
        let con = Connection::open_in_memory().unwrap();
        con.pragma_update(None, "foreign_keys", 0).unwrap();
        mode.load(&con).unwrap();
        assert_eq!(
            integer(&con, "PRAGMA foreign_keys"),
            foreign_keys,
            "{mode:?}"
        );
    }
}

#[test]
fn a_guarded_connection_lets_no_view_write() {
    let con = Connection::open_in_memory().unwrap();
    Mode::Guarded.load(&con).unwrap();
    con.execute_batch("CREATE VIEW v AS SELECT cache_set('k', 1)")
        .unwrap();
    let error = con.prepare("SELECT * FROM v").unwrap_err();
    assert!(error.to_string().contains("unsafe use of"), "{error}");
    assert_eq!(integer(&con, "SELECT cache_set('k', 1)"), 1);
}

#[test]
fn a_mark_is_rolled_back_with_its_transaction() {
    let mut con = loaded();
    let tx = con
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .unwrap();
    assert_eq!(integer(&tx, "SELECT ledger_mark('m', 1)"), 1);
    tx.rollback().unwrap();
    assert_eq!(integer(&con, "SELECT ledger_mark('m', 1)"), 1);
    assert_eq!(integer(&con, "SELECT ledger_mark('m', 1)"), 0);
}

#[test]
fn values_keep_their_types() {
    let con = loaded();
    for value in ["NULL", "7", "0.5", "'t'", "x'00ff'"] {
        con.query_row(&format!("SELECT cache_set('k', {value})"), [], |_| Ok(()))
            .unwrap();
        let same = format!(
            "SELECT typeof(got) = typeof({value}) AND got IS {value} FROM (SELECT cache_get('k') AS got)"
        );
        assert_eq!(integer(&con, &same), 1, "{value}");
    }
}

#[test]
fn an_error_has_larders_message() {
    let error = loaded()
        .query_row("SELECT cache_set('k', 1, 'soon')", [], |_| Ok(()))
        .unwrap_err();
    assert!(
        error.to_string().starts_with("cache_set: ttl must be"),
        "{error}"
    );
}

#[test]
fn execute_reports_an_error_for_a_select_that_has_written() {
    let con = loaded();
    let error = con.execute("SELECT ledger_mark('m', 1)", []).unwrap_err();
    assert_eq!(error, Error::ExecuteReturnedResults);
    assert_eq!(integer(&con, "SELECT ledger_mark('m', 1)"), 0);
}

#[test]
fn what_keeps_it_from_loading_becomes_an_error_of_rusqlite() {
    fn load(con: &Connection) -> rusqlite::Result<()> {
        Ok(sqlite_larder::load(con)?)
    }
    let con = Connection::open_in_memory().unwrap();
    // SQLite replaces no function while a statement runs that might use it.
    con.create_scalar_function("cache_get", 1, FunctionFlags::default(), |_| Ok(0))
        .unwrap();
    let mut statement = con.prepare("VALUES (1), (2)").unwrap();
    let mut rows = statement.query([]).unwrap();
    rows.next().unwrap();
    match load(&con).unwrap_err() {
        Error::SqliteFailure(_, Some(message)) => {
            assert!(message.starts_with("larder: "), "{message}")
        }
        other => panic!("{other}"),
    }
}
