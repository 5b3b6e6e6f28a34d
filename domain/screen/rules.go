package screen

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// Threshold is one number of the rules with its source and hard limits.
type Threshold struct {
	Value domain.Decimal `json:"value"`
	Unit  string         `json:"unit"`
	// Low and High are the hard limits within which a clinic may set Value, so
	// that a typing slip cannot turn a safety gate off.
	Low  domain.Decimal `json:"low"`
	High domain.Decimal `json:"high"`
	// Tag is "source" or "clinic default".
	Tag string `json:"tag"`
	// Citation names the source, or says "clinic default".
	Citation string `json:"citation"`
}

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
}

// Rules are the screening rules of one version. They are read-only after
// LoadRules and safe to share.
type Rules struct {
	Version string `json:"version"`
	// Issued is the day of this version.
	Issued     domain.Date          `json:"issued"`
	Thresholds map[string]Threshold `json:"thresholds"`
	// MaxAgeDays is how old each item may be; the limit itself is still valid.
	MaxAgeDays map[string]int `json:"max_age_days"`
	// SurgeryWindowWeeks is the wait before any loaded hinge, by kind.
	SurgeryWindowWeeks map[string]int `json:"surgery_window_weeks"`
	// RedFlags in the order in which they are asked.
	RedFlags []RedFlag  `json:"red_flags"`
	Texts    []RuleText `json:"rules"`

	hash    string
	flags   map[string]RedFlag
	texts   map[string]RuleText
	lim     limits
	windows map[SurgeryKind]domain.Decimal
}

// Hash is the SHA-256 of the rules file in lower-case hex; it is stored with
// every decision.
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
	FastTrackContact, FastTrackPain domain.Decimal
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
		"fast_track_pain": &l.FastTrackPain,
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
// stage; each must say what would change that.
var (
	changing = strings.Fields(`RF RF-FXC BP-3 BP-5 NEURO-3 SCOPE-1 PREG-1 PREG-2 BONE-1 BONE-2 BONE-3
		SURG-1 PAIN-1 PAIN-2 PAIN-3 STR-1 STR-2 DIS-1 STR-3 MOB-1 MOB-2 MECH-1`)
	limiting = strings.Fields(`BP-3 NEURO-4 SLR-1 SLR-2 PREG-1 BONE-1 BONE-3 SURG-1 MECH-2 ACUTE-1 PSY-1`)
)

// ageItems are the items that have a re-test interval.
var ageItems = []string{"red_flags", "vitals", "pain", "disability",
	"biering_sorensen", "hip_extension", "dowel_hinge", "neuro", "health"}

// oldest are the longest intervals, in the order of ageItems, and shortest the
// shortest surgery windows, in the order of the form: a rules file may be
// stricter and never laxer (clinic defaults).
var (
	oldest   = [9]int{14, 30, 7, 30, 42, 42, 14, 30, 365}
	shortest = [7]int{12, 12, 12, 12, 26, 26, 26}
)

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
	sum := sha256.Sum256(b)
	r.hash = hex.EncodeToString(sum[:])
	if err := r.index().Err(); err != nil {
		return nil, fmt.Errorf("screening rules: %w", err)
	}
	return r, nil
}

// index builds the look-ups and returns everything that is wrong.
func (r *Rules) index() (p domain.Problems) {
	if r.Version == "" || r.Issued.IsZero() {
		p.Add("version", "a version and its day of issue are required")
	}
	r.indexThresholds(&p)
	r.indexIntervals(&p)
	r.indexFlags(&p)
	r.indexTexts(&p)
	return p
}

func (r *Rules) indexThresholds(p *domain.Problems) {
	names := r.lim.names()
	for key, dst := range names {
		t, ok := r.Thresholds[key]
		field := "thresholds." + key
		switch {
		case !ok:
			p.Add(field, "is missing")
		case t.Value.Cmp(t.Low) < 0 || t.Value.Cmp(t.High) > 0:
			p.Add(field, "must be from "+t.Low.String()+" to "+t.High.String())
		case !tagged(t.Tag, t.Citation) || t.Unit == "":
			p.Add(field, `needs a unit and the tag "source" or "clinic default" with its citation`)
		}
		*dst = t.Value
	}
	for key := range r.Thresholds {
		if names[key] == nil {
			p.Add("thresholds."+key, "no rule uses this threshold")
		}
	}
	sort.Slice(*p, func(i, j int) bool { return (*p)[i].Field < (*p)[j].Field })
}

func (r *Rules) indexIntervals(p *domain.Problems) {
	for i, item := range ageItems {
		if n := r.MaxAgeDays[item]; n < 1 || n > oldest[i] {
			p.Add("max_age_days."+item, fmt.Sprintf("must be from 1 to %d days", oldest[i]))
		}
	}
	if len(r.MaxAgeDays) != len(ageItems) {
		p.Add("max_age_days", "holds an item that the rules do not know")
	}
	r.windows = map[SurgeryKind]domain.Decimal{}
	for i, k := range surgeryKinds[1:] {
		n := r.SurgeryWindowWeeks[string(k)]
		if n < shortest[i] || n > 104 {
			p.Add("surgery_window_weeks."+string(k), fmt.Sprintf("must be from %d to 104 weeks", shortest[i]))
			continue
		}
		r.windows[k] = domain.NewDecimal(n)
	}
	if len(r.SurgeryWindowWeeks) != len(surgeryKinds)-1 {
		p.Add("surgery_window_weeks", "holds a kind that the rules do not know")
	}
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
			p.Add(field, `needs the tag "source" or "clinic default" with its citation`)
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
	if len(r.texts) != len(ruleIDs) {
		p.Add("rules", "holds a rule that the program does not know")
	}
}

func tagged(tag, citation string) bool {
	return (tag == "source" || tag == "clinic default") && citation != ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
