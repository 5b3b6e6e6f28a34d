package program

import (
	"fmt"
	"io/fs"
	"unicode"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// ExerciseText is an exercise in the patient's words.
type ExerciseText struct {
	Title string `json:"title"`
	// Short names it in the tick grid.
	Short string   `json:"short"`
	Need  string   `json:"need"`
	Steps []string `json:"steps"`
	// Cue is the one thing to think of.
	Cue string `json:"cue"`
}

// HandoutText is what a patient reads about the route, in one language.
type HandoutText struct {
	Language string `json:"language"`
	// ReviewedBy is who checked the translation, a certified translator, and
	// ReviewedOn the day; both "" while nobody has, and in the language that the
	// words were written in.
	ReviewedBy string `json:"reviewed_by,omitempty"`
	ReviewedOn string `json:"reviewed_on,omitempty"`
	// Steps titles each sub-stage, Tracks each preparation track.
	Steps     map[string]string       `json:"steps"`
	Tracks    map[string]string       `json:"tracks"`
	Exercises map[string]ExerciseText `json:"exercises"`
}

// LoadHandoutText reads handouts/<language>/exercises.json and checks it
// against the route: every exercise, sub-stage and track has its words.
func LoadHandoutText(fsys fs.FS, language string, l *Library) (*HandoutText, error) {
	b, err := fs.ReadFile(fsys, "handouts/"+language+"/exercises.json")
	if err != nil {
		return nil, fmt.Errorf("read the exercise texts: %w", err)
	}
	t := &HandoutText{}
	if err := strictjson.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("exercise texts: %w", err)
	}
	if err := t.check(language, l).Err(); err != nil {
		return nil, fmt.Errorf("exercise texts: %w", err)
	}
	return t, nil
}

// maxSteps is how many steps fit one card of a sheet.
const maxSteps = 5

func (t *HandoutText) check(language string, l *Library) (p domain.Problems) {
	if t.Language != language {
		p.Add("language", "must be "+language)
	}
	if (t.ReviewedBy == "") != (t.ReviewedOn == "") {
		p.Add("reviewed_by", "needs the translator and the day, or neither")
	}
	for id := range l.exercises {
		e, ok := t.Exercises[id]
		if !ok || e.Title == "" || e.Short == "" || e.Cue == "" || len(e.Steps) < 3 || len(e.Steps) > maxSteps {
			p.Add("exercises."+id, "needs a title, a short name, 3 to 5 steps and a cue")
		}
		for _, s := range append([]string{e.Title, e.Short, e.Need, e.Cue}, e.Steps...) {
			for _, r := range s {
				if !unicode.IsPrint(r) {
					p.Add("exercises."+id, "holds a character that cannot be printed")
				}
			}
		}
	}
	for id := range t.Exercises {
		if _, ok := l.exercises[id]; !ok {
			p.Add("exercises."+id, "there is no such exercise")
		}
	}
	for _, code := range append([]Code{Preparation}, routeCodes...) {
		if t.Steps[string(code)] == "" {
			p.Add("steps."+string(code), "needs a title")
		}
	}
	for id := range l.tracks {
		if t.Tracks[id] == "" {
			p.Add("tracks."+id, "needs a title")
		}
	}
	return p
}
