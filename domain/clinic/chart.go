package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// Next is the next thing to do for a patient, in words, and the section of the
// chart where it is done.
type Next struct {
	Text    string
	Section string
}

// The next things to do.
var (
	nextIntake   = Next{"Start intake", SectionIntake}
	nextScreen   = Next{"Start screen", SectionScreen}
	nextSign     = Next{"Screen: not signed", SectionScreen}
	nextNow      = Next{"Emergency: refer now", SectionScreen}
	nextStop     = Next{"Stopped: refer the same day", SectionScreen}
	nextWarned   = Next{"Warning at a session: screen again", SectionScreen}
	nextHold     = Next{"On hold: referral", SectionScreen}
	nextRescreen = Next{"Re-screen due", SectionScreen}
	nextResign   = Next{"Screen: sign again", SectionScreen}
	nextFinding  = Next{"Stop not closed: record the finding", SectionScreen}
	nextPlan     = Next{"Plan ready to sign", SectionPlan}
	nextPrint    = Next{"Print handout", SectionHandouts}
	nextNone     = Next{"None", SectionPlan}
)

// Chart is everything the frame around one patient shows.
type Chart struct {
	Patient patient.Patient
	// Rules are the screening rules in force.
	Rules *screen.Rules
	// Age is completed years today.
	Age int
	// Intake, Screen and Plan are the newest versions, nil when there is none.
	Intake *intake.Intake
	Screen *SignedScreen
	// Decision is the newest screen as it counts today; zero without a screen.
	Decision screen.Decision
	// Overrides are in force today. Resign says why the screen must be signed
	// again, "" when it need not be. Count is that of the practitioner of
	// record.
	Overrides []screen.Override
	Resign    string
	// OpenStop is as in Current.
	OpenStop string
	Count    PractitionerCount
	Plan     *SignedPlan
	// Handouts without their bytes, oldest first.
	Handouts []Handout
	// Papers are those for clinicians, without their bytes, oldest first.
	Papers []Paper
	// Sessions are the newest version of each session, by day.
	Sessions []LoggedSession
	// Warned: a red-flag question was answered yes at a session after the
	// newest screen. Nothing may be lifted before the next screen.
	Warned bool
	// The states of the sections in words, for the rail.
	IntakeState   string
	ScreenState   string
	PlanState     string
	SessionsState string
	HandoutsState string
	// Next is the next thing to do.
	Next Next
}

// Chart returns the chart of a patient, or domain.ErrNotFound.
func (s *Service) Chart(ctx context.Context, id domain.PatientID) (Chart, error) {
	return view(ctx, s, func(tx Tx) (Chart, error) {
		p, err := tx.Patients().Get(id)
		if err != nil {
			return Chart{}, err
		}
		return s.chart(tx, p)
	})
}

func (s *Service) chart(tx Tx, p patient.Patient) (Chart, error) {
	today := domain.DateOf(tx.Now())
	c := Chart{Patient: p, Age: p.BirthDate.AgeOn(today)}
	var err error
	if c.Rules, err = s.rules.in(tx); err != nil {
		return Chart{}, fmt.Errorf("read the rules: %w", err)
	}
	in, hasIntake, err := latest(tx.Intakes().Latest(p.ID))
	if err != nil {
		return Chart{}, fmt.Errorf("read the intake: %w", err)
	}
	if hasIntake {
		c.Intake = &in
	}
	signed, hasScreen, err := latest(tx.Screens().Latest(p.ID))
	if err != nil {
		return Chart{}, fmt.Errorf("read the screen: %w", err)
	}
	if hasScreen {
		now, err := s.standingOn(tx, p, signed, c.Rules, today)
		if err != nil {
			return Chart{}, err
		}
		c.Screen, c.Decision = &signed, now.Explanation.Decision
		c.Overrides, c.Resign, c.OpenStop, c.Count = now.Overrides, now.Resign, now.OpenStop, now.Count
	}
	plan, hasPlan, err := latest(tx.Plans().Latest(p.ID))
	if err != nil {
		return Chart{}, fmt.Errorf("read the plan: %w", err)
	}
	if hasPlan {
		c.Plan = &plan
	}
	if c.Handouts, err = tx.Handouts().All(p.ID); err != nil {
		return Chart{}, fmt.Errorf("read the handouts: %w", err)
	}
	if c.Papers, err = tx.Papers().All(p.ID); err != nil {
		return Chart{}, fmt.Errorf("read the papers: %w", err)
	}
	if hasPlan { // a session stands on a plan
		all, err := tx.Sessions().All(p.ID)
		if err != nil {
			return Chart{}, fmt.Errorf("read the sessions: %w", err)
		}
		c.Sessions = newest(all)
		since, err := asked(tx, signed)
		if err != nil {
			return Chart{}, err
		}
		c.Warned = warned(c.Sessions, since) != nil
	}
	drafts := map[string]bool{}
	for _, section := range draftSections {
		if _, drafts[section], err = latest(tx.Drafts().Get(p.ID, section)); err != nil {
			return Chart{}, fmt.Errorf("read the drafts: %w", err)
		}
	}
	c.describe(drafts)
	return c, nil
}

// describe puts the states and the next thing to do into words.
func (c *Chart) describe(drafts map[string]bool) {
	c.IntakeState = state(drafts[SectionIntake], c.Intake != nil, "done")
	c.ScreenState = state(drafts[SectionScreen], c.Screen != nil, "signed")
	c.PlanState = state(drafts[SectionPlan], c.Plan != nil, "signed")
	c.SessionsState = "none"
	switch n := len(c.Sessions); {
	case drafts[SectionSessions]:
		c.SessionsState = "draft"
	case n > 0:
		c.SessionsState = fmt.Sprintf("%d logged", n)
	}
	c.HandoutsState = "none"
	if n := len(c.Handouts); n > 0 {
		c.HandoutsState = fmt.Sprintf("%d given", n)
	}
	switch {
	case c.Screen != nil:
		c.Next = c.afterScreen(drafts[SectionPlan])
	case c.Intake != nil:
		c.Next = nextScreen
	default:
		c.Next = nextIntake
	}
	// Unfinished answers do not make a signed stop go away.
	stopped := c.Next == nextNow || c.Next == nextStop || c.Next == nextHold || c.Next == nextWarned || c.Next == nextFinding
	switch {
	case drafts[SectionScreen] && !stopped:
		c.Next = nextSign
	case c.Next == nextRescreen:
		c.ScreenState = "re-screen due"
	}
}

func (c *Chart) afterScreen(planDraft bool) Next {
	switch c.Decision.Outcome {
	case screen.Emergency:
		return nextNow
	case screen.UrgentRefer:
		return nextStop
	case screen.HoldRefer:
		return nextHold
	case screen.Ready, screen.NotReady:
		if c.Warned {
			return nextWarned
		}
	default:
		return nextRescreen
	}
	if c.Resign != "" {
		return nextResign
	}
	if c.OpenStop != "" {
		return nextFinding
	}
	if len(c.Decision.StaleSafety()) > 0 {
		return nextRescreen
	}
	allowed := c.Plan != nil && c.Plan.ScreenID == c.Screen.ID &&
		len(forbids(screen.Explanation{Decision: c.Decision}, c.Plan.Plan.Stage)) == 0
	if !allowed || planDraft {
		return nextPlan
	}
	for _, h := range c.Handouts {
		if h.PlanID == c.Plan.ID {
			return nextNone
		}
	}
	return nextPrint
}

func state(draft, kept bool, word string) string {
	switch {
	case draft:
		return "draft"
	case kept:
		return word
	}
	return "not started"
}
