//go:build !cgo

package larder

import "errors"

func auto(Mode) error {
	return errors.New("larder: built without cgo; set CGO_ENABLED=1, and have a C++20 compiler (go-sqlite3 needs a C compiler, too)")
}
