#!/usr/bin/env bash
# Runs the SQLite driver's own tests with our encrypting VFS under every one of
# its connections: whatever the driver promises must hold on encrypted files.
# The driver is copied; the copy differs only in making the VFS the default and
# in leaving room for the seals. Arguments go to go test.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
root=$PWD
copy=$root/build/driver-suite
chmod -R u+w "$copy" 2>/dev/null || true
rm -rf "$copy"
mkdir -p "$copy"
cp -r "$(go list -m -f '{{.Dir}}' github.com/mattn/go-sqlite3)/." "$copy"
chmod -R u+w "$copy"
cd "$copy"

cat >vault.go <<'GO'
package sqlite3

/*
#include "sqlite3-binding.h"
static int vault_default(const char *name) { return sqlite3_vfs_register(sqlite3_vfs_find(name), 1); }
static void vault_room(sqlite3 *db) { int n = 32; sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &n); }
*/
import "C"

import (
	"fmt"

	"backtobar/domain/store/pagevfs"
)

func init() {
	v, err := pagevfs.Register("", make([]byte, pagevfs.KeySize))
	if err != nil {
		panic(err)
	}
	if rc := C.vault_default(C.CString(v.Name())); rc != 0 {
		panic(rc)
	}
	fmt.Println("every connection goes through", v.Name())
}

func vaultRoom(db *C.sqlite3) { C.vault_room(db) }
GO
sed -i 's|^\texec := func(s string) error {|\tvaultRoom(db)\n&|' sqlite3.go
grep -q 'vaultRoom(db)' sqlite3.go || { echo "the driver opens its connections in another way now" >&2; exit 1; }
go mod edit -require=backtobar@v0.0.0 -replace=backtobar="$root"
go mod tidy >/dev/null 2>&1
go test -count=1 -tags 'sqlite_fts5 sqlite_omit_load_extension' "$@" .
