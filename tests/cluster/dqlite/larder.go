package main

/*
#cgo LDFLAGS: -lsqlite3 -ldl
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdlib.h>

// Has each connection that is opened from now on load Larder. Returns what is wrong, or NULL.
static const char *load_larder(const char *path) {
	void *library = dlopen(path, RTLD_NOW);
	if (library == NULL) return dlerror();
	void *entry = dlsym(library, "sqlite3_larder_join_init");
	if (entry == NULL) return dlerror();
	int rc = sqlite3_auto_extension((void (*)(void))entry);
	return rc == SQLITE_OK ? NULL : sqlite3_errstr(rc);
}
*/
import "C"

import (
	"errors"
	"unsafe"
)

// loadLarder must come before the node is opened.
func loadLarder(path string) error {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	if message := C.load_larder(name); message != nil {
		return errors.New(C.GoString(message))
	}
	return nil
}
