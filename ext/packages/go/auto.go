//go:build cgo

package larder

// SQLITE_CORE: call SQLite's functions, which go-sqlite3 links into the program (without those that are deprecated), and no table
// of them. Warnings are for those who change Larder; debug information would take half as long again as compiling.

// #cgo CPPFLAGS: -DSQLITE_CORE -DSQLITE_OMIT_DEPRECATED -I${SRCDIR}
// #cgo CXXFLAGS: -std=c++20 -O2 -g0 -w
// #include "larder.h"
// #include "sqlite3-binding.h"
import "C"

import (
	"fmt"

	sqlite3 "github.com/mattn/go-sqlite3"
)

func auto(mode Mode) error {
	var code C.int
	// What SQLite wants is any function; it calls it with the arguments that larder.h declares.
	switch mode {
	case Ready:
		code = C.sqlite3_auto_extension((*[0]byte)(C.sqlite3_larder_init))
	case Bare:
		code = C.sqlite3_auto_extension((*[0]byte)(C.sqlite3_larder_bare_init))
	case Join:
		code = C.sqlite3_auto_extension((*[0]byte)(C.sqlite3_larder_join_init))
	case Guarded:
		code = C.sqlite3_auto_extension((*[0]byte)(C.sqlite3_larder_guarded_init))
	default:
		return fmt.Errorf("larder: there is no mode %d", mode)
	}
	if code != C.SQLITE_OK {
		return fmt.Errorf("larder: %w", sqlite3.ErrNo(code))
	}
	return nil
}
