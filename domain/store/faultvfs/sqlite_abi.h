// The part of SQLite's public interface that a VFS needs. SQLite promises never
// to change the order or meaning of these members, so that a wrapper compiled
// apart from the library keeps working; the driver's own header cannot be
// included from another package.
#ifndef BACKTOBAR_SQLITE_ABI_H
#define BACKTOBAR_SQLITE_ABI_H

typedef long long sqlite3_int64;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_io_methods sqlite3_io_methods;
typedef struct sqlite3_vfs sqlite3_vfs;

struct sqlite3_file {
	const sqlite3_io_methods *pMethods;
};

struct sqlite3_io_methods {
	int iVersion;
	int (*xClose)(sqlite3_file *);
	int (*xRead)(sqlite3_file *, void *, int n, sqlite3_int64 at);
	int (*xWrite)(sqlite3_file *, const void *, int n, sqlite3_int64 at);
	int (*xTruncate)(sqlite3_file *, sqlite3_int64 size);
	int (*xSync)(sqlite3_file *, int flags);
	int (*xFileSize)(sqlite3_file *, sqlite3_int64 *size);
	int (*xLock)(sqlite3_file *, int);
	int (*xUnlock)(sqlite3_file *, int);
	int (*xCheckReservedLock)(sqlite3_file *, int *);
	int (*xFileControl)(sqlite3_file *, int op, void *arg);
	int (*xSectorSize)(sqlite3_file *);
	int (*xDeviceCharacteristics)(sqlite3_file *);
	int (*xShmMap)(sqlite3_file *, int page, int size, int extend, void volatile **);
	int (*xShmLock)(sqlite3_file *, int offset, int n, int flags);
	void (*xShmBarrier)(sqlite3_file *);
	int (*xShmUnmap)(sqlite3_file *, int remove);
	int (*xFetch)(sqlite3_file *, sqlite3_int64 at, int n, void **);
	int (*xUnfetch)(sqlite3_file *, sqlite3_int64 at, void *);
};

struct sqlite3_vfs {
	int iVersion;
	int szOsFile;
	int mxPathname;
	sqlite3_vfs *pNext;
	const char *zName;
	void *pAppData;
	int (*xOpen)(sqlite3_vfs *, const char *, sqlite3_file *, int flags, int *outFlags);
	int (*xDelete)(sqlite3_vfs *, const char *, int syncDir);
	int (*xAccess)(sqlite3_vfs *, const char *, int flags, int *result);
	int (*xFullPathname)(sqlite3_vfs *, const char *, int n, char *out);
	void *(*xDlOpen)(sqlite3_vfs *, const char *);
	void (*xDlError)(sqlite3_vfs *, int n, char *message);
	void (*(*xDlSym)(sqlite3_vfs *, void *, const char *))(void);
	void (*xDlClose)(sqlite3_vfs *, void *);
	int (*xRandomness)(sqlite3_vfs *, int n, char *out);
	int (*xSleep)(sqlite3_vfs *, int microseconds);
	int (*xCurrentTime)(sqlite3_vfs *, double *);
	int (*xGetLastError)(sqlite3_vfs *, int, char *);
	int (*xCurrentTimeInt64)(sqlite3_vfs *, sqlite3_int64 *);
};

int sqlite3_initialize(void);
sqlite3_vfs *sqlite3_vfs_find(const char *name);
int sqlite3_vfs_register(sqlite3_vfs *, int makeDefault);
int sqlite3_vfs_unregister(sqlite3_vfs *);

enum {
	SQLITE_OK = 0,
	SQLITE_ERROR = 1,
	SQLITE_NOMEM = 7,
	SQLITE_NOTFOUND = 12,
	SQLITE_CANTOPEN = 14,
	SQLITE_IOERR_READ = 10 | 1 << 8,
	SQLITE_IOERR_SHORT_READ = 10 | 2 << 8,
	SQLITE_IOERR_WRITE = 10 | 3 << 8,
	SQLITE_IOERR_DATA = 10 | 32 << 8,

	SQLITE_OPEN_MAIN_DB = 0x00000100,
	SQLITE_OPEN_SUPER_JOURNAL = 0x00004000,
	SQLITE_OPEN_WAL = 0x00080000,

	SQLITE_FCNTL_SIZE_HINT = 5,
	SQLITE_FCNTL_CHUNK_SIZE = 6,
	SQLITE_FCNTL_MMAP_SIZE = 18,
	SQLITE_FCNTL_BEGIN_ATOMIC_WRITE = 31,

	SQLITE_IOCAP_ATOMIC4K = 0x00000010,
	SQLITE_IOCAP_SEQUENTIAL = 0x00000400,
	SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN = 0x00000800,
	SQLITE_IOCAP_POWERSAFE_OVERWRITE = 0x00001000,
	SQLITE_IOCAP_IMMUTABLE = 0x00002000,
};

#endif
