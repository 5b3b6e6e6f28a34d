package screen

import (
	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
	"backtobar/gui/score"
)

// scoringHost lets F7 open the score sheet of the answer with the keyboard. The
// sheets are no Tab stops: a screen is typed straight through.
type scoringHost struct {
	*kit.FormScroll
	section *Section
}

// HandleKey implements kit.Host.
func (h scoringHost) HandleKey(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyF7 {
		if path := h.section.here(); calculators[path] != "" {
			h.section.score(path)
		} else {
			h.section.host.Say("This answer has no score sheet. F7 works where it is printed.")
		}
		return true
	}
	return h.FormScroll.HandleKey(k)
}

// score opens the sheet behind an answer and takes its result over.
func (s *Section) score(path string) {
	id := calculators[path]
	calculator, ok := s.svc.MeasureCatalog().Calculator(id)
	if !ok {
		return
	}
	s.focus(path)
	score.Open(score.Params{
		Router: s.host.Router(), Canvas: s.host.Canvas(),
		Calculator: calculator, Given: s.model.entries(id), Today: s.svc.Today(),
		Main: "Put into the form",
		Done: func(r score.Result) string {
			if text := s.model.score(path, r.Scored); text != "" {
				return text
			}
			s.paint()
			s.drafts.soon(s.keepNow)
			return ""
		},
	})
}
