package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/outfile"
	"backtobar/domain/store/keyfile"
	"backtobar/domain/store/sealed"
	"backtobar/domain/store/sqlite"
)

// The names of what is in a backup.
const (
	manifestName = "manifest.json"
	// BackupEnding is how the name of a backup ends.
	BackupEnding = ".btb"
	// BackupLayout is the time in the name of a backup.
	BackupLayout = "20060102-150405"
	backupPrefix = "backtobar-"
)

// manifest says what a backup holds.
type manifest struct {
	At       time.Time       `json:"at"`
	Contents clinic.Contents `json:"contents"`
}

// BackupTime returns when a backup was made, by its name.
func BackupTime(name string) (time.Time, bool) {
	t, err := time.Parse(backupPrefix+BackupLayout+BackupEnding, filepath.Base(name))
	return t, err == nil
}

// Backup implements clinic.Backups.
func (v *Vault) Backup(ctx context.Context, o clinic.Opened, folder string, p clinic.Progress) (_ clinic.Backup, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up: %w", outfile.Kind(err))
		}
	}()
	records, isSQLite := o.Store.(*sqlite.Store)
	k, isOurs := o.Keys.(*keys)
	if !isSQLite || !isOurs {
		return clinic.Backup{}, errors.New("only the records of this computer can be backed up here")
	}
	keyText, key, err := k.lend()
	if err != nil {
		return clinic.Backup{}, err
	}
	defer clear(key)
	if err := os.MkdirAll(folder, lowestSystem); err != nil {
		return clinic.Backup{}, err
	}
	scratch, err := os.MkdirTemp(v.folder, ".backup-*")
	if err != nil {
		return clinic.Backup{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()

	size, err := records.Size(ctx)
	if err != nil {
		return clinic.Backup{}, err
	}
	p(clinic.StepCopy, 0, size)
	copied := filepath.Join(scratch, fileName)
	if err := records.CopyTo(ctx, copied); err != nil {
		return clinic.Backup{}, err
	}
	p(clinic.StepCopy, size, size)
	m := manifest{At: v.clock.Now().UTC().Truncate(time.Second)}
	if m.Contents, err = sqlite.Examine(ctx, copied, key); err != nil {
		return clinic.Backup{}, err
	}
	name := backupPrefix + m.At.Format(BackupLayout) + BackupEnding
	part, err := seal(ctx, folder, name, copied, keyText, key, m, p)
	if err != nil {
		return clinic.Backup{}, err
	}
	defer func() { _ = os.Remove(part) }() // it is gone when it has its name
	made, err := v.examine(ctx, part, func(*keyfile.File) ([]byte, error) { return bytes.Clone(key), nil }, scratch, p)
	if err != nil {
		return clinic.Backup{}, err
	}
	made.Path = filepath.Join(folder, name)
	if err := os.Rename(part, made.Path); err != nil {
		return clinic.Backup{}, err
	}
	return made, outfile.SyncFolder(folder)
}

// seal writes the backup under a name that is not its own yet.
func seal(ctx context.Context, folder, name, copied string, keyText, key []byte, m manifest, p clinic.Progress) (_ string, err error) {
	about, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	in, err := os.Open(copied)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	info, err := in.Stat()
	if err != nil {
		return "", err
	}
	out, err := os.CreateTemp(folder, "."+name+"-*")
	if err != nil {
		return "", err
	}
	defer func() {
		err = errors.Join(err, out.Close())
		if err != nil {
			_ = os.Remove(out.Name())
		}
	}()
	content := &metered{ctx: ctx, r: in, step: clinic.StepSeal, total: info.Size(), p: p}
	err = sealed.Write(out, keyText, key, m.At,
		sealed.Entry{Name: manifestName, Size: int64(len(about)), Content: bytes.NewReader(about)},
		sealed.Entry{Name: fileName, Size: info.Size(), Content: content})
	if err != nil {
		return "", err
	}
	return out.Name(), out.Sync()
}

// Examine implements clinic.Backups.
func (v *Vault) Examine(ctx context.Context, path, user, secret string, p clinic.Progress) (_ clinic.Backup, err error) {
	scratch, err := os.MkdirTemp("", "backtobar-check-*")
	if err != nil {
		return clinic.Backup{}, fmt.Errorf("check a backup: %w", outfile.Kind(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	b, err := v.examine(ctx, path, unlocking(user, secret), scratch, p)
	if err != nil {
		return clinic.Backup{}, fmt.Errorf("check a backup: %w", outfile.Kind(err))
	}
	return b, nil
}

// Restore implements clinic.Backups.
func (v *Vault) Restore(ctx context.Context, path, user, secret string, p clinic.Progress) (_ clinic.Backup, aside string, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore: %w", outfile.Kind(err))
		}
	}()
	if err := os.MkdirAll(v.folder, lowestSystem); err != nil {
		return clinic.Backup{}, "", err
	}
	release, err := sqlite.Hold(ctx, v.path(fileName))
	if err != nil {
		return clinic.Backup{}, "", err
	}
	defer func() { err = errors.Join(err, release()) }()
	scratch, err := os.MkdirTemp(v.folder, ".restore-*")
	if err != nil {
		return clinic.Backup{}, "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	b, err := v.examine(ctx, path, unlocking(user, secret), scratch, p)
	if err != nil {
		return clinic.Backup{}, "", err
	}
	keyText, err := keysOf(path)
	if err != nil {
		return clinic.Backup{}, "", err
	}
	aside, err = v.setAside()
	if err != nil {
		return clinic.Backup{}, aside, err
	}
	// The remembered row goes last: if the power fails before, records that are
	// missing are refused as missing and never begun anew.
	steps := []func() error{
		func() error { return os.Rename(filepath.Join(scratch, fileName), v.path(fileName)) },
		func() error { return outfile.Replace(v.path(keysName), keyText) },
		func() error { return outfile.Replace(v.path(keysCopy), keyText) },
		func() error { return outfile.Replace(v.path(fileName+".head"), nil) },
	}
	for _, do := range steps {
		if err := do(); err != nil {
			return clinic.Backup{}, aside, err
		}
	}
	return b, aside, outfile.SyncFolder(v.folder)
}

// setAside moves the records into a folder of their own and copies what belongs
// to them, so that everything that was there can be put back by hand.
func (v *Vault) setAside() (string, error) {
	if _, err := os.Stat(v.path(fileName)); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	aside := v.path("set-aside-" + v.clock.Now().UTC().Format(BackupLayout))
	if err := os.Mkdir(aside, lowestSystem); err != nil {
		return "", err
	}
	for _, name := range []string{keysName, keysCopy, fileName + ".head"} {
		b, err := os.ReadFile(v.path(name))
		if err == nil {
			err = outfile.Replace(filepath.Join(aside, name), b)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return aside, err
		}
	}
	// The log first: records without theirs would open without what is in it.
	for _, name := range []string{fileName + "-wal", fileName + "-shm", fileName} {
		if err := os.Rename(v.path(name), filepath.Join(aside, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return aside, err
		}
	}
	return aside, nil
}

// unlocking opens a key file as somebody typed it.
func unlocking(user, secret string) func(*keyfile.File) ([]byte, error) {
	return func(f *keyfile.File) ([]byte, error) {
		if user == "" {
			key, err := f.Recover(secret)
			return key, told(err)
		}
		key, err := f.Open(user, secret)
		return key, told(err)
	}
}

// keysOf returns the key file of a backup.
func keysOf(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // it was only read
	b, err := sealed.Open(in)
	if err != nil {
		return nil, err
	}
	return b.Keys, nil
}

// examine takes a backup apart into scratch and reads all of it.
func (v *Vault) examine(ctx context.Context, path string, unlock func(*keyfile.File) ([]byte, error), scratch string, p clinic.Progress) (clinic.Backup, error) {
	in, err := os.Open(path)
	if err != nil {
		return clinic.Backup{}, err
	}
	defer func() { _ = in.Close() }() // it was only read
	info, err := in.Stat()
	if err != nil {
		return clinic.Backup{}, err
	}
	b, err := sealed.Open(&metered{ctx: ctx, r: in, step: clinic.StepCheck, total: info.Size(), p: p})
	if err != nil {
		return clinic.Backup{}, err
	}
	f, err := keyfile.Decode(b.Keys)
	if err != nil {
		return clinic.Backup{}, err
	}
	key, err := unlock(f)
	if err != nil {
		return clinic.Backup{}, err
	}
	defer clear(key)
	records := filepath.Join(scratch, fileName)
	var m manifest
	err = b.Extract(key, func(name string, content io.Reader) error {
		switch name {
		case manifestName:
			return json.NewDecoder(content).Decode(&m)
		case fileName:
			return writeTo(records, content)
		}
		return fmt.Errorf("%w: a file that does not belong there", domain.ErrDamaged)
	})
	if err != nil {
		return clinic.Backup{}, err
	}
	found, err := sqlite.Examine(ctx, records, key)
	if err != nil {
		return clinic.Backup{}, err
	}
	if !sameContents(found, m.Contents) {
		return clinic.Backup{}, fmt.Errorf("%w: it does not hold what it says", domain.ErrDamaged)
	}
	return clinic.Backup{Path: path, At: m.At, Size: info.Size(), Contents: found}, nil
}

func sameContents(a, b clinic.Contents) bool {
	sameHead := a.Head.Seq == b.Head.Seq && string(a.Head.Seal) == string(b.Head.Seal)
	a.Head, b.Head = clinic.TrailHead{}, clinic.TrailHead{}
	return sameHead && fmt.Sprint(a) == fmt.Sprint(b)
}

func writeTo(path string, content io.Reader) (err error) {
	_ = os.Remove(path) // a copy from an earlier step
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, content)
	return errors.Join(err, out.Sync(), out.Close())
}

// metered is a reader that tells how far it is and ends with its context.
type metered struct {
	ctx         context.Context
	r           io.Reader
	step        string
	done, total int64
	told        int64
	p           clinic.Progress
}

// between is how many bytes are read between two reports.
const between = 4 << 20

func (m *metered) Read(b []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(b)
	m.done += int64(n)
	if m.done-m.told >= between || m.done == m.total {
		m.told = m.done
		m.p(m.step, m.done, m.total)
	}
	return n, err
}
