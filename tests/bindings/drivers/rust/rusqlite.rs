//! rusqlite, and r2d2 for the pool.
mod driver;
use driver::{larder, mark, Answer, Binding, Error, Row, Statement, Value};
use r2d2::Pool;
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{params_from_iter, Connection, LoadExtensionGuard, ToSql, TransactionBehavior};
use std::thread;

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn values(row: &rusqlite::Row) -> rusqlite::Result<Row> {
    let count = row.as_ref().column_count();
    (0..count)
        .map(|i| {
            Ok(match row.get_ref(i)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Integer(number),
                ValueRef::Real(number) => Value::Real(number),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into()),
                ValueRef::Blob(bytes) => Value::Blob(bytes.into()),
            })
        })
        .collect()
}

fn load(connection: &Connection) -> rusqlite::Result<()> {
    let _guard = unsafe { LoadExtensionGuard::new(connection)? };
    unsafe { connection.load_extension(larder(), None::<&str>) }
}

/// A call to execute() would report an error for rows, after the change was committed.
fn run(connection: &Connection, statements: &[Statement]) -> Answer {
    let mut compiled = connection.prepare(&statements[0].sql)?;
    let mut rows = vec![];
    for statement in statements {
        if statement.has_rows {
            for row in compiled.query_map(params_from_iter(&statement.values), values)? {
                rows.push(row?);
            }
        } else {
            compiled.execute(params_from_iter(&statement.values))?;
        }
    }
    Ok(rows)
}

impl Binding for Connection {
    fn versions() -> Result<[String; 2], Error> {
        Ok([env!("CARGO_PKG_VERSION").into(), rusqlite::version().into()])
    }

    fn open(path: &str) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        load(&connection)?;
        Ok(connection)
    }

    fn run(&mut self, statements: &[Statement]) -> Answer {
        run(self, statements)
    }

    fn first(&mut self, count: usize, statement: &Statement) -> Answer {
        let mut compiled = self.prepare(&statement.sql)?;
        let rows = compiled.query_map(params_from_iter(&statement.values), values)?;
        Ok(rows.take(count).collect::<Result<_, _>>()?)
    }

    /// What is dropped without a commit is rolled back.
    fn atomic(&mut self, commit: bool, statements: &[Statement]) -> Answer {
        let transaction = self.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut rows = vec![];
        for statement in statements {
            rows.extend(run(&transaction, std::slice::from_ref(statement))?);
        }
        if commit {
            transaction.commit()?;
        }
        Ok(rows)
    }

    fn pool(path: &str, workers: u32, ids: i64) -> Result<i64, Error> {
        let manager = SqliteConnectionManager::file(path).with_init(|connection| load(connection));
        let pool = Pool::builder().max_size(workers).build(manager)?;
        let work = || -> Result<i64, Error> {
            let mut marked = 0;
            for id in 1..=ids {
                if let Value::Integer(new) = run(&*pool.get()?, &[mark(id)])?[0][0] {
                    marked += new;
                }
            }
            Ok(marked)
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            threads.into_iter().map(|thread| thread.join().expect("a worker")).sum()
        })
    }
}

fn main() {
    driver::main::<Connection>();
}
