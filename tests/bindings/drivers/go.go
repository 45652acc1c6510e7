// go-sqlite3, through database/sql. tests/bindings/checker/driver.py says what a driver does.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"
)

type statement struct {
	hasRows bool
	sql     string
	values  []any
}

// What both a connection and a transaction can do.
type runner interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// A name of the script is one connection, not a pool: kv_clock and open transactions belong to one.
type opened struct {
	db         *sql.DB
	connection *sql.Conn
}

var (
	ctx         = context.Background()
	connections = map[string]opened{}
)

func decode(word string) any {
	text := word[1:]
	switch word[0] {
	case 'n':
		return nil
	case 't':
		return decodeText(word)
	case 'b':
		return []byte(decodeText(word))
	case 'r':
		number, _ := strconv.ParseFloat(text, 64)
		return number
	default:
		number, _ := strconv.ParseInt(text, 10, 64)
		return number
	}
}

func decodeText(word string) string {
	bytes, err := hex.DecodeString(word[1:])
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func encode(value any) string {
	switch value := value.(type) {
	case nil:
		return "n"
	case int64:
		return "i" + strconv.FormatInt(value, 10)
	case float64:
		return "r" + strconv.FormatFloat(value, 'g', -1, 64)
	case []byte:
		return "b" + hex.EncodeToString(value)
	default:
		return "t" + hex.EncodeToString([]byte(fmt.Sprint(value)))
	}
}

func newStatement(word string) statement {
	parts := strings.Split(word, ":")
	one := statement{parts[0] == "q", decodeText(parts[1]), nil}
	for _, value := range parts[2:] {
		one.values = append(one.values, decode(value))
	}
	return one
}

func newStatements(words []string) (all []statement) {
	for _, word := range words {
		all = append(all, newStatement(word))
	}
	return all
}

// Reads up to `most` rows; all, when it is less than 0.
func read(rows *sql.Rows, most int) (read [][]any, err error) {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for len(read) != most && rows.Next() {
		row := make([]any, len(columns))
		places := make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		read = append(read, row)
	}
	return read, rows.Err()
}

// Statements of the same SQL. Exec takes one step only, which is all that an INSERT has; what has rows is read to its end.
func run(on runner, statements ...statement) (rows [][]any, err error) {
	compiled, err := on.PrepareContext(ctx, statements[0].sql)
	if err != nil {
		return nil, err
	}
	defer compiled.Close()
	for _, one := range statements {
		if !one.hasRows {
			if _, err := compiled.Exec(one.values...); err != nil {
				return nil, err
			}
			continue
		}
		result, err := compiled.Query(one.values...)
		if err != nil {
			return nil, err
		}
		more, err := read(result, -1)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func openPool(path string) (*sql.DB, error) {
	return sql.Open("larder", path+"?_txlock=immediate") // BeginTx says BEGIN IMMEDIATE
}

func open(path string) (opened, error) {
	db, err := openPool(path)
	if err != nil {
		return opened{}, err
	}
	connection, err := db.Conn(ctx)
	return opened{db, connection}, err
}

func first(connection *sql.Conn, count int, one statement) ([][]any, error) {
	rows, err := connection.QueryContext(ctx, one.sql, one.values...)
	if err != nil {
		return nil, err
	}
	return read(rows, count)
}

func atomic(connection *sql.Conn, end string, statements []statement) (rows [][]any, err error) {
	transaction, err := connection.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer transaction.Rollback() // after a commit it does nothing
	for _, one := range statements {
		more, err := run(transaction, one)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	if end == "commit" {
		err = transaction.Commit()
	}
	return rows, err
}

// The workers share the pool of database/sql, which opens a connection, and so loads Larder, when none is idle.
func pool(path string, workers, ids int) (marked int64, err error) {
	db, err := openPool(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	var group sync.WaitGroup
	counts, failures := make([]int64, workers), make([]error, workers)
	for worker := range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for id := 1; id <= ids && failures[worker] == nil; id++ {
				var isNew int64
				failures[worker] = db.QueryRow("SELECT ledger_mark('pool', ?)", id).Scan(&isNew)
				counts[worker] += isNew
			}
		}()
	}
	group.Wait()
	for _, count := range counts {
		marked += count
	}
	return marked, errors.Join(failures...)
}

func versions() []any {
	build, _ := debug.ReadBuildInfo()
	library, _, _ := sqlite3.Version()
	return []any{strings.TrimPrefix(build.Deps[0].Version, "v"), library}
}

func answer(what string, words []string) ([][]any, error) {
	switch what {
	case "hello":
		return [][]any{versions()}, nil
	case "pool":
		workers, _ := strconv.Atoi(words[1])
		ids, _ := strconv.Atoi(words[2])
		marked, err := pool(decodeText(words[0]), workers, ids)
		return [][]any{{marked}}, err
	case "open":
		one, err := open(decodeText(words[1]))
		connections[words[0]] = one
		return nil, err
	}
	one := connections[words[0]]
	switch what {
	case "close":
		return nil, errors.Join(one.connection.Close(), one.db.Close())
	case "first":
		count, _ := strconv.Atoi(words[1])
		return first(one.connection, count, newStatement(words[2]))
	case "atomic":
		return atomic(one.connection, words[1], newStatements(words[2:]))
	default:
		return run(one.connection, newStatements(words[1:])...)
	}
}

func main() {
	sql.Register("larder", &sqlite3.SQLiteDriver{Extensions: []string{os.Getenv("LARDER")}})
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadString('\n')
		if err != nil {
			return
		}
		words := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		rows, err := answer(words[0], words[1:])
		if err != nil {
			fmt.Println("error", encode(err.Error()))
			continue
		}
		said := []string{"ok"}
		for _, row := range rows {
			var cells []string
			for _, value := range row {
				cells = append(cells, encode(value))
			}
			said = append(said, strings.Join(cells, ":"))
		}
		fmt.Println(strings.Join(said, " "))
	}
}
