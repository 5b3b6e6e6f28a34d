// Package pagevfs keeps what SQLite writes unreadable on the disk.
//
// SQLite reaches its files through a table of functions, the VFS. This package
// registers one that hands every call to SQLite's own VFS and only turns the
// bytes: AES-256-XTS for each file, the database, the write-ahead log and
// journals each with a key of its own, and an HMAC-SHA256 in the last 32 bytes
// of each page of the database, by which a changed page is noticed when it is
// read. Locks, shared memory and syncing stay SQLite's own.
//
// An AES block, 16 bytes, is the least that is ever rewritten. A write keeps
// the blocks around it as they are on the disk, byte by byte, so it is as safe
// in a power cut as the same write without encryption, and SQLite need not pad
// its log to whole sectors.
//
// docs/vault-format.md holds the format. It is frozen: files in testdata must
// open forever.
//
// Not noticed here: an old page in place of a newer one, and a log whose end
// was cut off. The audit trail's anchor notices those.
package pagevfs

/*
#include <stdlib.h>
int pagevfs_register(const char *name, const char *base, int key, void **out);
int pagevfs_unregister(void *vfs);
*/
import "C"

import (
	"fmt"
	"strconv"
	"sync"
	"unsafe"
)

// VFS is a registered VFS with its key.
type VFS struct {
	name string
	id   int
	c    unsafe.Pointer
}

// registry holds the ciphers of the registered VFSs by number, because C may
// not hold what Go has made.
var registry = struct {
	sync.RWMutex
	ciphers map[int]*cipher
	last    int
}{ciphers: map[int]*cipher{}}

// Register makes a VFS that encrypts with dataKey (KeySize bytes) over the VFS
// called base; "" is SQLite's own. The key is not kept, only what comes of it.
func Register(base string, dataKey []byte) (*VFS, error) {
	c, err := newCipher(dataKey)
	if err != nil {
		return nil, err
	}
	registry.Lock()
	registry.last++
	id := registry.last
	registry.ciphers[id] = c
	registry.Unlock()

	v := &VFS{name: "backtobar-" + strconv.Itoa(id), id: id}
	name, below := C.CString(v.name), C.CString(base)
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(below))
	if rc := C.pagevfs_register(name, below, C.int(id), &v.c); rc != 0 {
		forget(id)
		return nil, fmt.Errorf("pagevfs: SQLite does not take the VFS: code %d", int(rc))
	}
	return v, nil
}

// Name is what SQLite calls it, for the vfs parameter of a connection.
func (v *VFS) Name() string { return v.name }

// Unregister removes the VFS and its keys. A connection that is still open gets
// an input/output error from now on. Doing it again does nothing.
func (v *VFS) Unregister() error {
	if lookup(C.int(v.id)) == nil {
		return nil
	}
	forget(v.id)
	if rc := C.pagevfs_unregister(v.c); rc != 0 {
		return fmt.Errorf("pagevfs: SQLite does not let go of the VFS: code %d", int(rc))
	}
	return nil
}

func forget(id int) {
	registry.Lock()
	defer registry.Unlock()
	delete(registry.ciphers, id)
}

func lookup(id C.int) *cipher {
	registry.RLock()
	defer registry.RUnlock()
	return registry.ciphers[int(id)]
}

// Open decrypts page number n (0 and up) of a database file, PageSize bytes as
// they are on the disk, in place. It reports whether the page was written with
// the reader's key and is as it was written.
func (r *PageReader) Open(page []byte, n int64) bool {
	if len(page) != PageSize {
		return false
	}
	r.c.decrypt(database, page, n*PageSize)
	return r.c.sealed(page, n*PageSize)
}

// PageReader reads pages of a database without SQLite.
type PageReader struct{ c *cipher }

// NewPageReader returns a reader for dataKey (KeySize bytes).
func NewPageReader(dataKey []byte) (*PageReader, error) {
	c, err := newCipher(dataKey)
	if err != nil {
		return nil, err
	}
	return &PageReader{c}, nil
}

// The functions that C calls answer 1 when it must not go on.

//export pagevfsDecrypt
func pagevfsDecrypt(id, k C.int, p unsafe.Pointer, n C.int, at C.longlong) C.int {
	c := lookup(id)
	if c == nil {
		return 1
	}
	c.decrypt(kind(k), unsafe.Slice((*byte)(p), int(n)), int64(at))
	return 0
}

//export pagevfsEncrypt
func pagevfsEncrypt(id, k C.int, p unsafe.Pointer, n C.int, at C.longlong) C.int {
	c := lookup(id)
	if c == nil {
		return 1
	}
	c.encrypt(kind(k), unsafe.Slice((*byte)(p), int(n)), int64(at))
	return 0
}

//export pagevfsVerify
func pagevfsVerify(id C.int, p unsafe.Pointer, n C.int, at C.longlong) C.int {
	c := lookup(id)
	if c == nil || !c.sealed(unsafe.Slice((*byte)(p), int(n)), int64(at)) {
		return 1
	}
	return 0
}

//export pagevfsSeal
func pagevfsSeal(id C.int, p unsafe.Pointer, at C.longlong) C.int {
	c := lookup(id)
	if c == nil || !c.seal(unsafe.Slice((*byte)(p), PageSize), int64(at)) {
		return 1
	}
	return 0
}
