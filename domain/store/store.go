// Package store opens the place where the clinic's records are kept. It is the
// only package that knows which kinds of place there are.
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/sqlite"
)

// Location says where the records are.
type Location struct {
	// Path is the file of the embedded store, on a disk of this computer.
	Path string
	// Key encrypts the file (pagevfs.KeySize bytes); an empty one does not.
	Key []byte
}

// Open opens the records and brings them to the newest layout. Errors that
// callers tell apart with errors.Is: domain.ErrInUse, domain.ErrReadOnly,
// domain.ErrStorageFull, domain.ErrDamaged, domain.ErrNewer. A place that is
// refused is not changed.
func Open(ctx context.Context, at Location, clock domain.Clock) (clinic.Store, error) {
	s, err := sqlite.Open(ctx, at.Path, at.Key, clock)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// fileName is the file of the embedded store in its folder.
const fileName = "records.db"

// InFolder returns the location in the folder; "" is the usual folder of this
// user.
func InFolder(folder string) (Location, error) {
	if folder == "" {
		home, err := os.UserConfigDir()
		if err != nil {
			return Location{}, fmt.Errorf("find the user's folder: %w", errors.Join(domain.ErrReadOnly, err))
		}
		folder = filepath.Join(home, "backtobar")
	}
	return Location{Path: filepath.Join(folder, fileName)}, nil
}
