package memory

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

type rulesStore struct{ *tx }

func (t rulesStore) Append(v clinic.RulesVersion) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	if v.Number != len(t.state.rules)+1 {
		return domain.ErrConflict
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write the rules: %w", err)
	}
	t.state.rules = append(t.state.rules, b)
	return nil
}

func (t rulesStore) Latest() (clinic.RulesVersion, error) {
	if err := t.canRead(); err != nil {
		return clinic.RulesVersion{}, err
	}
	if len(t.state.rules) == 0 {
		return clinic.RulesVersion{}, domain.ErrNotFound
	}
	return decode[clinic.RulesVersion](t.state.rules[len(t.state.rules)-1])
}

func (t rulesStore) All() ([]clinic.RulesVersion, error) {
	if err := t.canRead(); err != nil {
		return nil, err
	}
	var out []clinic.RulesVersion
	for _, b := range t.state.rules {
		v, err := decode[clinic.RulesVersion](b)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (t rulesStore) Keep(s clinic.RulesSet) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	if _, kept := t.state.sets[s.Hash]; !kept {
		t.state.sets[s.Hash] = cloneSet(s)
	}
	return nil
}

func (t rulesStore) Kept(hash string) (clinic.RulesSet, error) {
	if err := t.canRead(); err != nil {
		return clinic.RulesSet{}, err
	}
	s, ok := t.state.sets[hash]
	if !ok {
		return clinic.RulesSet{}, domain.ErrNotFound
	}
	return cloneSet(s), nil
}

func cloneSet(s clinic.RulesSet) clinic.RulesSet {
	s.Edits, s.File = maps.Clone(s.Edits), slices.Clone(s.File)
	return s
}
