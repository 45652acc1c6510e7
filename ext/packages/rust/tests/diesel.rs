//! diesel, which shows nobody a connection's handle.

use std::error::Error;

use diesel::prelude::*;
use diesel::sql_types::Text;

define_sql_function!(fn ledger_mark(ledger: Text, id: Text) -> Integer);

#[test]
fn a_mark_is_rolled_back_with_its_transaction() -> Result<(), Box<dyn Error>> {
    sqlite_larder::register()?;
    let mut con = SqliteConnection::establish(":memory:")?;
    let mark =
        |con: &mut SqliteConnection| diesel::select(ledger_mark("m", "1")).get_result::<i32>(con);
    let undone = con.immediate_transaction(|con| {
        assert_eq!(mark(con)?, 1);
        Err::<(), _>(diesel::result::Error::RollbackTransaction)
    });
    assert_eq!(undone, Err(diesel::result::Error::RollbackTransaction));
    assert_eq!(mark(&mut con)?, 1);
    assert_eq!(mark(&mut con)?, 0);
    Ok(())
}
