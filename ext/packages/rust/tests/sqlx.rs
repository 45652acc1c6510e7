//! sqlx's pool, whose connections live in threads of their own.

use std::error::Error;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

mod support;
use support::TemporaryFile;

async fn marks(pool: SqlitePool, ids: std::ops::Range<i64>) -> Result<i64, sqlx::Error> {
    let mut new = 0;
    for id in ids {
        new += sqlx::query_scalar::<_, i64>("SELECT ledger_mark('m', ?)")
            .bind(id)
            .fetch_one(&pool)
            .await?;
    }
    Ok(new)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_loses_no_mark_and_makes_none_twice() -> Result<(), Box<dyn Error>> {
    sqlite_larder::register()?;
    let file = TemporaryFile::new("sqlx");
    let options = SqliteConnectOptions::new()
        .filename(file.path())
        .create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await?;
    let tasks: Vec<_> = (0..4)
        .map(|_| tokio::spawn(marks(pool.clone(), 0..200)))
        .collect();
    let mut new = 0;
    for task in tasks {
        new += task.await??;
    }
    assert_eq!(new, 200);

    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("SELECT ledger_mark('m', 'lost')")
        .fetch_one(&mut *tx)
        .await?;
    tx.rollback().await?;
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM kv_ledger")
        .fetch_one(&pool)
        .await?;
    assert_eq!(stored, 200);
    pool.close().await;
    Ok(())
}
