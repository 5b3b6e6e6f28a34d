package screen

import (
	"context"
	"errors"
	"sync"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// draftDelay is how far the stored draft may be behind the keys.
const draftDelay = time.Second

// keeper keeps the draft of the form. Writing is quick and happens on the
// window's goroutine, so that an older draft can never overtake a newer one;
// the lock keeps a draft from coming back behind a signature.
type keeper struct {
	svc     Service
	host    page.Host
	patient domain.PatientID

	mu      sync.Mutex
	dirty   bool
	waiting bool
	// failing says that the last attempt failed, so that one notice is enough;
	// why is the reason.
	failing bool
	why     string
}

// soon keeps the draft within draftDelay.
func (k *keeper) soon(keep func() bool) {
	k.dirty = true
	if k.waiting {
		return
	}
	k.waiting = true
	k.host.Runner().After(k.host.Context(), draftDelay, func() {
		k.waiting = false
		if k.dirty {
			keep()
		}
	})
}

// keepNow stores the draft and reports whether it is kept.
func (s *Section) keepNow() bool {
	if s.signing {
		return false
	}
	// The chart may be closing; what was typed is kept all the same.
	ctx := context.WithoutCancel(s.host.Context())
	err := s.drafts.keep(ctx, s.model)
	if err == nil {
		s.drafts.failing = false
		return true
	}
	s.drafts.why = clinic.Sentence(err)
	if !s.drafts.failing {
		s.drafts.failing = true
		s.host.Notify(look.Stop, clinic.Sentence(err)+" What you typed is still here.",
			page.Action{Text: "Try again", Do: s.Save})
	}
	return false
}

func (k *keeper) keep(ctx context.Context, m *model) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !m.touched() {
		if err := k.svc.DiscardDraft(ctx, k.patient, clinic.SectionScreen); err != nil {
			return err
		}
		k.dirty = false
		return nil
	}
	data, err := m.pack()
	if err != nil {
		return err
	}
	if err := k.svc.SaveDraft(ctx, k.patient, clinic.SectionScreen, data); err != nil {
		return err
	}
	k.dirty = false
	return nil
}

// loadDraft brings back unfinished work, with a notice that it did.
func (s *Section) loadDraft(ctx context.Context) {
	d, err := s.svc.Draft(ctx, s.patient, clinic.SectionScreen)
	if errors.Is(err, domain.ErrNotFound) {
		s.loaded = true
		return
	}
	if err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err), page.Action{Text: "Try again", Do: s.Refresh})
		return
	}
	s.loaded = true
	old, err := s.model.unpack(d.Data)
	if err != nil {
		s.model.clear()
		s.host.Notify(look.Attention, "The unfinished work on this screen could not be read. Signed screens are not affected. Ask again.")
		return
	}
	s.filling = true
	text := "Your unfinished work from " + s.when(d.At) + " was brought back."
	if old > 0 {
		text += " " + counted(old, "answer was", "answers were") + " too old and must be asked or measured again."
	}
	s.host.Notify(look.Info, text, page.Action{Text: "Discard draft", Do: s.discard})
}

// when is a moment in words: "10:42 am today", "10:42 am, Nov 20, 2026".
func (s *Section) when(t time.Time) string {
	clock := t.Format("3:04 pm")
	if day := domain.DateOf(t); day != s.svc.Today() {
		return clock + ", " + day.Short()
	}
	return clock + " today"
}

// discard empties the form; the draft can be brought back until the next
// notice.
func (s *Section) discard() {
	data, err := s.model.pack()
	if err == nil {
		err = s.svc.DiscardDraft(s.host.Context(), s.patient, clinic.SectionScreen)
	}
	if err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err))
		return
	}
	had := s.model.touched()
	s.drafts.dirty = false
	s.filling = s.current == nil
	s.empty()
	s.host.Canvas().Focus(s.FirstFocus())
	if !had {
		return
	}
	s.host.Notify(look.Info, "The unfinished work was discarded.", page.Action{Text: "Undo", Do: func() {
		if _, err := s.model.unpack(data); err != nil {
			return
		}
		s.filling = true
		s.arrange()
		s.keepNow()
		s.host.Canvas().Focus(s.FirstFocus())
	}})
}
