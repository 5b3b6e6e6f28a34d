package handout

import (
	"fmt"
	"io/fs"
	"strings"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/strictjson"
)

// Text is the words of the home program that are the same for every patient,
// in one language. Words in braces are filled in.
type Text struct {
	Language string `json:"language"`
	About    string `json:"about"`
	// ReviewedBy is the certified translator who checked a translation, and
	// ReviewedOn the day; both "" while nobody has, and for English. While they
	// are "", every page of a translation says NotReviewed.
	ReviewedBy   string   `json:"reviewed_by,omitempty"`
	ReviewedOn   string   `json:"reviewed_on,omitempty"`
	NotReviewed  string   `json:"not_reviewed,omitempty"`
	Document     string   `json:"document"`
	Title        string   `json:"title"`
	For          string   `json:"for"`
	Step         string   `json:"step"`
	GettingReady string   `json:"getting_ready"`
	Ladder       []string `json:"ladder"`
	WhatTitle    string   `json:"what_title"`
	Main         string   `json:"main"`
	DaysSame     string   `json:"days_same"`
	DaysOne      string   `json:"days_one"`
	DaysDiffer   string   `json:"days_differ"`
	Day          string   `json:"day"`
	Days         string   `json:"days"`
	RestDay      string   `json:"rest_day"`
	Until        string   `json:"until"`
	Need         string   `json:"need"`
	Effort       string   `json:"effort"`
	// InSession stands in place of a weight that the therapist sets.
	InSession string `json:"in_session"`
	Start     string `json:"start"`
	Finish    string `json:"finish"`
	Hold      string `json:"hold"`
	// Dose are the words of the dose boxes.
	Dose      program.DoseNames `json:"dose"`
	PainTitle string            `json:"pain_title"`
	PainRange string            `json:"pain_range"`
	PainAbove string            `json:"pain_above"`
	// Pain is the pain guide: bands that cover 0 to 10 without a gap. It is the
	// only place from which the sheet states a pain limit.
	Pain       []PainBand `json:"pain"`
	StopTitle  string     `json:"stop_title"`
	Stop       []string   `json:"stop"`
	ERTitle    string     `json:"er_title"`
	ER         []string   `json:"er"`
	FlareTitle string     `json:"flare_title"`
	Flare      string     `json:"flare"`
	// FlareNoWeight stands in place of Flare on a sheet without a weight.
	FlareNoWeight string   `json:"flare_no_weight"`
	Week          string   `json:"week"`
	WeekStarting  string   `json:"week_starting"`
	Weekdays      []string `json:"weekdays"`
	PainRows      []string `json:"pain_rows"`
	// Notes heads the lines for the patient's own words.
	Notes          string   `json:"notes"`
	Log            string   `json:"log"`
	Call           string   `json:"call"`
	AfterHours     string   `json:"after_hours"`
	Disclaimer     string   `json:"disclaimer"`
	DisclaimerFull string   `json:"disclaimer_full"`
	Program        string   `json:"program"`
	Page           string   `json:"page"`
	Practice       string   `json:"practice"`
	Months         []string `json:"months"`
	Date           string   `json:"date"`
}

// PainBand says what to do with a pain from From to To, whole numbers of the
// 0 to 10 scale.
type PainBand struct {
	From int    `json:"from"`
	To   int    `json:"to"`
	Text string `json:"text"`
	// NoWeight stands in place of Text on a sheet without a weight; "" where
	// Text does not speak of one.
	NoWeight string `json:"no_weight,omitempty"`
}

// How many lines the safety boxes have: all of them, on every sheet.
const (
	stopLines = 4
	erLines   = 5
	worstPain = 10
)

// LoadText reads handouts/<language>/text.json and checks it whole: a safety
// line that is missing, or a pain that no band covers, is an error.
func LoadText(fsys fs.FS, language string) (*Text, error) {
	b, err := fs.ReadFile(fsys, "handouts/"+language+"/text.json")
	if err != nil {
		return nil, fmt.Errorf("read the handout texts: %w", err)
	}
	t := &Text{}
	if err := strictjson.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("handout texts: %w", err)
	}
	if err := t.check(language).Err(); err != nil {
		return nil, fmt.Errorf("handout texts: %w", err)
	}
	return t, nil
}

func (t *Text) check(language string) (p domain.Problems) {
	if t.Language != language {
		p.Add("language", "must be "+language)
	}
	for field, text := range map[string]string{
		"document": t.Document, "title": t.Title, "for": t.For, "step": t.Step, "getting_ready": t.GettingReady,
		"what_title": t.WhatTitle, "main": t.Main, "days_same": t.DaysSame, "days_one": t.DaysOne, "days_differ": t.DaysDiffer,
		"day": t.Day, "days": t.Days, "rest_day": t.RestDay, "until": t.Until, "need": t.Need, "effort": t.Effort, "in_session": t.InSession,
		"start": t.Start, "finish": t.Finish, "hold": t.Hold, "pain_title": t.PainTitle, "pain_range": t.PainRange,
		"pain_above": t.PainAbove, "stop_title": t.StopTitle, "er_title": t.ERTitle, "flare_title": t.FlareTitle,
		"flare": t.Flare, "flare_no_weight": t.FlareNoWeight, "week": t.Week, "week_starting": t.WeekStarting, "log": t.Log, "notes": t.Notes, "call": t.Call,
		"after_hours": t.AfterHours, "disclaimer": t.Disclaimer, "disclaimer_full": t.DisclaimerFull,
		"program": t.Program, "page": t.Page, "practice": t.Practice, "date": t.Date,
	} {
		if text == "" {
			p.Add(field, "is missing")
		}
	}
	if (t.ReviewedBy == "") != (t.ReviewedOn == "") {
		p.Add("reviewed_by", "needs the translator and the day, or neither")
	}
	if language != source && t.NotReviewed == "" {
		p.Add("not_reviewed", "is missing")
	}
	for _, list := range []struct {
		field string
		lines []string
		want  int
	}{
		{"ladder", t.Ladder, 4}, {"stop", t.Stop, stopLines}, {"er", t.ER, erLines},
		{"weekdays", t.Weekdays, 7}, {"pain_rows", t.PainRows, 3}, {"months", t.Months, 12},
	} {
		if len(list.lines) != list.want {
			p.Add(list.field, fmt.Sprintf("must have %d lines", list.want))
		}
		for _, line := range list.lines {
			if line == "" {
				p.Add(list.field, "has an empty line")
			}
		}
	}
	next := 0
	for _, band := range t.Pain {
		if band.From != next || band.To < band.From || band.Text == "" {
			p.Add("pain", "the bands must cover 0 to 10 upward, without a gap and without overlap, each with its words")
			return p
		}
		next = band.To + 1
	}
	if next != worstPain+1 {
		p.Add("pain", "the last band must end at 10")
	}
	return p
}

// fill puts values into the braces: fill("Page {n}", "n", "1").
func fill(text string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// long writes a date in full, with the month in letters.
func (t *Text) long(d domain.Date) string {
	return fill(t.Date, "month", t.Months[d.Month-1], "day", fmt.Sprint(d.Day), "year", fmt.Sprint(d.Year))
}

// label is the number part of a pain band: "0 to 2:", or "More than 5:" for
// the last, so that 5.5 has its advice too.
func (t *Text) label(i int) string {
	band := t.Pain[i]
	if i == len(t.Pain)-1 && i > 0 {
		return fill(t.PainAbove, "n", fmt.Sprint(band.From-1))
	}
	return fill(t.PainRange, "from", fmt.Sprint(band.From), "to", fmt.Sprint(band.To))
}
