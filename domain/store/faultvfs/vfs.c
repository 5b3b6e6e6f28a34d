// The pass-through half of package faultvfs: each call first asks Go, which
// writes it down and may answer with an error in its place.
#include <stdlib.h>
#include <string.h>
#include "sqlite_abi.h"
#include "_cgo_export.h"

enum { OP_OPEN = 1, OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_DELETE, OP_READ };

typedef struct {
	sqlite3_file base;
	int vfs;
	int file;
} File;

#define FILE(f) ((File *)(f))
#define REAL(f) ((sqlite3_file *)(FILE(f) + 1))
#define ASK(op, p, n, at) \
	do { int rc = faultvfsOp(FILE(f)->vfs, FILE(f)->file, op, p, n, at); if (rc) return rc; } while (0)

static int fileClose(sqlite3_file *f) {
	sqlite3_file *r = REAL(f);
	int rc = r->pMethods ? r->pMethods->xClose(r) : SQLITE_OK;
	f->pMethods = 0;
	return rc;
}

static int fileRead(sqlite3_file *f, void *out, int n, sqlite3_int64 at) {
	int rc = faultvfsOp(FILE(f)->vfs, FILE(f)->file, OP_READ, 0, n, at);
	if (rc == SQLITE_IOERR_SHORT_READ) memset(out, 0, n);
	if (rc) return rc;
	sqlite3_file *r = REAL(f);
	return r->pMethods->xRead(r, out, n, at);
}

static int fileWrite(sqlite3_file *f, const void *in, int n, sqlite3_int64 at) {
	ASK(OP_WRITE, (void *)in, n, at);
	sqlite3_file *r = REAL(f);
	return r->pMethods->xWrite(r, in, n, at);
}

static int fileTruncate(sqlite3_file *f, sqlite3_int64 size) {
	ASK(OP_TRUNCATE, 0, 0, size);
	sqlite3_file *r = REAL(f);
	return r->pMethods->xTruncate(r, size);
}

// What is synced is decided by the record; waiting for a disk would add nothing.
static int fileSync(sqlite3_file *f, int flags) {
	ASK(OP_SYNC, 0, 0, 0);
	return SQLITE_OK;
}

static int fileControl(sqlite3_file *f, int op, void *arg) {
	if (op == SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
	sqlite3_file *r = REAL(f);
	return r->pMethods->xFileControl(r, op, arg);
}

static int fileSector(sqlite3_file *f) { return 512; }
static int fileDevice(sqlite3_file *f) { return faultvfsPowersafe(FILE(f)->vfs) ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0; }

#define PASS(name, args, call) \
	static int name args { sqlite3_file *r = REAL(f); return r->pMethods->call; }
PASS(fileSize, (sqlite3_file *f, sqlite3_int64 *size), xFileSize(r, size))
PASS(fileLock, (sqlite3_file *f, int level), xLock(r, level))
PASS(fileUnlock, (sqlite3_file *f, int level), xUnlock(r, level))
PASS(fileReserved, (sqlite3_file *f, int *out), xCheckReservedLock(r, out))
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
	int id;
} Vfs;

#define BASE(v) (((Vfs *)(v))->base)
#define ID(v) (((Vfs *)(v))->id)

static int vfsOpen(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
	memset(f, 0, sizeof(File));
	sqlite3_file *r = REAL(f);
	r->pMethods = 0;
	FILE(f)->vfs = ID(v);
	FILE(f)->file = faultvfsOpen(ID(v), (char *)name);
	if (FILE(f)->file < 0) return SQLITE_CANTOPEN;
	int rc = BASE(v)->xOpen(BASE(v), name, r, flags, out);
	if (r->pMethods) f->pMethods = &methods;
	return rc;
}

static int vfsDelete(sqlite3_vfs *v, const char *name, int sync) {
	int rc = faultvfsDelete(ID(v), (char *)name, sync);
	return rc ? rc : BASE(v)->xDelete(BASE(v), name, sync);
}

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

int faultvfs_register(const char *name, int id) {
	int rc = sqlite3_initialize();
	if (rc) return rc;
	sqlite3_vfs *below = sqlite3_vfs_find(0);
	Vfs *p = calloc(1, sizeof *p);
	char *copy = strdup(name);
	if (!below || !p || !copy) return SQLITE_NOMEM;
	p->base = below;
	p->id = id;
	p->vfs = (sqlite3_vfs){
		.iVersion = 2, .szOsFile = below->szOsFile + (int)sizeof(File), .mxPathname = below->mxPathname, .zName = copy,
		.xOpen = vfsOpen, .xDelete = vfsDelete, .xAccess = vfsAccess, .xFullPathname = vfsPath,
		.xDlOpen = vfsDlOpen, .xDlError = vfsDlError, .xDlSym = vfsDlSym, .xDlClose = vfsDlClose,
		.xRandomness = vfsRandom, .xSleep = vfsSleep, .xCurrentTime = vfsTime, .xGetLastError = vfsError,
		.xCurrentTimeInt64 = vfsTime64,
	};
	return sqlite3_vfs_register(&p->vfs, 0);
}
