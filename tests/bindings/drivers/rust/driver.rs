//! What the drivers of Rust's bindings share; tests/bindings/checker/driver.py says what a driver does.
use std::collections::HashMap;
use std::io::{stdin, stdout, BufRead, Write};

pub type Error = Box<dyn std::error::Error + Send + Sync>;
pub type Row = Vec<Value>;
pub type Answer = Result<Vec<Row>, Error>;

#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

fn from_hex(text: &str) -> Vec<u8> {
    let digit = |c: u8| (c as char).to_digit(16).expect("a hexadecimal digit") as u8;
    text.as_bytes().chunks(2).map(|two| 16 * digit(two[0]) + digit(two[1])).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(n.into(), 16).expect("less than 16");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn decode(word: &str) -> Value {
    let (kind, text) = word.split_at(1);
    match kind {
        "n" => Value::Null,
        "t" => Value::Text(decode_text(word)),
        "b" => Value::Blob(from_hex(text)),
        "r" => Value::Real(text.parse().expect("a number")),
        _ => Value::Integer(text.parse().expect("an integer")),
    }
}

fn decode_text(word: &str) -> String {
    String::from_utf8(from_hex(&word[1..])).expect("UTF-8")
}

fn encode(value: &Value) -> String {
    match value {
        Value::Null => "n".into(),
        Value::Integer(number) => format!("i{number}"),
        Value::Real(number) => format!("r{number:e}"),
        Value::Text(text) => format!("t{}", to_hex(text.as_bytes())),
        Value::Blob(bytes) => format!("b{}", to_hex(bytes)),
    }
}

pub struct Statement {
    pub has_rows: bool,
    pub sql: String,
    pub values: Vec<Value>,
}

pub fn mark(id: i64) -> Statement {
    Statement { has_rows: true, sql: "SELECT ledger_mark('pool', ?)".into(), values: vec![Value::Integer(id)] }
}

fn statement(word: &str) -> Statement {
    let mut parts = word.split(':');
    let has_rows = parts.next() == Some("q");
    let sql = decode_text(parts.next().expect("the SQL"));
    Statement { has_rows, sql, values: parts.map(decode).collect() }
}

pub fn larder() -> String {
    std::env::var("LARDER").expect("LARDER is the extension under test")
}

/// A binding, and a connection of it, which is closed when it is dropped.
pub trait Binding: Sized {
    fn versions() -> Result<[String; 2], Error>;
    fn open(path: &str) -> Result<Self, Error>;
    /// Statements of the same SQL.
    fn run(&mut self, statements: &[Statement]) -> Answer;
    fn first(&mut self, count: usize, statement: &Statement) -> Answer;
    fn atomic(&mut self, commit: bool, statements: &[Statement]) -> Answer;
    /// How many ids were new, of all that the workers have marked.
    fn pool(path: &str, workers: u32, ids: i64) -> Result<i64, Error>;
}

fn answer<B: Binding>(opened: &mut HashMap<String, B>, words: &[&str]) -> Answer {
    let statements = |from: usize| -> Vec<Statement> { words[from..].iter().map(|word| statement(word)).collect() };
    if words[0] == "hello" {
        return Ok(vec![B::versions()?.map(Value::Text).to_vec()]);
    }
    if words[0] == "pool" {
        return Ok(vec![vec![Value::Integer(B::pool(&decode_text(words[1]), words[2].parse()?, words[3].parse()?)?)]]);
    }
    if words[0] == "open" {
        opened.insert(words[1].into(), B::open(&decode_text(words[2]))?);
        return Ok(vec![]);
    }
    if words[0] == "close" {
        opened.remove(words[1]);
        return Ok(vec![]);
    }
    let connection = opened.get_mut(words[1]).ok_or("no such connection")?;
    match words[0] {
        "first" => connection.first(words[2].parse()?, &statement(words[3])),
        "atomic" => connection.atomic(words[2] == "commit", &statements(3)),
        _ => connection.run(&statements(2)),
    }
}

pub fn main<B: Binding>() {
    let mut opened = HashMap::<String, B>::new();
    for line in stdin().lock().lines() {
        let line = line.expect("UTF-8");
        let words: Vec<&str> = line.split(' ').collect();
        let said = match answer(&mut opened, &words) {
            Ok(rows) => {
                let rows = rows.iter().map(|row| row.iter().map(encode).collect::<Vec<_>>().join(":"));
                std::iter::once("ok".to_string()).chain(rows).collect::<Vec<_>>().join(" ")
            }
            Err(error) => format!("error {}", encode(&Value::Text(error.to_string()))),
        };
        writeln!(stdout(), "{said}").expect("standard output");
    }
}
