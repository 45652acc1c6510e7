package larder_test

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	sqlite3 "github.com/mattn/go-sqlite3"

	"@GO_MODULE@"
)

func TestMain(m *testing.M) {
	before, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := before.Exec("SELECT kv_version()"); err == nil {
		log.Fatal("a connection has Larder before Auto was called")
	}
	before.Close()
	for i := 0; i < 2; i++ {
		if err := larder.Auto(); err != nil {
			log.Fatal(err)
		}
	}
	os.Exit(m.Run())
}

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(t.TempDir(), "app.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// What runs a query: a *sql.DB, *sql.Conn or *sql.Tx.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func integer(t *testing.T, db queryer, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		t.Error(err)
	}
	return n
}

func TestLoadingReadiesTheConnection(t *testing.T) {
	if got := integer(t, open(t), "PRAGMA foreign_keys"); got != 1 {
		t.Errorf("foreign_keys is %d", got)
	}
}

func TestUnknownMode(t *testing.T) {
	if err := larder.Mode(4).Auto(); err == nil {
		t.Error("there is no error")
	}
}

func TestValuesKeepTheirTypes(t *testing.T) {
	db := open(t)
	for _, value := range []any{nil, int64(7), 0.5, "text\x00more", []byte{0, 255}} {
		var got any
		if err := db.QueryRow("SELECT cache_set('k', ?)", value).Scan(new(any)); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow("SELECT cache_get('k', 'a miss')").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, value) {
			t.Errorf("stored %#v, got %#v", value, got)
		}
	}
}

func TestErrorHasLardersMessage(t *testing.T) {
	err := open(t).QueryRow("SELECT cache_set('k', 1, 'soon')").Scan(new(any))
	var found sqlite3.Error
	if !errors.As(err, &found) || !strings.HasPrefix(found.Error(), "cache_set: ttl must be") {
		t.Errorf("got %v", err)
	}
}

func TestRollbackTakesTheMark(t *testing.T) {
	db := open(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if got := integer(t, tx, "SELECT ledger_mark('m', 1)"); got != 1 {
		t.Errorf("the first mark is %d", got)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	for _, expected := range []int{1, 0} {
		if got := integer(t, db, "SELECT ledger_mark('m', 1)"); got != expected {
			t.Errorf("expected %d, got %d", expected, got)
		}
	}
}

func TestConnKeepsItsTransaction(t *testing.T) {
	ctx, db := context.Background(), open(t)
	con, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer con.Close()
	for _, statement := range []string{
		"BEGIN IMMEDIATE",
		"CREATE TABLE item(id)",
		"INSERT INTO item SELECT 1 WHERE ledger_mark('m', 1)",
		"COMMIT",
	} {
		if _, err := con.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	if got := integer(t, db, "SELECT count(*) FROM item WHERE ledger_seen('m', id)"); got != 1 {
		t.Errorf("another connection sees %d rows", got)
	}
}

// Eight goroutines mark the same hundred ids: each is new once.
func TestPoolLosesNoMark(t *testing.T) {
	db := open(t)
	var marked atomic.Int64
	var workers sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		workers.Add(1)
		go func(worker int) {
			defer workers.Done()
			for i := 0; i < 100; i++ {
				marked.Add(int64(integer(t, db, "SELECT ledger_mark('own', ?)", worker*100+i)))
				integer(t, db, "SELECT ledger_mark('shared', ?)", i)
			}
		}(worker)
	}
	workers.Wait()
	own := integer(t, db, "SELECT count(*) FROM kv_ledger WHERE ledger = 'own' AND status = 'done'")
	if marked.Load() != 800 || own != 800 {
		t.Errorf("%d marks were new, %d are there", marked.Load(), own)
	}
	if got := integer(t, db, "SELECT count(*) FROM kv_ledger WHERE ledger = 'shared'"); got != 100 {
		t.Errorf("%d ids are shared", got)
	}
}

func TestExecTakesOneStep(t *testing.T) {
	db := open(t)
	for _, statement := range []string{
		"CREATE TABLE source(id)",
		"INSERT INTO source VALUES (1), (2), (3)",
		"SELECT ledger_mark('exec', id) FROM source",
		"CREATE TABLE item(id)",
		"INSERT INTO item SELECT id FROM source WHERE ledger_mark('insert', id)",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for ledger, expected := range map[string]int{"exec": 1, "insert": 3} {
		if got := integer(t, db, "SELECT count(*) FROM kv_ledger WHERE ledger = ?", ledger); got != expected {
			t.Errorf("%s: expected %d ids, got %d", ledger, expected, got)
		}
	}
}
