package course

import (
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/program"
)

// Session is one training session as it was done. Nil and absent mean "not
// asked"; that never counts as good.
type Session struct {
	Date     domain.Date  `json:"date"`
	SubStage program.Code `json:"sub_stage"`
	// Place is program.AtClinic or program.AtHome. Each place has its own
	// weights and so its own way up; pain counts in both.
	Place program.Where `json:"place"`
	// Deload: a planned lighter session. It proves nothing about more load.
	Deload bool `json:"deload,omitempty"`
	// Observed: the therapist saw it.
	Observed bool `json:"observed"`
	// PainBefore, PainAfter (right after the last set) and Pain24h (a day
	// later) are 0 to 10; PainWeek is the average of the last seven days as
	// asked before the session. PainWeek is optional.
	PainBefore *domain.Decimal `json:"pain_before"`
	PainAfter  *domain.Decimal `json:"pain_after"`
	Pain24h    *domain.Decimal `json:"pain_24h"`
	PainWeek   *domain.Decimal `json:"pain_week,omitempty"`
	// NewLegSymptom: new or spreading, before or during the session.
	NewLegSymptom *bool `json:"new_leg_symptom"`
	// RedFlags are the answers to the questions of every visit, by their id in
	// Rules.VisitQuestions; true is yes. An absent one was not asked.
	RedFlags map[string]bool `json:"red_flags"`
	// PoorSleep and Ill since the last session.
	PoorSleep bool `json:"poor_sleep,omitempty"`
	Ill       bool `json:"ill,omitempty"`
	// Exercises in any order, each once.
	Exercises []Exercise `json:"exercises"`
	// Stop says that the session was broken off, and why; nil otherwise.
	Stop *Stop `json:"stop,omitempty"`
	// Shown are exit criteria of the sub-stage, by id, that the therapist saw
	// met in this session and that nothing else measures.
	Shown []string `json:"shown,omitempty"`
	// By is who logged it, with credentials. Note is free text.
	By   string `json:"by"`
	Note string `json:"note,omitempty"`
}

// Exercise is one exercise of a session.
type Exercise struct {
	// Exercise is an id of the route.
	Exercise   string `json:"exercise"`
	Prescribed Work   `json:"prescribed"`
	// Done are the sets that were done; empty when none was.
	Done []Set `json:"done"`
	// RPE is the effort of the hardest set, 0 to 10; RPETarget its ceiling, nil
	// for that of the sub-stage.
	RPE       *domain.Decimal `json:"rpe"`
	RPETarget *domain.Decimal `json:"rpe_target,omitempty"`
	// PainDuring is the worst pain during this exercise, 0 to 10.
	PainDuring *domain.Decimal `json:"pain_during"`
	// FaultyReps is how many repeats had a fault; Faults names them.
	FaultyReps int      `json:"faulty_reps"`
	Faults     []string `json:"faults,omitempty"`
}

// Work is what is asked for.
type Work struct {
	Sets int `json:"sets"`
	// Reps of a set, or Seconds of a hold or a walk.
	Reps    int `json:"reps,omitempty"`
	Seconds int `json:"seconds,omitempty"`
	// Target is the exact mass that the rules came to, Load the weight that
	// there is for it. The next target comes from the target, so that rounding
	// never holds the load down. Nil without a weight.
	Target *domain.Mass `json:"target,omitempty"`
	Load   *domain.Mass `json:"load,omitempty"`
}

// Set is one set that was done, with the weight that was used.
type Set struct {
	Reps    int          `json:"reps,omitempty"`
	Seconds int          `json:"seconds,omitempty"`
	Load    *domain.Mass `json:"load,omitempty"`
}

// StopReason is why a session was broken off.
type StopReason string

// The reasons.
const (
	StopPain    StopReason = "pain"
	StopLeg     StopReason = "leg_symptom"
	StopRedFlag StopReason = "red_flag"
	StopFatigue StopReason = "fatigue"
	StopForm    StopReason = "form"
	StopTime    StopReason = "time"
	StopChoice  StopReason = "choice"
	StopOther   StopReason = "other"
)

// StopReasons are the reasons in the order of a list to choose from.
var StopReasons = []StopReason{StopPain, StopLeg, StopRedFlag, StopFatigue, StopForm, StopTime, StopChoice, StopOther}

// Words names the reason for people.
func (r StopReason) Words() string {
	switch r {
	case StopPain:
		return "Pain"
	case StopLeg:
		return "Leg symptom"
	case StopRedFlag:
		return "Warning question"
	case StopFatigue:
		return "Fatigue"
	case StopForm:
		return "Form was lost"
	case StopTime:
		return "No time"
	case StopChoice:
		return "Patient's choice"
	}
	return "Other"
}

// Stop says why a session was broken off. Note is needed for StopOther.
type Stop struct {
	Reason StopReason `json:"reason"`
	Note   string     `json:"note,omitempty"`
}

// Limits are the days between which a session can lie.
type Limits struct {
	// Planned is the day of the patient's first plan, Today the current day.
	Planned domain.Date
	Today   domain.Date
}

// The most that can be typed.
const (
	mostSets      = 20
	mostReps      = 100
	mostSeconds   = 3600
	mostExercises = 20
	mostLetters   = 2000
)

// Check returns what is impossible or missing in a session, one Problem a
// field, so that the rest can be kept: the fields are "date", "pain_before",
// "exercises[0].done[1].reps" and so on. A session that was broken off, or
// ended by its pain, needs no more than its day, its sub-stage, the red-flag
// answers and what happened.
func (r *Rules) Check(s Session, days Limits) (p domain.Problems) {
	switch {
	case s.Date.IsZero():
		p.Add("date", "Enter the day of the session.")
	case s.Date.Before(days.Planned):
		p.Add("date", fmt.Sprintf("This day is before the first plan of %s. Check the date, or log the session under an earlier plan.", days.Planned.Short()))
	case days.Today.Before(s.Date):
		p.Add("date", "This day is in the future. Enter the day on which the session was done.")
	}
	step, known := r.route.SubStage(s.SubStage)
	if !known && s.SubStage != program.Preparation {
		p.Add("sub_stage", "There is no such sub-stage. Choose 0, or 1A to 4C.")
	}
	if s.Place != program.AtClinic && s.Place != program.AtHome {
		p.Add("place", "Say where it was done: in the clinic or at home.")
	}
	if s.By == "" {
		p.Add("by", "Say who logged the session.")
	}
	r.checkAnswers(&p, s)
	r.checkStop(&p, s)
	r.checkExercises(&p, s, step.Main)
	for i, id := range s.Shown {
		if !slices.Contains(r.steps[s.SubStage].Exit.Shown, id) {
			p.Add(fmt.Sprintf("shown[%d]", i), "This goal does not belong to the sub-stage of the session.")
		}
	}
	if len(s.Note) > mostLetters {
		p.Add("note", fmt.Sprintf("Shorten the note to %d letters.", mostLetters))
	}
	return p
}

// checkAnswers holds pain and red flags.
func (r *Rules) checkAnswers(p *domain.Problems, s Session) {
	ended := s.Stop != nil || r.stopped(r.Signs(s))
	checkPain(p, "pain_before", "before the session", s.PainBefore, !ended)
	checkPain(p, "pain_after", "right after the session", s.PainAfter, false)
	checkPain(p, "pain_24h", "24 hours later", s.Pain24h, false)
	checkPain(p, "pain_week", "as the average of the last 7 days", s.PainWeek, false)
	if s.NewLegSymptom == nil && !ended {
		p.Add("new_leg_symptom", "Ask for a new or spreading symptom in a leg, and answer yes or no.")
	}
	for _, q := range r.VisitQuestions {
		if _, asked := s.RedFlags[q.ID]; !asked {
			p.Add("red_flags."+q.ID, "Ask this question and answer yes or no. It is asked at every visit.")
		}
	}
	for id := range s.RedFlags {
		if _, known := r.Question(id); !known {
			p.Add("red_flags."+id, "There is no such question of the visit.")
		}
	}
}

func checkPain(p *domain.Problems, field, when string, d *domain.Decimal, required bool) {
	switch {
	case d == nil && required:
		p.Add(field, "Enter the pain "+when+", 0 to 10.")
	case d != nil && (d.Sign() < 0 || d.Cmp(domain.NewDecimal(10)) > 0):
		p.Add(field, "Pain is from 0 to 10. Enter the pain "+when+" again.")
	}
}

func (r *Rules) checkStop(p *domain.Problems, s Session) {
	if s.Stop == nil {
		return
	}
	switch {
	case !slices.Contains(StopReasons, s.Stop.Reason):
		p.Add("stop.reason", "Choose why the session was stopped.")
	case s.Stop.Reason == StopOther && s.Stop.Note == "":
		p.Add("stop.note", "Write in a few words why the session was stopped.")
	case s.Stop.Reason == StopRedFlag && !s.anyRedFlag():
		p.Add("stop.reason", "No red-flag question is answered yes. Answer it, or choose another reason.")
	case s.Stop.Reason == StopLeg && !isTrue(s.NewLegSymptom):
		p.Add("stop.reason", "The question for a leg symptom is not answered yes. Answer it, or choose another reason.")
	}
	if len(s.Stop.Note) > mostLetters {
		p.Add("stop.note", fmt.Sprintf("Shorten the note to %d letters.", mostLetters))
	}
}

func (r *Rules) checkExercises(p *domain.Problems, s Session, main string) {
	if len(s.Exercises) > mostExercises {
		p.Add("exercises", fmt.Sprintf("Log at most %d exercises.", mostExercises))
	}
	if len(s.Exercises) == 0 && s.Stop == nil && !r.stopped(r.Signs(s)) {
		p.Add("exercises", "Log at least one exercise, or stop the session with a reason.")
	}
	seen := map[string]bool{}
	for i, e := range s.Exercises {
		field := fmt.Sprintf("exercises[%d]", i)
		x, known := r.route.Exercise(e.Exercise)
		switch {
		case !known:
			p.Add(field+".exercise", "There is no such exercise in the route.")
		case seen[e.Exercise]:
			p.Add(field+".exercise", "This exercise is logged twice. Put all its sets in one row.")
		}
		seen[e.Exercise] = true
		weighted := x.Needs == program.NeedsKettlebell || x.Needs == program.NeedsBarbell
		checkWork(p, field, e, weighted)
		checkRatings(p, field, e, e.Exercise == main && s.Stop == nil && len(e.Done) > 0)
	}
}

func checkWork(p *domain.Problems, field string, e Exercise, weighted bool) {
	w := e.Prescribed
	if w.Sets < 1 || w.Sets > mostSets || (w.Reps < 1) == (w.Seconds < 1) || w.Reps > mostReps || w.Seconds > mostSeconds {
		p.Add(field+".prescribed", fmt.Sprintf("Prescribe 1 to %d sets, each of 1 to %d repeats or 1 to %d seconds.", mostSets, mostReps, mostSeconds))
	}
	if weighted && w.Load == nil {
		p.Add(field+".prescribed.load", "Enter the weight that was planned, with kg or lb.")
	}
	for name, m := range map[string]*domain.Mass{"target": w.Target, "load": w.Load} {
		if m != nil && !liftable(*m) {
			p.Add(field+".prescribed."+name, fmt.Sprintf("A weight is above 0 and at most %d, in kg or lb.", mostMass))
		}
	}
	if len(e.Done) > mostSets {
		p.Add(field+".done", fmt.Sprintf("Log at most %d sets.", mostSets))
	}
	done := 0
	for i, set := range e.Done {
		at := fmt.Sprintf("%s.done[%d]", field, i)
		switch {
		case set.Reps < 0 || set.Reps > mostReps || set.Seconds < 0 || set.Seconds > mostSeconds:
			p.Add(at, fmt.Sprintf("A set has 1 to %d repeats, or 1 to %d seconds.", mostReps, mostSeconds))
		case set.Reps == 0 && set.Seconds == 0:
			p.Add(at+".reps", "A set of 0 repeats was not done. Leave it out; the missing set counts.")
		}
		if set.Load != nil && !liftable(*set.Load) {
			p.Add(at+".load", fmt.Sprintf("A weight is above 0 and at most %d, in kg or lb.", mostMass))
		}
		done += set.Reps
	}
	if e.FaultyReps < 0 || e.FaultyReps > done {
		p.Add(field+".faulty_reps", "The repeats with a fault cannot be more than the repeats done. Count them again.")
	}
}

// mostMass is the largest weight that can be typed.
const mostMass = 1000

func liftable(m domain.Mass) bool {
	return m.Unit.Valid() && m.Value.Sign() > 0 && m.Value.Cmp(domain.NewDecimal(mostMass)) <= 0
}

func checkRatings(p *domain.Problems, field string, e Exercise, required bool) {
	ten := domain.NewDecimal(10)
	switch {
	case e.RPE == nil && required:
		p.Add(field+".rpe", "Enter the effort of the hardest set, RPE 0 to 10.")
	case e.RPE != nil && (e.RPE.Sign() < 0 || e.RPE.Cmp(ten) > 0):
		p.Add(field+".rpe", "RPE is from 0 to 10. Enter the effort of the hardest set again.")
	}
	if e.RPETarget != nil && (e.RPETarget.Cmp(domain.NewDecimal(1)) < 0 || e.RPETarget.Cmp(ten) > 0) {
		p.Add(field+".rpe_target", "The effort ceiling is from 1 to 10.")
	}
	checkPain(p, field+".pain_during", "during this exercise", e.PainDuring, required)
}

// StartReasons returns why a session must not begin, from what is known before
// it, by the fields of Check: a red flag, a leg symptom, or too much pain. Empty
// when it may begin; what was not asked is a Problem of Check.
func (r *Rules) StartReasons(s Session) (p domain.Problems) {
	for _, q := range r.VisitQuestions {
		if s.RedFlags[q.ID] {
			p.Add("red_flags."+q.ID, q.Refer)
		}
	}
	if isTrue(s.NewLegSymptom) {
		p.Add("new_leg_symptom", "A new or spreading leg symptom: no lifting today. Examine the leg first.")
	}
	if above(s.PainBefore, r.Start.PainBeforeMost) {
		p.Add("pain_before", fmt.Sprintf("Pain above %s before starting: no lifting today.", r.Start.PainBeforeMost))
	}
	return p
}

// anyRedFlag reports whether a question of the visit was answered yes.
func (s Session) anyRedFlag() bool {
	for _, yes := range s.RedFlags {
		if yes {
			return true
		}
	}
	return false
}

// main returns the exercise that the sub-stage teaches, if it was done or
// planned in the session.
func (r *Rules) main(s *Session) *Exercise {
	main := r.steps[s.SubStage].main
	for i := range s.Exercises {
		if s.Exercises[i].Exercise == main {
			return &s.Exercises[i]
		}
	}
	return nil
}

// Signs returns what the table of verdicts looks at: the worst pain of all
// exercises and of the minutes after, and effort, repeats and faults of the
// lift that the sub-stage teaches. The order of exercises and sets does not
// matter.
func (r *Rules) Signs(s Session) Signs {
	red := s.anyRedFlag()
	out := Signs{PainBefore: s.PainBefore, Pain24h: s.Pain24h, NewLegSymptom: s.NewLegSymptom}
	if red || r.allAsked(s) {
		out.RedFlag = &red
	}
	for _, e := range s.Exercises {
		out.PainDuring = worse(out.PainDuring, e.PainDuring)
	}
	out.PainDuring = worse(out.PainDuring, s.PainAfter)
	if s.Stop != nil && s.Stop.Reason == StopPain {
		out.PainDuring = worse(out.PainDuring, r.painStop())
	}
	if s.Stop != nil && s.Stop.Reason == StopLeg {
		yes := true
		out.NewLegSymptom = &yes
	}
	e := r.main(&s)
	if e == nil {
		return out
	}
	out.RPE, out.RPETarget = e.RPE, e.RPETarget
	if out.RPETarget == nil {
		if step, ok := r.route.SubStage(s.SubStage); ok {
			ceiling := domain.NewDecimal(step.Dose.EffortRPE)
			out.RPETarget = &ceiling
		}
	}
	out.RepsDonePercent, out.FaultyRepsPercent = e.doneShare(), e.faultShare()
	return out
}

// painStop is a pain that stops an exercise: a session broken off for pain
// counts as stopped, whatever number was typed.
func (r *Rules) painStop() *domain.Decimal {
	d := r.Verdict.PainAmber.Add(domain.NewDecimal(1))
	return &d
}

func (r *Rules) allAsked(s Session) bool {
	for _, q := range r.VisitQuestions {
		if _, asked := s.RedFlags[q.ID]; !asked {
			return false
		}
	}
	return true
}

func worse(a, b *domain.Decimal) *domain.Decimal {
	if a == nil || b != nil && b.Cmp(*a) > 0 {
		return b
	}
	return a
}
