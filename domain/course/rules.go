package course

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/strictjson"
)

// Rules are the numbers of progression of one version, with the route that
// they belong to. They are read-only after Load. Every number is a clinic
// default; docs/protocol.md says what stands behind it.
type Rules struct {
	Version string      `json:"version"`
	Issued  domain.Date `json:"issued"`
	// Verdict is the table for one session, Decision that for a history.
	Verdict  VerdictRules  `json:"verdict"`
	Decision DecisionRules `json:"decision"`
	// Raise, Lower, Flare, Missed, Deload, Plateau and Start are what follows.
	Raise   RaiseRules   `json:"raise"`
	Lower   LowerRules   `json:"lower"`
	Flare   FlareRules   `json:"flare"`
	Missed  MissedRules  `json:"missed"`
	Deload  DeloadRules  `json:"deload"`
	Plateau PlateauRules `json:"plateau"`
	Start   StartRules   `json:"start"`
	// VisitQuestions are the four red-flag questions of every visit.
	VisitQuestions []VisitQuestion `json:"visit_questions"`
	// SubStages hold what each step of the route asks before the next one.
	SubStages []StepRules `json:"sub_stages"`
	// Measured are the limits of what is measured beside the sessions.
	Measured MeasuredRules `json:"measured"`

	hash  string
	route *program.Library
	steps map[program.Code]StepRules
}

// VerdictRules are the limits of one session.
type VerdictRules struct {
	// PainGreen is the most pain during a session that needs no watching,
	// PainAmber the most that may go on, 0 to 10.
	PainGreen domain.Decimal `json:"pain_green"`
	PainAmber domain.Decimal `json:"pain_amber"`
	// RiseRegress is the rise of pain from before to 24 hours after that takes
	// a step back: the minimal important change.
	RiseRegress domain.Decimal `json:"rise_regress"`
	// RepsAsked is the share of the repeats that must be done, in percent, and
	// FaultsMost the share of them that may have faults.
	RepsAsked  domain.Decimal `json:"reps_asked_percent"`
	FaultsMost domain.Decimal `json:"faults_percent"`
	// EasyBy is how far below its ceiling an effort is far too easy.
	EasyBy   domain.Decimal `json:"easy_by"`
	Source   string         `json:"source"`
	Citation string         `json:"citation"`
}

// DecisionRules are how many sessions in a row decide.
type DecisionRules struct {
	// Greens in a row, or Settled in a row that were green or amber, lead up;
	// Holds in a row lead down.
	Greens  int `json:"greens"`
	Settled int `json:"settled"`
	Holds   int `json:"holds"`
	// ExitSessions in a row show every exit criterion before the next
	// sub-stage; the therapist sees one of them.
	ExitSessions int    `json:"exit_sessions"`
	Source       string `json:"source"`
}

// RaiseRules are the limits of one step up.
type RaiseRules struct {
	// RepsStep is how many repeats are added at once.
	RepsStep int `json:"reps_step"`
	// BellJumpPercent is the largest step to the next bell that may be taken
	// at once; for a larger one BellBefore comes first and BellAfter after.
	BellJumpPercent int            `json:"bell_jump_percent"`
	BellBefore      program.Scheme `json:"bell_before"`
	BellAfter       program.Scheme `json:"bell_after"`
	// BarExtraReps above the range are added when no larger weight is allowed.
	BarExtraReps int `json:"bar_extra_reps"`
	// Step is what is added to a barbell; the Easy numbers hold after a session
	// that was far too easy. Most and Percent limit it.
	StepKg      domain.Decimal `json:"step_kg"`
	StepLb      domain.Decimal `json:"step_lb"`
	EasyStepKg  domain.Decimal `json:"easy_step_kg"`
	EasyStepLb  domain.Decimal `json:"easy_step_lb"`
	MostKg      domain.Decimal `json:"most_kg"`
	MostLb      domain.Decimal `json:"most_lb"`
	EasyMostKg  domain.Decimal `json:"easy_most_kg"`
	EasyMostLb  domain.Decimal `json:"easy_most_lb"`
	Percent     domain.Decimal `json:"percent"`
	EasyPercent domain.Decimal `json:"easy_percent"`
	// TonnagePercent is the rise of a week's repeats times load that is told.
	TonnagePercent domain.Decimal `json:"tonnage_percent"`
	// EstimateDays is how long an estimated maximum counts.
	EstimateDays int    `json:"estimate_days"`
	Source       string `json:"source"`
}

// LowerRules are the limits of one step back.
type LowerRules struct {
	// KeptPercent of a barbell's load is kept; a bell goes one size down.
	KeptPercent domain.Decimal `json:"kept_percent"`
	// BackCount steps back within BackDays lead one sub-stage back, and
	// RescreenCount within RescreenDays to a new screen.
	BackCount     int    `json:"back_count"`
	BackDays      int    `json:"back_days"`
	RescreenCount int    `json:"rescreen_count"`
	RescreenDays  int    `json:"rescreen_days"`
	Source        string `json:"source"`
}

// FlareRules say what a flare-up is and how the way back begins.
type FlareRules struct {
	// Rise of the 7-day average for more than Hours is a flare; from
	// PainRescreen on the whole screen comes first.
	// The rise is counted from the lowest average of BaseDays before.
	Rise         domain.Decimal `json:"rise"`
	Hours        int            `json:"hours"`
	BaseDays     int            `json:"base_days"`
	PainRescreen domain.Decimal `json:"pain_rescreen"`
	// Up to ShortDays, MiddleDays and LongDays, and what is kept after them.
	ShortDays  int            `json:"short_days"`
	ShortKept  domain.Decimal `json:"short_kept_percent"`
	MiddleDays int            `json:"middle_days"`
	MiddleKept domain.Decimal `json:"middle_kept_percent"`
	LongDays   int            `json:"long_days"`
	// ReturnPercent is added per good session until the load before the flare.
	ReturnPercent domain.Decimal `json:"return_percent"`
	// ReentryKept of its last load is kept when a sub-stage is begun again.
	ReentryKept domain.Decimal `json:"reentry_kept_percent"`
	Source      string         `json:"source"`
}

// MissedRules say what days without a session take away.
type MissedRules struct {
	// Up to PlannedDays nothing changes; up to ShortDays and LongDays a share
	// is kept; after that the way is one sub-stage back and a new screen.
	PlannedDays int            `json:"planned_days"`
	ShortDays   int            `json:"short_days"`
	ShortKept   domain.Decimal `json:"short_kept_percent"`
	LongDays    int            `json:"long_days"`
	LongKept    domain.Decimal `json:"long_kept_percent"`
	Source      string         `json:"source"`
}

// DeloadRules say when a lighter week comes and how light it is.
type DeloadRules struct {
	// FromStage is the first stage with lighter weeks; after Weeks trained
	// weeks in a row the next one is lighter.
	FromStage int `json:"from_stage"`
	Weeks     int `json:"weeks"`
	// SetsKept and LoadKept are the shares that stay.
	SetsKept domain.Decimal `json:"sets_kept_percent"`
	LoadKept domain.Decimal `json:"load_kept_percent"`
	// Climb is the rise of the 7-day average from week to week that counts.
	Climb  domain.Decimal `json:"climb"`
	Source string         `json:"source"`
}

// PlateauRules say when no progress is a plateau.
type PlateauRules struct {
	// Sessions without more repeats or load at the effort ceiling are one; after
	// Cycles of them the therapist reviews the goal.
	Sessions int    `json:"sessions"`
	Cycles   int    `json:"cycles"`
	Source   string `json:"source"`
}

// StartRules say when a session does not begin.
type StartRules struct {
	// PainBeforeMost is the most pain before a session that may begin.
	PainBeforeMost domain.Decimal `json:"pain_before_most"`
	Source         string         `json:"source"`
}

// VisitQuestion is one of the four red-flag questions of every visit.
type VisitQuestion struct {
	ID string `json:"id"`
	// Text is the question, Refer what a yes leads to.
	Text  string `json:"text"`
	Refer string `json:"refer"`
	// Opens are the red flags of the full screen to ask first.
	Opens []string `json:"opens"`
}

// StepRules are the limits of one sub-stage.
type StepRules struct {
	Code program.Code `json:"code"`
	// BellCap is the level whose largest bell is the limit: light or moderate.
	BellCap program.Level `json:"bell_cap,omitempty"`
	// CeilingPercent of a valid estimated maximum of the same exercise is the
	// most that a raise may reach; 0 without a barbell.
	CeilingPercent domain.Decimal `json:"ceiling_percent,omitempty"`
	// LargerRange: the way is longer than in the sub-stage before.
	LargerRange bool `json:"larger_range,omitempty"`
	Exit        Exit `json:"exit"`

	// stage is that of the route, main the lift that it teaches.
	stage int
	main  string
}

// Exit is what the newest two sessions must show before the next sub-stage.
// Numbers that are 0 ask for nothing.
type Exit struct {
	Sets int `json:"sets"`
	Reps int `json:"reps"`
	// PainMost is the most pain during, RPEMost the most effort.
	PainMost domain.Decimal `json:"pain_most"`
	RPEMost  domain.Decimal `json:"rpe_most,omitempty"`
	// FaultsPerSet and FaultsPercent are the most faulty repeats.
	FaultsPerSet  *int            `json:"faults_per_set,omitempty"`
	FaultsPercent *domain.Decimal `json:"faults_percent,omitempty"`
	// Settled: no more pain after 24 hours than before.
	Settled bool `json:"settled,omitempty"`
	// Load is light, moderate, body, body_or_two_sizes or estimate.
	Load            string         `json:"load,omitempty"`
	BodyPercent     domain.Decimal `json:"body_percent,omitempty"`
	EstimatePercent domain.Decimal `json:"estimate_percent,omitempty"`
	// Goal: a goal that the therapist set replaces the share of body mass.
	Goal bool `json:"goal,omitempty"`
	// DifferentWeeks: the sessions are in two calendar weeks, from Monday on.
	DifferentWeeks bool `json:"different_weeks,omitempty"`
	// Shown are criteria that the therapist ticks in a session, Measured those
	// that are measured beside the sessions.
	Shown    []string `json:"shown,omitempty"`
	Measured []string `json:"measured,omitempty"`
}

// What an exit can ask of the load.
const (
	loadLight      = "light"
	loadModerate   = "moderate"
	loadBody       = "body"
	loadBodyOrSize = "body_or_two_sizes"
	loadEstimate   = "estimate"
)

// MeasuredRules are the limits of what is measured beside the sessions.
type MeasuredRules struct {
	// EnduranceSeconds must be exceeded by the Biering-Sørensen hold.
	EnduranceSeconds domain.Decimal `json:"endurance_seconds"`
	// ODIWorse points more than at the start keep 3B; ODIBetter points less, or
	// ODIGood percent or less, end the course.
	ODIWorse  domain.Decimal `json:"odi_worse"`
	ODIBetter domain.Decimal `json:"odi_better"`
	ODIGood   domain.Decimal `json:"odi_good"`
	// PSFSBetter points more, or PSFSGood or more, end the course.
	PSFSBetter domain.Decimal `json:"psfs_better"`
	PSFSGood   domain.Decimal `json:"psfs_good"`
	Source     string         `json:"source"`
	Citation   string         `json:"citation"`
}

// Load reads protocol/progression.json from the folder and checks it whole
// against the route.
func Load(fsys fs.FS, route *program.Library) (*Rules, error) {
	b, err := fs.ReadFile(fsys, "protocol/progression.json")
	if err != nil {
		return nil, fmt.Errorf("read the rules of progression: %w", err)
	}
	return Parse(b, route)
}

// Parse is Load for the bytes of one file. Unknown keys are refused.
func Parse(b []byte, route *program.Library) (*Rules, error) {
	r := &Rules{route: route}
	if err := strictjson.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("rules of progression: %w", err)
	}
	sum := sha256.Sum256(b)
	r.hash = hex.EncodeToString(sum[:])
	if err := r.check().Err(); err != nil {
		return nil, fmt.Errorf("rules of progression: %w", err)
	}
	return r, nil
}

// Route is the route that the rules belong to.
func (r *Rules) Route() *program.Library { return r.route }

// Hash is the SHA-256 of the rules' file in lower-case hex.
func (r *Rules) Hash() string { return r.hash }

// Question returns the visit question of that id.
func (r *Rules) Question(id string) (VisitQuestion, bool) {
	for _, q := range r.VisitQuestions {
		if q.ID == id {
			return q, true
		}
	}
	return VisitQuestion{}, false
}

// visitQuestions is how many red-flag questions each visit asks.
const visitQuestions = 4

// check returns everything that is wrong with the rules. A slip of the pen
// must not turn a limit off, so each number has hard limits.
func (r *Rules) check() (p domain.Problems) {
	if r.Version == "" || r.Issued.IsZero() {
		p.Add("version", "a version and its day of issue are required")
	}
	within := func(field string, d domain.Decimal, low, high int) {
		if d.Cmp(domain.NewDecimal(low)) < 0 || d.Cmp(domain.NewDecimal(high)) > 0 {
			p.Add(field, fmt.Sprintf("must be from %d to %d", low, high))
		}
	}
	count := func(field string, n, low, high int) { within(field, domain.NewDecimal(n), low, high) }
	within("verdict.pain_green", r.Verdict.PainGreen, 0, 3)
	within("verdict.pain_amber", r.Verdict.PainAmber, 2, 5)
	within("verdict.rise_regress", r.Verdict.RiseRegress, 1, 2)
	within("verdict.reps_asked_percent", r.Verdict.RepsAsked, 90, 100)
	within("verdict.faults_percent", r.Verdict.FaultsMost, 0, 30)
	within("verdict.easy_by", r.Verdict.EasyBy, 1, 5)
	if r.Verdict.PainGreen.Cmp(r.Verdict.PainAmber) >= 0 {
		p.Add("verdict.pain_amber", "must be above pain_green")
	}
	count("decision.greens", r.Decision.Greens, 2, 5)
	count("decision.settled", r.Decision.Settled, r.Decision.Greens, 6)
	count("decision.holds", r.Decision.Holds, 2, 3)
	count("decision.exit_sessions", r.Decision.ExitSessions, 2, 4)
	count("raise.reps_step", r.Raise.RepsStep, 1, 3)
	count("raise.bell_jump_percent", r.Raise.BellJumpPercent, 10, 34)
	count("raise.bar_extra_reps", r.Raise.BarExtraReps, 1, 4)
	count("raise.estimate_days", r.Raise.EstimateDays, 7, 56)
	r.Raise.checkSteps(&p, within)
	within("lower.kept_percent", r.Lower.KeptPercent, 50, 90)
	count("lower.back_count", r.Lower.BackCount, 2, 3)
	count("lower.back_days", r.Lower.BackDays, 7, 28)
	count("lower.rescreen_count", r.Lower.RescreenCount, 2, 4)
	count("lower.rescreen_days", r.Lower.RescreenDays, 14, 56)
	within("flare.rise", r.Flare.Rise, 1, 3)
	count("flare.hours", r.Flare.Hours, 24, 72)
	count("flare.base_days", r.Flare.BaseDays, 7, 28)
	within("flare.pain_rescreen", r.Flare.PainRescreen, 4, 8)
	count("flare.short_days", r.Flare.ShortDays, 1, 4)
	count("flare.middle_days", r.Flare.MiddleDays, r.Flare.ShortDays+1, 10)
	count("flare.long_days", r.Flare.LongDays, r.Flare.MiddleDays+1, 21)
	within("flare.short_kept_percent", r.Flare.ShortKept, 50, 90)
	within("flare.middle_kept_percent", r.Flare.MiddleKept, 40, 80)
	within("flare.reentry_kept_percent", r.Flare.ReentryKept, 50, 90)
	within("flare.return_percent", r.Flare.ReturnPercent, 5, 20)
	count("missed.planned_days", r.Missed.PlannedDays, 3, 9)
	count("missed.short_days", r.Missed.ShortDays, r.Missed.PlannedDays+1, 21)
	count("missed.long_days", r.Missed.LongDays, r.Missed.ShortDays+1, 42)
	within("missed.short_kept_percent", r.Missed.ShortKept, 70, 95)
	within("missed.long_kept_percent", r.Missed.LongKept, 50, 90)
	count("deload.from_stage", r.Deload.FromStage, 1, 4)
	count("deload.weeks", r.Deload.Weeks, 2, 6)
	within("deload.sets_kept_percent", r.Deload.SetsKept, 40, 80)
	within("deload.load_kept_percent", r.Deload.LoadKept, 70, 95)
	within("deload.climb", r.Deload.Climb, 0, 2)
	count("plateau.sessions", r.Plateau.Sessions, 3, 6)
	count("plateau.cycles", r.Plateau.Cycles, 1, 3)
	within("start.pain_before_most", r.Start.PainBeforeMost, 3, 5)
	for field, source := range map[string]string{"verdict": r.Verdict.Source, "decision": r.Decision.Source, "raise": r.Raise.Source,
		"lower": r.Lower.Source, "flare": r.Flare.Source, "missed": r.Missed.Source, "deload": r.Deload.Source,
		"plateau": r.Plateau.Source, "start": r.Start.Source, "measured": r.Measured.Source} {
		if source == "" {
			p.Add(field+".source", "is required: a citation or \"clinic default\"")
		}
	}
	r.checkQuestions(&p)
	r.checkSubStages(&p)
	slices.SortStableFunc(p, func(a, b domain.Problem) int {
		switch {
		case a.Field < b.Field:
			return -1
		case a.Field > b.Field:
			return 1
		}
		return 0
	})
	return p
}

func (r RaiseRules) checkSteps(p *domain.Problems, within func(string, domain.Decimal, int, int)) {
	within("raise.step_kg", r.StepKg, 1, 5)
	within("raise.step_lb", r.StepLb, 1, 10)
	within("raise.easy_step_kg", r.EasyStepKg, 1, 10)
	within("raise.easy_step_lb", r.EasyStepLb, 1, 20)
	within("raise.most_kg", r.MostKg, 1, 5)
	within("raise.most_lb", r.MostLb, 1, 10)
	within("raise.easy_most_kg", r.EasyMostKg, 1, 10)
	within("raise.easy_most_lb", r.EasyMostLb, 1, 20)
	within("raise.percent", r.Percent, 1, 10)
	within("raise.easy_percent", r.EasyPercent, 1, 20)
	within("raise.tonnage_percent", r.TonnagePercent, 5, 50)
	for _, s := range []program.Scheme{r.BellBefore, r.BellAfter} {
		if s.Sets < 1 || s.Sets > 5 || s.Reps < 3 || s.Reps > 15 {
			p.Add("raise.bell_before", "and bell_after need 1 to 5 sets of 3 to 15")
		}
	}
	if r.BellAfter.Reps >= r.BellBefore.Reps {
		p.Add("raise.bell_after", "must have fewer repeats than bell_before")
	}
}

func (r *Rules) checkQuestions(p *domain.Problems) {
	if len(r.VisitQuestions) != visitQuestions {
		p.Add("visit_questions", fmt.Sprintf("must be %d", visitQuestions))
	}
	seen := map[string]bool{}
	for i, q := range r.VisitQuestions {
		if q.ID == "" || seen[q.ID] || q.Text == "" || q.Refer == "" || len(q.Opens) == 0 {
			p.Add(fmt.Sprintf("visit_questions[%d]", i), "needs an id of its own, a text, what a yes leads to, and the questions that it opens")
		}
		seen[q.ID] = true
	}
}

// checkSubStages holds the steps to those of the route.
func (r *Rules) checkSubStages(p *domain.Problems) {
	r.steps = map[program.Code]StepRules{}
	route := r.route.SubStages()
	if len(route) != len(r.SubStages) {
		p.Add("sub_stages", "must be those of the route, in its order")
		return
	}
	for i, s := range r.SubStages {
		field := fmt.Sprintf("sub_stages[%d]", i)
		step := route[i]
		if s.Code != step.Code {
			p.Add(field+".code", "must be "+string(step.Code))
		}
		known := map[string]bool{}
		for _, c := range step.Exit {
			known[c.ID] = true
		}
		for _, id := range append(slices.Clone(s.Exit.Shown), s.Exit.Measured...) {
			if !known[id] {
				p.Add(field+".exit", id+" is no exit criterion of the route")
			}
		}
		main, _ := r.route.Exercise(step.Main)
		bell, bar := main.Needs == program.NeedsKettlebell, main.Needs == program.NeedsBarbell
		if bell != (s.BellCap == program.Light || s.BellCap == program.Moderate) {
			p.Add(field+".bell_cap", "a kettlebell step, and no other, needs light or moderate")
		}
		if bar != (s.CeilingPercent.Sign() > 0) || s.CeilingPercent.Cmp(domain.NewDecimal(90)) > 0 {
			p.Add(field+".ceiling_percent", "a barbell step, and no other, needs one of at most 90")
		}
		s.Exit.check(p, field+".exit")
		s.stage, s.main = step.Stage, step.Main
		r.steps[s.Code] = s
	}
}

func (e Exit) check(p *domain.Problems, field string) {
	if e.Sets < 1 || e.Reps < 1 || e.PainMost.Sign() <= 0 || e.PainMost.Cmp(domain.NewDecimal(5)) > 0 {
		p.Add(field, "needs sets, repeats and a pain limit of at most 5")
	}
	switch e.Load {
	case "", loadLight, loadModerate:
	case loadBody, loadBodyOrSize:
		if e.BodyPercent.Sign() <= 0 {
			p.Add(field+".body_percent", "is required")
		}
	case loadEstimate:
		if e.EstimatePercent.Sign() <= 0 {
			p.Add(field+".estimate_percent", "is required")
		}
	default:
		p.Add(field+".load", "must be light, moderate, body, body_or_two_sizes or estimate")
	}
}
