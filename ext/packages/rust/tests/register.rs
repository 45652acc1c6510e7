//! register(): whatever opens a connection afterwards has Larder, and nothing is lost between threads.
#![cfg(feature = "rusqlite")]

use std::thread;

use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::Connection;

mod support;
use support::TemporaryFile;

fn integer(con: &Connection, sql: &str) -> i64 {
    con.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn twice_and_loading_besides_do_no_harm() {
    sqlite_larder::register().unwrap();
    sqlite_larder::register().unwrap();
    let con = Connection::open_in_memory().unwrap();
    integer(&con, "SELECT cache_set('n', 1)");
    sqlite_larder::load(&con).unwrap();
    assert_eq!(integer(&con, "SELECT cache_incr('n')"), 2);
}

#[test]
fn a_pool_loses_no_mark_and_makes_none_twice() {
    sqlite_larder::register().unwrap();
    let file = TemporaryFile::new("pool");
    let pool = r2d2::Pool::builder()
        .max_size(4)
        .build(SqliteConnectionManager::file(file.path()))
        .unwrap();
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let pool = pool.clone();
            thread::spawn(move || {
                (0..200)
                    .map(|id| {
                        integer(
                            &pool.get().unwrap(),
                            &format!("SELECT ledger_mark('m', {id})"),
                        )
                    })
                    .sum::<i64>()
            })
        })
        .collect();
    let new: i64 = workers
        .into_iter()
        .map(|worker| worker.join().unwrap())
        .sum();
    assert_eq!(new, 200);
    let stored = integer(
        &pool.get().unwrap(),
        "SELECT count(*) FROM kv_ledger WHERE ledger = 'm' AND status = 'done'",
    );
    assert_eq!(stored, 200);
}

#[test]
fn two_threads_count_each_with_a_connection_of_its_own() {
    let file = TemporaryFile::new("threads");
    thread::scope(|scope| {
        for name in ["a", "b"] {
            let path = file.path();
            scope.spawn(move || {
                sqlite_larder::register().unwrap();
                let con = Connection::open(path).unwrap();
                for _ in 0..200 {
                    con.query_row("SELECT cache_incr('both'), cache_incr(?)", [name], |_| {
                        Ok(())
                    })
                    .unwrap();
                }
            });
        }
    });
    let con = Connection::open(file.path()).unwrap();
    assert_eq!(integer(&con, "SELECT cache_get('a')"), 200);
    assert_eq!(integer(&con, "SELECT cache_get('b')"), 200);
    assert_eq!(integer(&con, "SELECT cache_get('both')"), 400);
}
