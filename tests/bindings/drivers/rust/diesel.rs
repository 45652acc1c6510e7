//! diesel, which cannot load an extension: SQLite itself calls Larder's entry point for each new connection.
mod driver;
use diesel::connection::DefaultLoadingMode;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::query_builder::BoxedSqlQuery;
use diesel::row::{Field, NamedRow};
use diesel::sql_types::{BigInt, Binary, Double, Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteType};
use diesel::{sql_query, Connection, RunQueryDsl, SqliteConnection};
use driver::{larder, mark, Answer, Binding, Error, Row, Statement, Value};
use libsqlite3_sys::{sqlite3, sqlite3_api_routines, sqlite3_auto_extension};
use std::ffi::{c_char, c_int};
use std::sync::Once;
use std::thread;

type EntryPoint = unsafe extern "C" fn(*mut sqlite3, *mut *mut c_char, *const sqlite3_api_routines) -> c_int;

/// Before the first connection. The library stays in memory, as long as SQLite may call it.
fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| unsafe {
        let library = Box::leak(Box::new(libloading::Library::new(larder()).expect("the extension")));
        let entry_point = library.get::<EntryPoint>(b"sqlite3_larder_init").expect("its entry point");
        assert_eq!(sqlite3_auto_extension(Some(*entry_point)), 0);
    });
}

/// A row of any columns, of the types that the values have.
struct Values(Row);

impl QueryableByName<Sqlite> for Values {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let value = |i: usize| -> deserialize::Result<Value> {
            let field = diesel::row::Row::get(row, i).ok_or("no such column")?;
            let Some(raw) = field.value() else { return Ok(Value::Null) };
            Ok(match raw.value_type() {
                None => Value::Null,
                Some(SqliteType::Long) => Value::Integer(FromSql::<BigInt, Sqlite>::from_sql(raw)?),
                Some(SqliteType::Double) => Value::Real(FromSql::<Double, Sqlite>::from_sql(raw)?),
                Some(SqliteType::Binary) => Value::Blob(FromSql::<Binary, Sqlite>::from_sql(raw)?),
                Some(_) => Value::Text(FromSql::<Text, Sqlite>::from_sql(raw)?),
            })
        };
        Ok(Values((0..row.field_count()).map(value).collect::<Result<_, _>>()?))
    }
}

fn query(statement: &Statement) -> BoxedSqlQuery<'_, Sqlite, diesel::query_builder::SqlQuery> {
    statement.values.iter().fold(sql_query(&statement.sql).into_boxed(), |query, value| match value {
        Value::Null => query.bind::<Nullable<Text>, _>(None::<&str>),
        Value::Integer(number) => query.bind::<BigInt, _>(*number),
        Value::Real(number) => query.bind::<Double, _>(*number),
        Value::Text(text) => query.bind::<Text, _>(text),
        Value::Blob(bytes) => query.bind::<Binary, _>(bytes),
    })
}

/// Diesel keeps no statement of sql_query: each is compiled anew.
fn run(connection: &mut SqliteConnection, statements: &[Statement]) -> diesel::QueryResult<Vec<Row>> {
    let mut rows = vec![];
    for statement in statements {
        if statement.has_rows {
            rows.extend(query(statement).load::<Values>(connection)?.into_iter().map(|row| row.0));
        } else {
            query(statement).execute(connection)?;
        }
    }
    Ok(rows)
}

impl Binding for SqliteConnection {
    fn versions() -> Result<[String; 2], Error> {
        let version = unsafe { std::ffi::CStr::from_ptr(libsqlite3_sys::sqlite3_libversion()) };
        Ok([env!("CARGO_PKG_VERSION").into(), version.to_str()?.into()])
    }

    fn open(path: &str) -> Result<Self, Error> {
        register();
        Ok(SqliteConnection::establish(path)?)
    }

    fn run(&mut self, statements: &[Statement]) -> Answer {
        Ok(run(self, statements)?)
    }

    fn first(&mut self, count: usize, statement: &Statement) -> Answer {
        let rows = query(statement).load_iter::<Values, DefaultLoadingMode>(self)?;
        Ok(rows.take(count).map(|row| row.map(|row| row.0)).collect::<Result<_, _>>()?)
    }

    fn atomic(&mut self, commit: bool, statements: &[Statement]) -> Answer {
        let mut rows = vec![];
        let ended = self.immediate_transaction(|connection| {
            rows = run(connection, statements)?;
            if commit { Ok(()) } else { Err(diesel::result::Error::RollbackTransaction) }
        });
        match ended {
            Ok(()) | Err(diesel::result::Error::RollbackTransaction) => Ok(rows),
            Err(error) => Err(error.into()),
        }
    }

    fn pool(path: &str, workers: u32, ids: i64) -> Result<i64, Error> {
        let work = || -> Result<i64, Error> {
            let mut connection = Self::open(path)?;
            let mut marked = 0;
            for id in 1..=ids {
                if let Value::Integer(new) = run(&mut connection, &[mark(id)])?[0][0] {
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
    driver::main::<SqliteConnection>();
}
