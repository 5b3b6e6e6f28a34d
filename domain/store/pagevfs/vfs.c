// The pass-through half of package pagevfs: every call goes to SQLite's own VFS;
// only what is read and written is decrypted and encrypted on the way. What the
// bytes look like is decided in Go (crypt.go).
#include <stdlib.h>
#include <string.h>
#include "sqlite_abi.h"
#include "_cgo_export.h"

#define UNIT 16   // bytes of one AES block: the least that can be written
#define PAGE 4096 // bytes of a page of the database
#define CHUNK (2 * PAGE)

enum { KIND_DATABASE, KIND_WAL, KIND_OTHER };

typedef struct {
	sqlite3_file base;
	int key;
	int kind;
} File;

#define FILE(f) ((File *)(f))
#define REAL(f) ((sqlite3_file *)(FILE(f) + 1))

// readUnits reads and decrypts whole units. Past the end of the file it gives
// zeros and SQLITE_IOERR_SHORT_READ, as SQLite's own VFS does.
static int readUnits(sqlite3_file *f, unsigned char *buf, int n, sqlite3_int64 at) {
	sqlite3_file *r = REAL(f);
	int rc = r->pMethods->xRead(r, buf, n, at);
	int valid = n;
	if (rc == SQLITE_IOERR_SHORT_READ) {
		sqlite3_int64 size;
		int e = r->pMethods->xFileSize(r, &size);
		if (e) return e;
		valid = size <= at ? 0 : size - at < n ? (int)(size - at) : n;
		valid -= valid % UNIT;
		memset(buf + valid, 0, n - valid);
	} else if (rc) {
		return rc;
	}
	if (valid && pagevfsDecrypt(FILE(f)->key, FILE(f)->kind, buf, valid, at)) return SQLITE_IOERR_READ;
	return rc;
}

static int fileRead(sqlite3_file *f, void *out, int n, sqlite3_int64 at) {
	if (FILE(f)->kind == KIND_DATABASE && n % PAGE == 0 && at % PAGE == 0) {
		int rc = readUnits(f, out, n, at);
		if (rc == SQLITE_OK && pagevfsVerify(FILE(f)->key, out, n, at)) return SQLITE_IOERR_DATA;
		return rc;
	}
	unsigned char buf[CHUNK + 2 * UNIT];
	unsigned char *to = out;
	int result = SQLITE_OK;
	while (n > 0) {
		int part = n < CHUNK ? n : CHUNK;
		int skip = (int)(at % UNIT);
		int units = (skip + part + UNIT - 1) / UNIT * UNIT;
		int rc = readUnits(f, buf, units, at - skip);
		if (rc == SQLITE_IOERR_SHORT_READ) result = rc;
		else if (rc) return rc;
		memcpy(to, buf + skip, part);
		to += part; at += part; n -= part;
	}
	return result;
}

// A page goes to the database whole and with its seal, or not at all.
static int writePages(sqlite3_file *f, const unsigned char *in, int n, sqlite3_int64 at) {
	sqlite3_file *r = REAL(f);
	unsigned char buf[PAGE];
	for (; n > 0; in += PAGE, at += PAGE, n -= PAGE) {
		memcpy(buf, in, PAGE);
		if (pagevfsSeal(FILE(f)->key, buf, at)) return SQLITE_IOERR_WRITE;
		if (pagevfsEncrypt(FILE(f)->key, FILE(f)->kind, buf, PAGE, at)) return SQLITE_IOERR_WRITE;
		int rc = r->pMethods->xWrite(r, buf, PAGE, at);
		if (rc) return rc;
	}
	return SQLITE_OK;
}

// keepUnit fetches the unit at `at`, of which only a part will be replaced.
static int keepUnit(sqlite3_file *f, unsigned char *buf, sqlite3_int64 at) {
	int rc = readUnits(f, buf, UNIT, at);
	return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static int fileWrite(sqlite3_file *f, const void *in, int n, sqlite3_int64 at) {
	if (FILE(f)->kind == KIND_DATABASE) {
		if (n % PAGE || at % PAGE) return SQLITE_IOERR_WRITE;
		return writePages(f, in, n, at);
	}
	sqlite3_file *r = REAL(f);
	unsigned char buf[CHUNK + 2 * UNIT];
	const unsigned char *from = in;
	while (n > 0) {
		int part = n < CHUNK ? n : CHUNK;
		int skip = (int)(at % UNIT);
		int units = (skip + part + UNIT - 1) / UNIT * UNIT;
		sqlite3_int64 start = at - skip;
		int rc = SQLITE_OK;
		if (skip) rc = keepUnit(f, buf, start);
		if (!rc && (skip + part) % UNIT && (units > UNIT || !skip)) rc = keepUnit(f, buf + units - UNIT, start + units - UNIT);
		if (rc) return rc;
		memcpy(buf + skip, from, part);
		if (pagevfsEncrypt(FILE(f)->key, FILE(f)->kind, buf, units, start)) return SQLITE_IOERR_WRITE;
		rc = r->pMethods->xWrite(r, buf, units, start);
		if (rc) return rc;
		from += part; at += part; n -= part;
	}
	return SQLITE_OK;
}

static int fileClose(sqlite3_file *f) {
	sqlite3_file *r = REAL(f);
	int rc = r->pMethods ? r->pMethods->xClose(r) : SQLITE_OK;
	f->pMethods = 0;
	return rc;
}

// Cutting through a unit would make all of it unreadable.
static int fileTruncate(sqlite3_file *f, sqlite3_int64 size) {
	sqlite3_file *r = REAL(f);
	return r->pMethods->xTruncate(r, (size + UNIT - 1) / UNIT * UNIT);
}

static int fileControl(sqlite3_file *f, int op, void *arg) {
	sqlite3_file *r = REAL(f);
	switch (op) {
	case SQLITE_FCNTL_MMAP_SIZE:          // a map would show what is on the disk, encrypted
	case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
		return SQLITE_NOTFOUND;
	case SQLITE_FCNTL_CHUNK_SIZE:         // room made ahead would not decrypt
	case SQLITE_FCNTL_SIZE_HINT:
		return SQLITE_OK;
	}
	return r->pMethods->xFileControl(r, op, arg);
}

static int fileDevice(sqlite3_file *f) {
	sqlite3_file *r = REAL(f);
	return r->pMethods->xDeviceCharacteristics(r) &
		(SQLITE_IOCAP_ATOMIC4K | SQLITE_IOCAP_SEQUENTIAL | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN |
		 SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_IMMUTABLE);
}

#define PASS(name, args, call) \
	static int name args { sqlite3_file *r = REAL(f); return r->pMethods->call; }
PASS(fileSync, (sqlite3_file *f, int flags), xSync(r, flags))
PASS(fileSize, (sqlite3_file *f, sqlite3_int64 *size), xFileSize(r, size))
PASS(fileLock, (sqlite3_file *f, int level), xLock(r, level))
PASS(fileUnlock, (sqlite3_file *f, int level), xUnlock(r, level))
PASS(fileReserved, (sqlite3_file *f, int *out), xCheckReservedLock(r, out))
PASS(fileSector, (sqlite3_file *f), xSectorSize(r))
PASS(fileShmMap, (sqlite3_file *f, int page, int size, int extend, void volatile **out), xShmMap(r, page, size, extend, out))
PASS(fileShmLock, (sqlite3_file *f, int offset, int n, int flags), xShmLock(r, offset, n, flags))
PASS(fileShmUnmap, (sqlite3_file *f, int remove), xShmUnmap(r, remove))
static void fileShmBarrier(sqlite3_file *f) { sqlite3_file *r = REAL(f); r->pMethods->xShmBarrier(r); }

static const sqlite3_io_methods methods = {
	2, fileClose, fileRead, fileWrite, fileTruncate, fileSync, fileSize, fileLock, fileUnlock, fileReserved,
	fileControl, fileSector, fileDevice, fileShmMap, fileShmLock, fileShmBarrier, fileShmUnmap, 0, 0,
};

typedef struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *base;
	int key;
} Vfs;

#define BASE(v) (((Vfs *)(v))->base)

static int vfsOpen(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
	memset(f, 0, sizeof(File));
	sqlite3_file *r = REAL(f);
	r->pMethods = 0;
	// One transaction over several files would need a file of its own format.
	if (flags & SQLITE_OPEN_SUPER_JOURNAL) return SQLITE_CANTOPEN;
	int rc = BASE(v)->xOpen(BASE(v), name, r, flags, out);
	if (!r->pMethods) return rc;
	FILE(f)->key = ((Vfs *)v)->key;
	FILE(f)->kind = flags & SQLITE_OPEN_MAIN_DB ? KIND_DATABASE : flags & SQLITE_OPEN_WAL ? KIND_WAL : KIND_OTHER;
	f->pMethods = &methods;
	return rc;
}

static int vfsDelete(sqlite3_vfs *v, const char *name, int sync) { return BASE(v)->xDelete(BASE(v), name, sync); }
static int vfsAccess(sqlite3_vfs *v, const char *name, int flags, int *out) { return BASE(v)->xAccess(BASE(v), name, flags, out); }
static int vfsPath(sqlite3_vfs *v, const char *name, int n, char *out) { return BASE(v)->xFullPathname(BASE(v), name, n, out); }
static void *vfsDlOpen(sqlite3_vfs *v, const char *name) { return BASE(v)->xDlOpen(BASE(v), name); }
static void vfsDlError(sqlite3_vfs *v, int n, char *out) { BASE(v)->xDlError(BASE(v), n, out); }
static void (*vfsDlSym(sqlite3_vfs *v, void *h, const char *name))(void) { return BASE(v)->xDlSym(BASE(v), h, name); }
static void vfsDlClose(sqlite3_vfs *v, void *h) { BASE(v)->xDlClose(BASE(v), h); }
static int vfsRandom(sqlite3_vfs *v, int n, char *out) { return BASE(v)->xRandomness(BASE(v), n, out); }
static int vfsSleep(sqlite3_vfs *v, int us) { return BASE(v)->xSleep(BASE(v), us); }
static int vfsTime(sqlite3_vfs *v, double *out) { return BASE(v)->xCurrentTime(BASE(v), out); }
static int vfsError(sqlite3_vfs *v, int n, char *out) { return BASE(v)->xGetLastError(BASE(v), n, out); }
static int vfsTime64(sqlite3_vfs *v, sqlite3_int64 *out) { return BASE(v)->xCurrentTimeInt64(BASE(v), out); }

// pagevfs_register makes a VFS called name over the VFS base, or over the
// default when base is empty. It returns a code of SQLite.
int pagevfs_register(const char *name, const char *base, int key, void **out) {
	int rc = sqlite3_initialize();
	if (rc) return rc;
	sqlite3_vfs *below = sqlite3_vfs_find(*base ? base : 0);
	if (!below) return SQLITE_NOTFOUND;
	Vfs *p = calloc(1, sizeof *p);
	char *copy = strdup(name);
	if (!p || !copy) {
		free(p);
		free(copy);
		return SQLITE_NOMEM;
	}
	p->base = below;
	p->key = key;
	p->vfs = (sqlite3_vfs){
		.iVersion = 2, .szOsFile = below->szOsFile + (int)sizeof(File), .mxPathname = below->mxPathname, .zName = copy,
		.xOpen = vfsOpen, .xDelete = vfsDelete, .xAccess = vfsAccess, .xFullPathname = vfsPath,
		.xDlOpen = vfsDlOpen, .xDlError = vfsDlError, .xDlSym = vfsDlSym, .xDlClose = vfsDlClose,
		.xRandomness = vfsRandom, .xSleep = vfsSleep, .xCurrentTime = vfsTime, .xGetLastError = vfsError,
		.xCurrentTimeInt64 = vfsTime64,
	};
	rc = sqlite3_vfs_register(&p->vfs, 0);
	if (rc) {
		free(copy);
		free(p);
		return rc;
	}
	*out = p;
	return SQLITE_OK;
}

// pagevfs_unregister removes the VFS from SQLite's list. Its few bytes stay: a
// connection that is still open would reach into freed memory.
int pagevfs_unregister(void *vfs) { return sqlite3_vfs_unregister(&((Vfs *)vfs)->vfs); }
