package sqlite

import (
	"encoding/json"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

type rulesStore struct{ *tx }

func (t rulesStore) Append(v clinic.RulesVersion) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var newest int
	if err := t.one([]any{&newest}, "select coalesce(max(number), 0) from rules_versions"); err != nil {
		return err
	}
	if v.Number != newest+1 {
		return domain.ErrConflict
	}
	b, err := encode(v)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into rules_versions(number, body) values (?, ?)", v.Number, b)
	return err
}

func (t rulesStore) Latest() (clinic.RulesVersion, error) {
	return single[clinic.RulesVersion](t.tx, "select body from rules_versions order by number desc limit 1")
}

func (t rulesStore) All() ([]clinic.RulesVersion, error) {
	return many(t.tx, body[clinic.RulesVersion], "select body from rules_versions order by number")
}

func (t rulesStore) Keep(s clinic.RulesSet) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var kept bool
	if err := t.one([]any{&kept}, "select exists (select 1 from rules_sets where hash = ?)", s.Hash); err != nil || kept {
		return err
	}
	b, err := encode(s)
	if err != nil {
		return err
	}
	file := s.File
	if file == nil {
		file = []byte{}
	}
	_, err = t.exec("insert into rules_sets(hash, body, file) values (?, ?, ?)", s.Hash, b, file)
	return err
}

func (t rulesStore) Kept(hash string) (clinic.RulesSet, error) {
	var b string
	var file []byte
	if err := t.one([]any{&b, &file}, "select body, file from rules_sets where hash = ?", hash); err != nil {
		return clinic.RulesSet{}, err
	}
	var s clinic.RulesSet
	if err := json.Unmarshal([]byte(b), &s); err != nil {
		return clinic.RulesSet{}, fmt.Errorf("read kept rules: %w", domain.ErrDamaged)
	}
	s.File = file
	return s, nil
}
