// Package faultvfs is a disk that tests can break.
//
// It registers an SQLite VFS that passes every call on, writes it down, and can
// fail any of them. From the record, package tests rebuild what a disk may hold
// after a power cut at any moment: what was synced is there, and of the rest
// each write may have arrived whole, in part, or not at all, in any order.
//
// Only tests import it.
package faultvfs

/*
#include <stdlib.h>
int faultvfs_register(const char *name, int id);
*/
import "C"

import (
	"fmt"
	"path/filepath"
	"sync"
	"unsafe"
)

// Kind is what a call does.
type Kind int

// The calls that are written down. Ack is put there by the test, when the
// program under test has acknowledged something.
const (
	Open Kind = iota + 1
	Write
	Truncate
	Sync
	Delete
	Read
	Ack
)

// Op is one call.
type Op struct {
	Kind Kind
	// File is the name without its folder.
	File string
	// Data and At: what was written, and where in the file. Of Truncate At is
	// the new size, of Ack the number given, of Delete 1 when the folder was
	// synced.
	Data []byte
	At   int64
}

// Codes of SQLite that a test lets a call answer.
const (
	IOError   = 10
	DiskFull  = 13
	ShortRead = 10 | 2<<8
	readError = 10 | 1<<8
)

// VFS is a registered VFS with its record.
type VFS struct {
	// Name is what SQLite calls it.
	Name string

	mu        sync.Mutex
	powersafe bool
	recording bool
	files     []string
	log       []Op
	calls     int
	failAt    int
	failWith  int
	failed    *Op
}

var registry struct {
	sync.RWMutex
	all []*VFS
}

// Register makes a VFS over SQLite's own. powersafe is whether the disk
// promises that a torn write leaves the bytes around it alone. recording keeps
// every write in memory.
func Register(powersafe, recording bool) (*VFS, error) {
	registry.Lock()
	defer registry.Unlock()
	v := &VFS{Name: fmt.Sprintf("fault-%d", len(registry.all)), powersafe: powersafe, recording: recording}
	registry.all = append(registry.all, v)
	name := C.CString(v.Name)
	defer C.free(unsafe.Pointer(name))
	if rc := C.faultvfs_register(name, C.int(len(registry.all)-1)); rc != 0 {
		return nil, fmt.Errorf("faultvfs: register: code %d", int(rc))
	}
	return v, nil
}

// Acknowledge writes down that n was acknowledged.
func (v *VFS) Acknowledge(n int64) { v.record(Op{Kind: Ack, At: n}) }

// Log returns what was written down so far.
func (v *VFS) Log() []Op {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]Op(nil), v.log...)
}

// Calls returns how many calls could have been failed since FailAt.
func (v *VFS) Calls() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.calls
}

// FailAt lets the n-th call from now (1 and up) answer with code, once. With
// n = 0 none fails. A code that the call cannot give is replaced by IOError.
func (v *VFS) FailAt(n, code int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls, v.failAt, v.failWith, v.failed = 0, n, code, nil
}

// Failed returns the call that failed, or nil.
func (v *VFS) Failed() *Op {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.failed
}

func (v *VFS) record(op Op) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.recording {
		v.log = append(v.log, op)
	}
}

// step counts the call and answers with the code that it must fail with, or 0.
// Only a read can be short, and only a write finds the disk full.
func (v *VFS) step(op Op) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls++
	if v.calls == v.failAt {
		v.failed = &Op{Kind: op.Kind, File: op.File, At: op.At}
		code := v.failWith
		switch {
		case op.Kind == Read && code == DiskFull:
			code = readError
		case op.Kind != Read && code == ShortRead, op.Kind == Sync && code == DiskFull, op.Kind == Delete && code == DiskFull:
			code = IOError
		}
		return code
	}
	if v.recording && op.Kind != Read {
		v.log = append(v.log, op)
	}
	return 0
}

func get(id C.int) *VFS {
	registry.RLock()
	defer registry.RUnlock()
	return registry.all[id]
}

func baseName(name *C.char) string {
	if name == nil {
		return ""
	}
	return filepath.Base(C.GoString(name))
}

//export faultvfsOpen
func faultvfsOpen(id C.int, name *C.char) C.int {
	v := get(id)
	op := Op{Kind: Open, File: baseName(name)}
	if v.step(op) != 0 {
		return -1
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.files = append(v.files, op.File)
	return C.int(len(v.files) - 1)
}

//export faultvfsOp
func faultvfsOp(id, file, kind C.int, p unsafe.Pointer, n C.int, at C.longlong) C.int {
	v := get(id)
	v.mu.Lock()
	op := Op{Kind: Kind(kind), File: v.files[file], At: int64(at)}
	keep := v.recording
	v.mu.Unlock()
	if p != nil && keep {
		op.Data = C.GoBytes(p, n)
	}
	return C.int(v.step(op))
}

//export faultvfsDelete
func faultvfsDelete(id C.int, name *C.char, synced C.int) C.int {
	return C.int(get(id).step(Op{Kind: Delete, File: baseName(name), At: int64(synced)}))
}

//export faultvfsPowersafe
func faultvfsPowersafe(id C.int) C.int {
	if get(id).powersafe {
		return 1
	}
	return 0
}
