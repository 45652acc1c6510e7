package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"strings"

	"github.com/canonical/go-dqlite/driver"
)

// What one line of the input asks for: statements, run one after the other on one connection to the leader.
type request []string

// What came of it: the first value of the last statement that has rows, or what is wrong.
type response struct {
	Value interface{} `json:"value"`
	Error string      `json:"error,omitempty"`
}

// answer reads requests and writes responses, in JSON, a line each.
func answer(input io.Reader, output io.Writer, members []string) error {
	connector, err := driver.New(storeOf(members), driver.WithLogFunc(silence))
	if err != nil {
		return err
	}
	sql.Register("dqlite", connector)
	pool, err := sql.Open("dqlite", database)
	if err != nil {
		return err
	}
	defer pool.Close()
	lines := bufio.NewScanner(input)
	encoder := json.NewEncoder(output)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		value, err := perform(pool, asked)
		answered := response{Value: value}
		if err != nil {
			answered.Error = err.Error()
		}
		if err := encoder.Encode(answered); err != nil {
			return err
		}
	}
	return lines.Err()
}

func perform(pool *sql.DB, statements request) (value interface{}, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	connection, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	for i, statement := range statements {
		if !hasRows(statement) {
			_, err = connection.ExecContext(ctx, statement)
		} else {
			value, err = query(ctx, connection, statement)
		}
		if err != nil {
			if i > 0 {
				connection.ExecContext(ctx, "ROLLBACK")
			}
			return nil, err
		}
	}
	return value, nil
}

func hasRows(statement string) bool {
	return strings.HasPrefix(statement, "SELECT") || strings.Contains(statement, "RETURNING")
}

func query(ctx context.Context, connection *sql.Conn, statement string) (value interface{}, err error) {
	rows, err := connection.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
	}
	return value, rows.Err()
}
