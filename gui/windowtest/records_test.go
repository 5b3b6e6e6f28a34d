//go:build unix

package windowtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/store"
)

// clock is the program's clock.
func clock(t *testing.T) domain.Clock {
	t.Helper()
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		t.Fatal(err)
	}
	return domain.FixedClock(at)
}

func (d desk) location(t *testing.T) store.Location {
	t.Helper()
	at, err := store.InFolder(d.data)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// The first person of every desk.
const user, passphrase = "rcastello", "river stone lamp tent"

// open opens the records while the program is not running.
func (d desk) open(t *testing.T) clinic.Opened {
	t.Helper()
	o, err := store.NewVault(d.location(t), clock(t)).Open(context.Background(), user, passphrase)
	if err != nil {
		t.Fatalf("the records do not open: %v", err)
	}
	return o
}

// setUp does what the first start asks for, without a window.
func (d desk) setUp(t *testing.T) {
	t.Helper()
	o, _, err := store.NewVault(d.location(t), clock(t)).Make(context.Background(), user, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	who := domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 12345"}
	_, err = clinic.New(clinic.Params{Store: o.Store, Clock: clock(t)}).SaveSettings(domain.WithActor(context.Background(), domain.Actor{User: user}),
		clinic.Settings{ClinicName: "Example Physical Therapy", Phone: "9545550100", LoadUnit: domain.Pound,
			Therapists: []domain.Actor{who}})
	if err != nil {
		t.Fatal(err)
	}
}

// records is everything that is kept.
type records struct {
	Settings clinic.Settings
	Patients []patient.Patient
	// The newest patient's.
	Intakes  []intake.Intake
	Screens  []clinic.SignedScreen
	Plans    []clinic.SignedPlan
	Handouts []clinic.Handout
	PDFs     [][]byte
	// Drafts by section.
	Drafts map[string]json.RawMessage
	Audit  []clinic.AuditEntry
}

// read reads everything through the store.
func (d desk) read(t *testing.T) records {
	t.Helper()
	o := d.open(t)
	defer o.Close()
	var r records
	err := o.Store.View(context.Background(), func(tx clinic.Tx) (err error) {
		if r.Settings, err = tx.Settings().Current(); err != nil {
			return err
		}
		if r.Audit, err = tx.Audit().All(); err != nil {
			return err
		}
		if r.Patients, _, err = tx.Patients().Find(nil, 100); err != nil || len(r.Patients) == 0 {
			return err
		}
		id := r.Patients[len(r.Patients)-1].ID
		var errs [4]error
		r.Intakes, errs[0] = tx.Intakes().All(id)
		r.Screens, errs[1] = tx.Screens().All(id)
		r.Plans, errs[2] = tx.Plans().All(id)
		r.Handouts, errs[3] = tx.Handouts().All(id)
		for _, h := range r.Handouts {
			whole, err := tx.Handouts().Get(h.ID)
			if err != nil {
				return err
			}
			r.PDFs = append(r.PDFs, whole.PDF)
		}
		r.Drafts = map[string]json.RawMessage{}
		for _, section := range []string{clinic.SectionIntake, clinic.SectionScreen, clinic.SectionPlan} {
			draft, err := tx.Drafts().Get(id, section)
			if err == nil {
				r.Drafts[section] = draft.Data
			} else if !errors.Is(err, domain.ErrNotFound) {
				return err
			}
		}
		return errors.Join(errs[:]...)
	})
	if err != nil {
		t.Fatalf("the records cannot be read: %v", err)
	}
	return r
}

// text is the records as text, for comparing all of them at once.
func (r records) text(t *testing.T) string {
	t.Helper()
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// actions are the deeds of the trail in order.
func (r records) actions() string {
	var out []string
	for _, a := range r.Audit {
		out = append(out, a.Action)
	}
	return strings.Join(out, " ")
}

// saved returns the only PDF on the computer, nil while there is none.
func (d desk) saved(t *testing.T) (path string, file []byte) {
	t.Helper()
	err := filepath.WalkDir(d.home, func(at string, _ os.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the program works here at the same time
		}
		if filepath.Ext(at) == ".pdf" {
			if path != "" {
				t.Errorf("more than one PDF: %s and %s", filepath.Base(path), filepath.Base(at))
			}
			path = at
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if path == "" {
		return "", nil
	}
	if file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return path, file
}

// pages are the words of a PDF, page by page, as another program reads them.
func pages(t *testing.T, path string) []string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// joined is the text with every run of spaces and line ends as one space.
func joined(text string) string { return strings.Join(strings.Fields(text), " ") }

func sum(b []byte) string {
	x := sha256.Sum256(b)
	return hex.EncodeToString(x[:])
}
