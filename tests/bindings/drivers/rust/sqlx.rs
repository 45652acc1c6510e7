//! sqlx, with its pool.
mod driver;
use driver::{larder, mark, Answer, Binding, Error, Row, Statement, Value};
use futures_util::TryStreamExt;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnectOptions, SqliteConnection, SqlitePoolOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row as _, TypeInfo, ValueRef};
use std::sync::OnceLock;
use tokio::runtime::Runtime;

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

fn options(path: &str) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    unsafe { options.extension(larder()) }
}

fn query(statement: &Statement) -> Query<'static, Sqlite, SqliteArguments> {
    let query = sqlx::query(AssertSqlSafe(statement.sql.clone()));
    statement.values.iter().cloned().fold(query, |query, value| match value {
        Value::Null => query.bind(None::<String>),
        Value::Integer(number) => query.bind(number),
        Value::Real(number) => query.bind(number),
        Value::Text(text) => query.bind(text),
        Value::Blob(bytes) => query.bind(bytes),
    })
}

/// The type is the value's, whatever the column declares.
fn values(row: SqliteRow) -> Result<Row, Error> {
    let value = |i: usize| -> Result<Value, Error> {
        let raw = row.try_get_raw(i)?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        Ok(match raw.type_info().name() {
            "INTEGER" => Value::Integer(row.try_get_unchecked(i)?),
            "REAL" => Value::Real(row.try_get_unchecked(i)?),
            "BLOB" => Value::Blob(row.try_get_unchecked(i)?),
            _ => Value::Text(row.try_get_unchecked(i)?),
        })
    };
    (0..row.len()).map(value).collect()
}

async fn run(connection: &mut SqliteConnection, statements: &[Statement]) -> Answer {
    let mut rows = vec![];
    for statement in statements {
        for row in query(statement).fetch_all(&mut *connection).await? {
            rows.push(values(row)?);
        }
    }
    Ok(rows)
}

impl Binding for SqliteConnection {
    fn versions() -> Result<[String; 2], Error> {
        let of_sqlite = runtime().block_on(async {
            let mut connection = SqliteConnection::connect("sqlite::memory:").await?;
            sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut connection).await
        })?;
        Ok([env!("CARGO_PKG_VERSION").into(), of_sqlite])
    }

    fn open(path: &str) -> Result<Self, Error> {
        Ok(runtime().block_on(options(path).connect())?)
    }

    /// sqlx keeps compiled statements by their text.
    fn run(&mut self, statements: &[Statement]) -> Answer {
        runtime().block_on(run(self, statements))
    }

    fn first(&mut self, count: usize, statement: &Statement) -> Answer {
        runtime().block_on(async {
            let mut stream = query(statement).fetch(self);
            let mut rows = vec![];
            while rows.len() < count {
                rows.push(values(stream.try_next().await?.ok_or("too few rows")?)?);
            }
            Ok(rows)
        })
    }

    fn atomic(&mut self, commit: bool, statements: &[Statement]) -> Answer {
        runtime().block_on(async {
            let mut transaction = self.begin_with("BEGIN IMMEDIATE").await?;
            let rows = run(&mut transaction, statements).await?;
            if commit {
                transaction.commit().await?;
            } else {
                transaction.rollback().await?;
            }
            Ok(rows)
        })
    }

    fn pool(path: &str, workers: u32, ids: i64) -> Result<i64, Error> {
        runtime().block_on(async {
            let pool = SqlitePoolOptions::new().max_connections(workers).connect_with(options(path)).await?;
            let work = |pool: sqlx::SqlitePool| async move {
                let mut marked = 0;
                for id in 1..=ids {
                    marked += query(&mark(id)).fetch_one(&pool).await?.try_get::<i64, _>(0)?;
                }
                Ok::<i64, sqlx::Error>(marked)
            };
            let tasks: Vec<_> = (0..workers).map(|_| tokio::spawn(work(pool.clone()))).collect();
            let mut marked = 0;
            for task in tasks {
                marked += task.await??;
            }
            Ok(marked)
        })
    }
}

fn main() {
    driver::main::<SqliteConnection>();
}
