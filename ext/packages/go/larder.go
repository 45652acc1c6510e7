// Package larder gives Larder to every connection that [github.com/mattn/go-sqlite3] opens: a cache, a ledger of what is done and
// a queue, leases, rate limits, runs, checkpoints and schema migrations, as SQL functions and tables in your own database file.
//
// Call [Auto] once, before the first connection is opened:
//
//	if err := larder.Auto(); err != nil {
//		log.Fatal(err)
//	}
//	db, err := sql.Open("sqlite3", "file:app.db?_txlock=immediate")
//	...
//	err = db.QueryRow("SELECT cache_set('greeting', 'hello', '15m')").Scan(&greeting)
//
// The SQL function kv_help lists everything that Larder has: SELECT name, signature, summary FROM kv_help.
//
// [github.com/mattn/go-sqlite3]: https://pkg.go.dev/github.com/mattn/go-sqlite3
package larder

// Mode is what Larder does to a connection, besides adding functions and tables.
type Mode int

const (
	// Ready sets a busy timeout, foreign keys, WAL and synchronous, each only where it still has SQLite's default.
	Ready Mode = iota
	// Bare leaves all settings alone.
	Bare
	// Join begins and commits nothing, and writes only inside what you write: for engines that replicate the database.
	Join
	// Guarded is Ready, and no view, trigger or default of the file can have Larder write: for files from strangers.
	Guarded
)

// Auto gives Larder to every connection that is opened afterwards, in the mode [Ready].
//
// It may be called from any goroutine and as often as you like: once is enough. Connections that are open already do not change.
// When Larder cannot be loaded, opening a connection fails, and the error says why.
func Auto() error { return Ready.Auto() }

// Auto is the function [Auto], in this mode. Of several modes the first one counts.
func (mode Mode) Auto() error { return auto(mode) }
