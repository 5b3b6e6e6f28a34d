// Package documents is the Documents section of a chart: the papers for
// clinicians as they will be printed, and those that were given out before.
//
// A save goes as in the Handouts section (docs/handouts.md): the file is put in
// its folder under a passing name, then the record is made with the exact
// bytes, and only then does the file get its name.
package documents

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/paper"
)

// Service is what this screen needs of the use cases.
type Service interface {
	Today() domain.Date
	Dossier(context.Context, domain.PatientID) (clinic.Dossier, error)
	Papers(context.Context, domain.PatientID) ([]clinic.Paper, error)
	IssuePaper(context.Context, clinic.PaperRequest) (clinic.Paper, error)
	PaperPDF(context.Context, domain.PaperID) (clinic.Paper, error)
}

// Press makes a paper of a kind and a size, "letter" or "a4". Its errors are
// domain.Problems, each naming what is missing or cannot be printed.
type Press func(ctx context.Context, kind clinic.PaperKind, size string, d clinic.Dossier) (paper.Sheet, error)

// model is the section without widgets.
type model struct {
	svc   Service
	press Press
	id    domain.PatientID

	kind   clinic.PaperKind
	size   string
	folder string
	// chosen: somebody chose the paper; until then it is the one that is due.
	chosen bool

	dossier clinic.Dossier
	papers  []clinic.Paper
	// about and outcome are the newest screen as it counts today, "" without one.
	about   domain.ScreenID
	outcome screen.Outcome
	made    made
	// saved is the path of the file saved last.
	saved string
	busy  bool
}

// made is a finished press run.
type made struct {
	sheet paper.Sheet
	kind  clinic.PaperKind
	size  string
	on    domain.Date
	about domain.ScreenID
	// run is which reading of the records it was made from.
	run  int
	err  error
	done bool
}

func newModel(svc Service, press Press, chart clinic.Chart, folder string) *model {
	m := &model{svc: svc, press: press, id: chart.Patient.ID, folder: folder, size: "letter", papers: chart.Papers, outcome: chart.Decision.Outcome}
	if chart.Screen != nil {
		m.about = chart.Screen.ID
	}
	m.kind = m.due()
	return m
}

// due is the paper that is most likely wanted.
func (m *model) due() clinic.PaperKind {
	switch {
	case m.about == "":
		return clinic.PaperIntake
	case clinic.Refers(m.outcome):
		return clinic.PaperReferral
	}
	return clinic.PaperSummary
}

// load reads the records.
func (m *model) load(ctx context.Context) error {
	d, err := m.svc.Dossier(ctx, m.id)
	if err != nil {
		return err
	}
	papers, err := m.svc.Papers(ctx, m.id)
	if err != nil {
		return err
	}
	m.dossier, m.papers, m.about, m.outcome = d, papers, "", ""
	if d.Current != nil {
		m.about, m.outcome = d.Current.Screen.ID, d.Current.Explanation.Decision.Outcome
	}
	if !m.chosen {
		m.kind = m.due()
	}
	m.made = made{run: m.made.run + 1}
	return nil
}

// choose takes another paper or size, and reports whether it must be made.
func (m *model) choose(kind clinic.PaperKind, size string) bool {
	if kind == "" || size == "" || kind == m.kind && size == m.size {
		return false
	}
	m.chosen = m.chosen || kind != m.kind
	m.kind, m.size = kind, size
	m.made = made{run: m.made.run + 1}
	return true
}

// making is one press run, made of copies so that it runs in the background.
type making struct {
	made
	dossier clinic.Dossier
}

func (m *model) order() making {
	out := making{dossier: m.dossier, made: made{kind: m.kind, size: m.size, on: m.dossier.On, run: m.made.run, done: true}}
	if m.kind.OfScreen() {
		out.about = m.about
	}
	return out
}

// make prints. It touches nothing of the model.
func (m *model) make(ctx context.Context, order making) made {
	out := order.made
	out.sheet, out.err = m.press(ctx, out.kind, out.size, order.dossier)
	return out
}

// take shows a finished press run, unless something was chosen or read since.
func (m *model) take(x made) bool {
	if x.run != m.made.run {
		return false
	}
	m.made = x
	return true
}

func (m *model) ready() bool { return m.made.done && m.made.err == nil }

// saving is one save, made of copies so that it runs in the background.
type saving struct {
	request      clinic.PaperRequest
	folder, name string
	// known are the papers that have a record already.
	known map[domain.PaperID]bool
}

// saved is what a save did.
type saved struct {
	record *clinic.Paper
	path   string
	// again: the record was there before.
	again bool
	// err is why there is no file; record tells whether there is a record.
	err error
}

func (m *model) save() saving {
	s := saving{folder: m.folder, known: map[domain.PaperID]bool{}, request: clinic.PaperRequest{PatientID: m.id, Kind: m.made.kind, On: m.made.on,
		ScreenID: m.made.about, Size: m.made.size, Pages: len(m.made.sheet.Pictures), PDF: m.made.sheet.PDF}}
	s.name = fileName(m.made.kind, m.dossier.Patient.Number, m.made.on)
	for _, p := range m.papers {
		s.known[p.ID] = true
	}
	return s
}

// run does it.
func (m *model) run(ctx context.Context, s saving) saved {
	staged, err := paper.Stage(s.folder, s.name, s.request.PDF)
	if err != nil {
		return saved{err: err}
	}
	p, err := m.svc.IssuePaper(ctx, s.request)
	if err != nil {
		staged.Drop()
		return saved{err: err}
	}
	path, err := paper.Keep(staged)
	return saved{record: &p, path: path, again: s.known[p.ID], err: err}
}

// copying is one save of a paper given before.
type copying struct {
	id           domain.PaperID
	folder, name string
}

func (m *model) copy(p clinic.Paper) copying {
	return copying{p.ID, m.folder, fileName(p.Kind, m.dossier.Patient.Number, domain.DateOf(p.At))}
}

// runCopy writes the bytes that were given out before, exactly.
func (m *model) runCopy(ctx context.Context, c copying) saved {
	kept, err := m.svc.PaperPDF(ctx, c.id)
	if err != nil {
		return saved{err: err, again: true}
	}
	staged, err := paper.Stage(c.folder, c.name, kept.PDF)
	if err != nil {
		return saved{record: &kept, again: true, err: err}
	}
	path, err := paper.Keep(staged)
	return saved{record: &kept, path: path, again: true, err: err}
}

// fileWords begin the file names.
var fileWords = map[clinic.PaperKind]string{clinic.PaperSummary: "clinician-summary", clinic.PaperReferral: "referral",
	clinic.PaperIntake: "intake-form", clinic.PaperScreen: "screening-form"}

// fileName names the file by the chart, never by the patient.
func fileName(kind clinic.PaperKind, chart int, on domain.Date) string {
	return fmt.Sprintf("%s-%06d-%s.pdf", fileWords[kind], chart, on)
}
