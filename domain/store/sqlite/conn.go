package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"

	"backtobar/domain/store/pagevfs"
)

// reserveBytes is SQLite's file control that leaves room at the end of each
// page of a database that is made (SQLITE_FCNTL_RESERVE_BYTES).
const reserveBytes = 38

// role is what a connection is for.
type role int

const (
	locking role = iota
	marking
	writing
	reading
	copying
	examining
)

// pragmas are the settings of every connection that holds records, in this
// order. They run in the connect hook and not in the connection string, whose
// settings the driver would apply in an order of its own.
var pragmas = map[role][]string{
	marking: {"synchronous = full"},
	writing: append([]string{"journal_mode = wal", "synchronous = full"}, common...),
	reading: append([]string{"query_only = on"}, common...),
	// What copies must be able to write, elsewhere.
	copying:   common,
	examining: append([]string{"query_only = on"}, common...),
}

var common = []string{
	"busy_timeout = 5000",
	"foreign_keys = on",
	"recursive_triggers = on", // so that a replace fires the guards, too
	"secure_delete = on",
	"temp_store = memory",
	"trusted_schema = off",
	"cell_size_check = on",
	"journal_size_limit = 67108864",
	"cache_size = -16000",
}

// asserted are the answers without which a connection is not used. The
// driver's own default for synchronous would lose acknowledged saves when the
// power fails.
var asserted = map[role]map[string]string{
	writing: {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"},
	reading: {"journal_mode": "wal", "foreign_keys": "1", "query_only": "1"},
}

// connector opens connections of one role.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.driver }

// pool returns at most n connections of role r through the VFS called vfs; ""
// is SQLite's own, without encryption. Nothing is opened yet.
func pool(path, vfs string, r role, n int) *sql.DB {
	d := &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		if vfs != "" {
			// Before anything is read: the room for the seal is part of the
			// first page.
			if err := conn.SetFileControlInt("main", reserveBytes, pagevfs.ReservedBytes); err != nil {
				return err
			}
		}
		return prepare(conn, r)
	}}
	db := sql.OpenDB(connector{dsn: dsn(path, vfs, r), driver: d})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// dsn writes the path as a URI, so that no character of a folder name is taken
// for an option.
func dsn(path, vfs string, r role) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	u := url.URL{Scheme: "file", Path: p, RawQuery: "mode=rwc"}
	if r == writing {
		// A transaction that writes takes its lock at the start; one that first
		// reads and then writes could fail at once with "locked".
		u.RawQuery = "mode=rw&_txlock=immediate"
	}
	if r == reading || r == copying {
		u.RawQuery = "mode=rw"
	}
	if r == examining {
		// Nobody else knows of this file, and nothing may appear beside it.
		u.RawQuery = "mode=ro&immutable=1"
	}
	if r == locking {
		// The driver asks the file a question before the connect hook runs; a
		// lock that is held must be answered at once.
		u.RawQuery = "mode=rwc&_busy_timeout=0"
	}
	if vfs != "" {
		u.RawQuery += "&vfs=" + vfs
	}
	return u.String()
}

func prepare(conn *sqlite3.SQLiteConn, r role) error {
	for _, p := range pragmas[r] {
		if _, err := conn.Exec("pragma "+p, nil); err != nil {
			return err
		}
	}
	for name, want := range asserted[r] {
		got, err := answer(conn, "pragma "+name)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("sqlite: %s is %q and must be %q", name, got, want)
		}
	}
	return nil
}

func answer(conn *sqlite3.SQLiteConn, query string) (string, error) {
	rows, err := conn.Query(query, nil)
	if err != nil {
		return "", err
	}
	row := make([]driver.Value, 1)
	err = rows.Next(row)
	if closeErr := rows.Close(); err == nil || errors.Is(err, io.EOF) {
		err = closeErr
	}
	switch v := row[0].(type) {
	case []byte:
		return string(v), err
	default:
		return fmt.Sprint(v), err
	}
}
