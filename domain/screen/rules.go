package screen

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// RedFlag is one safety question.
type RedFlag struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	// Question is asked so that yes is the worrying answer.
	Question string `json:"question"`
	// Action is EMERGENCY, URGENT_REFER, HOLD_REFER or REFER_ROUTINE.
	Action Outcome `json:"action"`
}

// referRoutine is an action, not an outcome: refer, and exercise may go on.
const referRoutine Outcome = "REFER_ROUTINE"

// RuleText is what is said when a rule speaks. Goals and texts name thresholds
// as {key}.
type RuleText struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Title string `json:"title"`
	// Goal is the threshold in words.
	Goal string `json:"goal"`
	// Text is the reason, in whole sentences.
	Text     string `json:"text"`
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Limit states how far the evidence goes, or is empty.
	Limit string `json:"limit"`
	// Change says what would lift a hold or a failed readiness rule. Rules that
	// stop for emergency or same-day care have none: nothing the screen can
	// name lifts them.
	Change string `json:"change"`
	// Lift says what would end the stage limit that the rule sets, if it can.
	Lift string `json:"lift"`
	// Lock says why no clinic can change the rule, for those that stop a patient
	// for emergency or same-day care.
	Lock string `json:"lock"`
}

// Rules are the screening rules of one version: the shipped ones, or those with
// a clinic's own values (With). They are read-only once made and safe to share.
type Rules struct {
	Version string `json:"version"`
	// Issued is the day of the shipped version.
	Issued     domain.Date          `json:"issued"`
	Thresholds map[string]Threshold `json:"thresholds"`
	// Intervals are how old each item may be; the limit itself is still valid.
	Intervals map[string]Threshold `json:"max_age_days"`
	// Windows are the waits before any loaded hinge, by kind of surgery.
	Windows map[string]Threshold `json:"surgery_window_weeks"`
	// Choices are the settings that are not numbers.
	Choices map[string]Choice `json:"choices"`
	// AnswerTimes are how old the answers may be that only a chart dates, see Facts.
	AnswerTimes map[string]Threshold `json:"answer_days"`
	// ClearanceTimes are how long a documented clearance counts, by name; the name
	// "other" stands for every clearance that is not named.
	ClearanceTimes map[string]Threshold `json:"clearance_days"`
	// RedFlags in the order in which they are asked.
	RedFlags []RedFlag  `json:"red_flags"`
	Texts    []RuleText `json:"rules"`
	// Precision, Costs and Checks serve explanations and decide nothing.
	Precision []Precision `json:"precision"`
	// Costs of each item that the form asks for.
	Costs  map[string]Cost `json:"costs"`
	Checks []CheckText     `json:"checks"`

	// MaxAgeDays, SurgeryWindowWeeks, AnswerDays and ClearanceDays are Intervals,
	// Windows, AnswerTimes and ClearanceTimes as whole numbers.
	MaxAgeDays         map[string]int `json:"-"`
	SurgeryWindowWeeks map[string]int `json:"-"`
	AnswerDays         map[string]int `json:"-"`
	ClearanceDays      map[string]int `json:"-"`
	// OverrideDays is how long an override lasts at most.
	OverrideDays int `json:"-"`

	hash   string
	file   []byte
	base   *Rules // the shipped rules; itself when nothing is edited
	clinic int    // the number of the clinic's version, 0 for the shipped rules
	edits  Edits

	flags   map[string]RedFlag
	texts   map[string]RuleText
	exact   map[string]Precision
	checks  map[string]CheckText
	lim     limits
	windows map[SurgeryKind]domain.Decimal
}

// Hash names these rules and no others, in lower-case hex; it is stored with
// every decision. It is the SHA-256 of the shipped file or, with a clinic's own
// values, of the file's hash, the version and the values.
func (r *Rules) Hash() string { return r.hash }

// RedFlag returns the question with that id.
func (r *Rules) RedFlag(id string) (RedFlag, bool) {
	f, ok := r.flags[id]
	return f, ok
}

// limits are the thresholds by name, so that a rule reads like its sentence.
type limits struct {
	NPRSFail, VASFail, ODIFail, ODICaution, RMDQFail, RMDQCaution,
	BSTMin, BSTBorder, BSTMax, BridgeRepsMin, BridgeHoldMin, MMTMin, AsymmetryMax,
	HingePainMax, PainConflict, AcuteWeeks,
	BPAbsSys, BPAbsDia, BPCrisisSys, BPCrisisDia, BPRelSys, BPRelDia,
	BPCautionSys, BPCautionDia, BPLowSys, HRUrgent, HRCaution,
	AgeMin, AgeCaution, FractureAge, SLRAngle, PostpartumWeeks, SurgeryYear,
	StartLowMax, StartDistressHigh, StartHighCap, TSKCaution,
	FastTrackContact, FastTrackPain, OverrideDays domain.Decimal

	// HingeDepth is the place in depths that the dowel hinge must reach.
	HingeDepth int
	// FastTrack: experienced lifters may skip stage 1.
	FastTrack bool
}

// names pairs each limit with its key in the file. A key that is missing from
// the file, or from here, fails LoadRules.
func (l *limits) names() map[string]*domain.Decimal {
	return map[string]*domain.Decimal{
		"nprs_fail": &l.NPRSFail, "vas_fail": &l.VASFail,
		"odi_fail": &l.ODIFail, "odi_caution": &l.ODICaution,
		"rmdq_fail": &l.RMDQFail, "rmdq_caution": &l.RMDQCaution,
		"bst_min": &l.BSTMin, "bst_border": &l.BSTBorder, "bst_max": &l.BSTMax,
		"bridge_reps_min": &l.BridgeRepsMin, "bridge_hold_min": &l.BridgeHoldMin,
		"mmt_min": &l.MMTMin, "asymmetry_max": &l.AsymmetryMax,
		"hinge_pain_max": &l.HingePainMax, "pain_conflict": &l.PainConflict,
		"acute_weeks":          &l.AcuteWeeks,
		"bp_absolute_systolic": &l.BPAbsSys, "bp_absolute_diastolic": &l.BPAbsDia,
		"bp_crisis_systolic": &l.BPCrisisSys, "bp_crisis_diastolic": &l.BPCrisisDia,
		"bp_relative_systolic": &l.BPRelSys, "bp_relative_diastolic": &l.BPRelDia,
		"bp_caution_systolic": &l.BPCautionSys, "bp_caution_diastolic": &l.BPCautionDia,
		"bp_low_systolic": &l.BPLowSys, "hr_urgent": &l.HRUrgent, "hr_caution": &l.HRCaution,
		"age_min": &l.AgeMin, "age_caution": &l.AgeCaution, "fracture_age": &l.FractureAge,
		"slr_angle": &l.SLRAngle, "postpartum_weeks": &l.PostpartumWeeks,
		"surgery_year": &l.SurgeryYear, "start_low_max": &l.StartLowMax,
		"start_distress_high": &l.StartDistressHigh, "start_high_cap": &l.StartHighCap,
		"tsk_caution": &l.TSKCaution, "fast_track_contact": &l.FastTrackContact,
		"fast_track_pain": &l.FastTrackPain, "override_days": &l.OverrideDays,
	}
}

// ruleIDs are the texts that the logic speaks with; the file must hold exactly
// these.
var ruleIDs = strings.Fields(`RF RF-FXC BP-1 BP-2 BP-3 BP-4 BP-5 HR-1 HR-2
	NEURO-1 NEURO-2 NEURO-3 NEURO-4 SLR-1 SLR-2 SCOPE-1 PREG-1 PREG-2
	BONE-1 BONE-2 BONE-3 SURG-1 PAIN-1 PAIN-2 PAIN-3 STR-1 STR-2 BORD-1
	DIS-1 DIS-2 STR-3 ASYM CONF-2 MOB-1 MOB-2 CONF-1 MECH-1 MECH-2 MECH-3
	ACUTE-1 PSY-1 PSY-2 START AGE STEROID INFL1 CLEARED FAST`)

// changing are the rules that hold or fail, and limiting those that cap the
// stage; each must say what would change that. locked are those that stop a
// patient for emergency or same-day care; each must say why it cannot be
// changed.
var (
	locked   = strings.Fields(`RF RF-FXC BP-1 BP-2 HR-1 NEURO-1 NEURO-2`)
	changing = strings.Fields(`RF RF-FXC BP-3 BP-5 NEURO-3 SCOPE-1 PREG-1 PREG-2 BONE-1 BONE-2 BONE-3
		SURG-1 PAIN-1 PAIN-2 PAIN-3 STR-1 STR-2 DIS-1 STR-3 MOB-1 MOB-2 MECH-1`)
	limiting = strings.Fields(`BP-3 NEURO-4 SLR-1 SLR-2 PREG-1 BONE-1 BONE-3 SURG-1 MECH-2 ACUTE-1 PSY-1`)
)

// ageItems are the items that have a re-test interval.
var ageItems = []string{"red_flags", "vitals", "pain", "disability",
	"biering_sorensen", "hip_extension", "dowel_hinge", "neuro", "health"}

// Groups are the reason groups in their fixed reading order.
var Groups = []string{"safety", "pain", "endurance", "disability", "strength", "hinge", "other"}

// LoadRules reads rules/screen.json from the folder and checks it whole: every
// key known and present, every value within its hard limits, every rule with a
// citation or "clinic default", every threshold named in a text existing.
func LoadRules(fsys fs.FS) (*Rules, error) {
	b, err := fs.ReadFile(fsys, "rules/screen.json")
	if err != nil {
		return nil, fmt.Errorf("read the screening rules: %w", err)
	}
	return ParseRules(b)
}

// ParseRules is LoadRules for the bytes of one rules file.
func ParseRules(b []byte) (*Rules, error) {
	r := &Rules{}
	if err := strictjson.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("screening rules: %w", err)
	}
	r.hash, r.file, r.base = sha256Hex(b), bytes.Clone(b), r
	problems := r.index()
	r.checkFloor(&problems)
	if err := problems.Err(); err != nil {
		return nil, fmt.Errorf("screening rules: %w", err)
	}
	return r, nil
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// index builds the look-ups and returns everything that is wrong.
func (r *Rules) index() (p domain.Problems) {
	if r.Version == "" || r.Issued.IsZero() {
		p.Add("version", "a version and its day of issue are required")
	}
	r.indexThresholds(&p)
	r.indexIntervals(&p)
	r.indexChoices(&p)
	r.indexClearances(&p)
	r.indexFlags(&p)
	r.indexTexts(&p)
	r.indexGuide(&p)
	return p
}

func (r *Rules) indexFlags(p *domain.Problems) {
	r.flags = map[string]RedFlag{}
	for i, f := range r.RedFlags {
		field := fmt.Sprintf("red_flags[%d]", i)
		switch f.Action {
		case Emergency, UrgentRefer, HoldRefer:
		case referRoutine:
			if f.ID != "INFL1" {
				p.Add(field, "only INFL1 may be REFER_ROUTINE, because its reason names rheumatology")
			}
		default:
			p.Add(field, "needs a known action")
		}
		if _, twice := r.flags[f.ID]; twice || f.ID == "" || f.Question == "" || f.Group == "" {
			p.Add(field, "needs an id of its own, a group and a question")
		}
		r.flags[f.ID] = f
	}
	for id, action := range safetyFloor {
		if r.flags[id].Action != action {
			p.Add("red_flags", id+" must be asked, with the action "+string(action))
		}
	}
}

// safetyFloor are the questions that no rules file may take away or weaken; it
// may add to them.
var safetyFloor = map[string]Outcome{
	"CES1": Emergency, "CES2": Emergency, "CES3": Emergency, "CES4": Emergency, "CES5": Emergency,
	"FX1": Emergency, "INF2": Emergency, "VAS1": Emergency, "VAS4": Emergency, "CV1": Emergency,
	"CES6": UrgentRefer, "NEU1": UrgentRefer, "NEU2": UrgentRefer, "FX2": UrgentRefer, "FX3": UrgentRefer,
	"CA1": UrgentRefer, "CA2": UrgentRefer, "CA3": UrgentRefer, "CA4": UrgentRefer,
	"INF1": UrgentRefer, "INF3": UrgentRefer, "INFL2": UrgentRefer,
	"VAS5": UrgentRefer, "VIS1": UrgentRefer, "CV2": UrgentRefer,
	"CA5": HoldRefer, "VAS2": HoldRefer, "VAS3": HoldRefer, "CV3": HoldRefer, "CV4": HoldRefer,
	"CV5": HoldRefer, "GEN1": HoldRefer, "INFL1": referRoutine,
}

func (r *Rules) indexTexts(p *domain.Problems) {
	var pairs []string
	for key, t := range r.Thresholds {
		pairs = append(pairs, "{"+key+"}", t.Value.String())
	}
	for key, c := range r.Choices {
		pairs = append(pairs, "{"+key+"}", lowerFirst(words(c.Value)))
	}
	fill := strings.NewReplacer(pairs...)
	r.texts = map[string]RuleText{}
	for i, t := range r.Texts {
		field := fmt.Sprintf("rules[%d]", i)
		t.Goal, t.Text = fill.Replace(t.Goal), fill.Replace(t.Text)
		t.Change, t.Lift = fill.Replace(t.Change), fill.Replace(t.Lift)
		if _, twice := r.texts[t.ID]; twice {
			p.Add(field, "has the id of another rule")
		}
		if !contains(Groups, t.Group) || t.Title == "" || t.Goal == "" || t.Text == "" {
			p.Add(field, "needs a known group, a title, a goal and a text")
		}
		if !tagged(t.Tag, t.Citation) {
			p.Add(field, "needs "+wantTag)
		}
		if strings.ContainsAny(t.Goal+t.Text+t.Change+t.Lift, "{}") {
			p.Add(field, "names a threshold that does not exist")
		}
		r.texts[t.ID] = t
	}
	for _, id := range ruleIDs {
		if _, ok := r.texts[id]; !ok {
			p.Add("rules", id+" is missing")
		}
	}
	for _, id := range changing {
		if r.texts[id].Change == "" {
			p.Add("rules", id+" needs a sentence on what would change it")
		}
	}
	for _, id := range limiting {
		if r.texts[id].Lift == "" {
			p.Add("rules", id+" needs a sentence on what would lift its limit")
		}
	}
	for _, id := range locked {
		if r.texts[id].Lock == "" {
			p.Add("rules", id+" needs a sentence on why no clinic can change it")
		}
	}
	if len(r.texts) != len(ruleIDs) {
		p.Add("rules", "holds a rule that the program does not know")
	}
}

// Where a rule or a number is from.
const (
	// TagSource: the citation states it, and was read.
	TagSource = "source"
	// TagSecondary: the citation is said to state it, by a secondary page or by a
	// reader who had no full text. A clinic confirms it before it relies on it.
	TagSecondary = "secondary source"
	// TagDefault: no study states it; the clinic chose it.
	TagDefault = "clinic default"
)

const wantTag = `the tag "source", "secondary source" or "clinic default" with its citation`

// tagged reports whether a tag is known and fits its citation: a source that is
// called a clinic default is none.
func tagged(tag, citation string) bool {
	switch tag {
	case TagSource, TagSecondary:
		return citation != "" && citation != TagDefault
	}
	return tag == TagDefault && citation != ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
