// A node of a dqlite cluster that has Larder, and a client of one, for dqlite_test.py:
//
//	dqlite node LARDER ID ADDRESS FOLDER    runs until its input ends; says "ready"
//	dqlite add ID ADDRESS MEMBER...         makes the node at ADDRESS a voter
//	dqlite leader MEMBER...                 prints the leader's address
//	dqlite dump ADDRESS FOLDER              writes the database files of that node into FOLDER
//	dqlite client MEMBER...                 answers each line of its input (see client.go)
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/canonical/go-dqlite"
	"github.com/canonical/go-dqlite/client"
)

const database = "app.db"
const patience = 30 * time.Second

// Followers wait for a leader that is silent 30 times as long or twice that, and then elect another.
const latency = 20 * time.Millisecond

func node(larder, id, address, folder string) error {
	if err := loadLarder(larder); err != nil {
		return err
	}
	number, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return err
	}
	server, err := dqlite.New(number, address, folder,
		dqlite.WithBindAddress(address), dqlite.WithNetworkLatency(latency))
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
	return server.Close()
}

func storeOf(members []string) client.NodeStore {
	store := client.NewInmemNodeStore()
	var nodes []client.NodeInfo
	for _, address := range members {
		nodes = append(nodes, client.NodeInfo{Address: address})
	}
	store.Set(context.Background(), nodes)
	return store
}

// withLeader calls body with a client of the leader.
func withLeader(members []string, body func(context.Context, *client.Client) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	leader, err := client.FindLeader(ctx, storeOf(members), client.WithLogFunc(silence))
	if err != nil {
		return err
	}
	defer leader.Close()
	return body(ctx, leader)
}

func add(id, address string, members []string) error {
	number, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return err
	}
	return withLeader(members, func(ctx context.Context, leader *client.Client) error {
		return leader.Add(ctx, client.NodeInfo{ID: number, Address: address, Role: client.Voter})
	})
}

func printLeader(members []string) error {
	return withLeader(members, func(ctx context.Context, leader *client.Client) error {
		info, err := leader.Leader(ctx)
		if err == nil {
			fmt.Println(info.Address)
		}
		return err
	})
}

func dump(address, folder string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	one, err := client.New(ctx, address)
	if err != nil {
		return err
	}
	defer one.Close()
	files, err := one.Dump(ctx, database)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.WriteFile(filepath.Join(folder, file.Name), file.Data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func silence(client.LogLevel, string, ...interface{}) {}

func run(command string, arguments []string) error {
	switch {
	case command == "node" && len(arguments) == 4:
		return node(arguments[0], arguments[1], arguments[2], arguments[3])
	case command == "add" && len(arguments) > 2:
		return add(arguments[0], arguments[1], arguments[2:])
	case command == "leader" && len(arguments) > 0:
		return printLeader(arguments)
	case command == "dump" && len(arguments) == 2:
		return dump(arguments[0], arguments[1])
	case command == "client" && len(arguments) > 0:
		return answer(os.Stdin, os.Stdout, arguments)
	}
	return fmt.Errorf("no such command, or too few arguments: %s", command)
}

func main() {
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
