package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/outfile"
	"backtobar/domain/store/sqlite"
)

// Decrypt writes the open records as an ordinary SQLite database, which every
// tool can read, into a file that must not exist yet. From then on it is up to
// whoever asked to protect it.
func (v *Vault) Decrypt(ctx context.Context, o clinic.Opened, path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("decrypt: %w", outfile.Kind(err))
		}
	}()
	records, isSQLite := o.Store.(*sqlite.Store)
	k, isOurs := o.Keys.(*keys)
	if !isSQLite || !isOurs {
		return errors.New("only the records of this computer can be decrypted here")
	}
	_, key, err := k.lend()
	if err != nil {
		return err
	}
	defer clear(key)
	scratch, err := os.MkdirTemp(v.folder, ".decrypt-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	copied := filepath.Join(scratch, fileName)
	if err := records.CopyTo(ctx, copied); err != nil {
		return err
	}
	in, err := os.Open(copied)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return domain.ErrConflict
	}
	if err != nil {
		return err
	}
	err = errors.Join(sqlite.Decrypt(out, in, key), out.Sync(), out.Close())
	if err != nil {
		_ = os.Remove(path) // half a database is none
	}
	return err
}
