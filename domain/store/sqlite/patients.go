package sqlite

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"backtobar/domain"
	"backtobar/domain/patient"
)

type patientStore struct{ *tx }

const patientColumns = `id, number, version, last_name, first_name, birth_date, sex,
	phone, no_phone, practice, created_at, updated_at`

func (t patientStore) scan(row scanner) (patient.Patient, error) {
	var p patient.Patient
	var born string
	var created, updated int64
	err := row.Scan(&p.ID, &p.Number, &p.Version, &p.LastName, &p.FirstName, &born, &p.Sex,
		&p.Phone, &p.NoPhone, &p.Practice, &created, &updated)
	if err != nil {
		return patient.Patient{}, err
	}
	if err := p.BirthDate.UnmarshalText([]byte(born)); err != nil {
		return patient.Patient{}, domain.ErrDamaged
	}
	p.CreatedAt, p.UpdatedAt = t.moment(created), t.moment(updated)
	return p, nil
}

// moment reads a stored time in the zone of the clock.
func (t *tx) moment(micro int64) time.Time { return time.UnixMicro(micro).In(t.now.Location()) }

func (t patientStore) Add(p patient.Patient) (patient.Patient, error) {
	if err := t.canWrite(); err != nil {
		return patient.Patient{}, err
	}
	switch _, err := t.Get(p.ID); {
	case err == nil:
		return patient.Patient{}, domain.ErrConflict
	case !errors.Is(err, domain.ErrNotFound):
		return patient.Patient{}, err
	}
	err := t.one([]any{&p.Number}, "select coalesce(max(number), 0) + 1 from patients")
	if err != nil {
		return patient.Patient{}, err
	}
	_, err = t.exec(`insert into patients(`+patientColumns+`, name_key) values (?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		p.ID, p.Number, p.Version, p.LastName, p.FirstName, p.BirthDate.String(), p.Sex,
		p.Phone, p.NoPhone, p.Practice, p.CreatedAt.UnixMicro(), p.UpdatedAt.UnixMicro(), patient.NameKey(p))
	if err != nil {
		return patient.Patient{}, err
	}
	return p, t.index(p)
}

func (t patientStore) Replace(p patient.Patient) error {
	old, err := t.Get(p.ID)
	if err != nil {
		return err
	}
	if p.Version != old.Version+1 {
		return domain.ErrConflict
	}
	p.Number = old.Number
	_, err = t.exec(`update patients set version = ?, last_name = ?, first_name = ?, name_key = ?,
		birth_date = ?, sex = ?, phone = ?, no_phone = ?, practice = ?, created_at = ?, updated_at = ? where id = ?`,
		p.Version, p.LastName, p.FirstName, patient.NameKey(p), p.BirthDate.String(), p.Sex,
		p.Phone, p.NoPhone, p.Practice, p.CreatedAt.UnixMicro(), p.UpdatedAt.UnixMicro(), p.ID)
	if err != nil {
		return err
	}
	return t.index(p)
}

// index writes the words that p is found by.
func (t patientStore) index(p patient.Patient) error {
	var rid int64
	if err := t.one([]any{&rid}, "select rid from patients where id = ?", p.ID); err != nil {
		return err
	}
	if _, err := t.exec("delete from patient_words where rid = ?", rid); err != nil {
		return err
	}
	words := patient.SearchWords(p)
	args := make([]any, 0, 2*len(words))
	for _, w := range words {
		args = append(args, w, rid)
	}
	if len(words) == 0 {
		return nil
	}
	_, err := t.exec("insert into patient_words(word, rid) values (?,?)"+strings.Repeat(",(?,?)", len(words)-1), args...)
	return err
}

func (t patientStore) Get(id domain.PatientID) (patient.Patient, error) {
	if err := t.usable(); err != nil {
		return patient.Patient{}, err
	}
	p, err := t.scan(t.sql.QueryRowContext(t.ctx, "select "+patientColumns+" from patients where id = ?", id))
	return p, t.fail(err)
}

func (t patientStore) Find(tokens []string, limit int) ([]patient.Patient, int, error) {
	// A token is the beginning of a word when it lies between itself and
	// itself followed by the highest character. Nothing is a wildcard. The
	// longest token fits the fewest patients and chooses them; the others are
	// asked only of those.
	tokens = slices.Clone(tokens)
	slices.SortStableFunc(tokens, func(a, b string) int { return len(b) - len(a) })
	conditions := []string{"true"}
	var args []any
	for i, token := range tokens {
		condition := "rid in (select rid from patient_words where word >= ? and word < ?)"
		if i > 0 {
			condition = "exists (select 1 from patient_words w where w.rid = patients.rid and w.word >= ? and w.word < ?)"
		}
		conditions = append(conditions, condition)
		args = append(args, token, token+string(utf8.MaxRune))
	}
	where := " from patients where " + strings.Join(conditions, " and ")
	var total int
	if err := t.one([]any{&total}, "select count(*)"+where, args...); err != nil {
		return nil, 0, err
	}
	found, err := many(t.tx, t.scan,
		"select "+patientColumns+where+" order by name_key, birth_date, number limit ?", append(args, limit)...)
	return found, total, err
}

func (t patientStore) SameBirthDate(d domain.Date) ([]patient.Patient, error) {
	return many(t.tx, t.scan,
		"select "+patientColumns+" from patients where birth_date = ? order by number", d.String())
}
