package measure

import (
	"fmt"
	"math/big"
	"strings"

	"backtobar/domain"
)

// The scoring rules of the questionnaires. Each is the published rule of its
// instrument (docs/measures.md names the sources), so none of these numbers is
// a setting. The rules for missing answers that the owners do not give are
// clinic defaults and say so.

// NPRSMean is the mean of one or more whole ratings from 0 to 10, to one
// decimal, a half up: 5.95 becomes 6.0, so rounding never hides that a limit
// was reached. Without a rating it is not scored.
func NPRSMean(ratings []int) (Score, error) {
	var p domain.Problems
	sum := 0
	for i, n := range ratings {
		if n < 0 || n > 10 {
			p.Add(fmt.Sprintf("nprs.rating_%d", i+1), "must be a whole number from 0 to 10")
		}
		sum += n
	}
	if len(p) > 0 {
		return Score{}, p
	}
	if len(ratings) == 0 {
		return notScored("No rating was given."), nil
	}
	return scored(rounded(ratio(sum, len(ratings)), 1)), nil
}

const (
	odiSections = 10
	odiHighest  = 5
	// odiNeeded: the owner calls fewer than eight answered sections rare and
	// gives no rule; not scoring them is a clinic default.
	odiNeeded = 8
)

// ODI is the Oswestry Disability Index in percent: 100 times the sum divided by
// five times the answered sections. Each section holds the boxes ticked, 0 to
// 5: none when it was left out, and the highest counts when there are several.
// With fewer than eight sections answered it is not scored.
func ODI(sections [odiSections][]int) (Score, error) {
	var p domain.Problems
	sum, answered := 0, 0
	for i, boxes := range sections {
		highest := 0
		for _, n := range boxes {
			if n < 0 || n > odiHighest {
				p.Add(fmt.Sprintf("odi.section_%d", i+1),
					"must be a whole number from 0 to 5; leave it empty when the section was left out")
			}
			highest = max(highest, n)
		}
		if len(boxes) > 0 {
			answered++
			sum += highest
		}
	}
	if len(p) > 0 {
		return Score{}, p
	}
	if answered < odiNeeded {
		return notScored(fmt.Sprintf("%d of 10 sections answered; at least 8 are needed.", answered)), nil
	}
	return scored(domain.DecimalFromRat(ratio(100*sum, odiHighest*answered))), nil
}

// RMDQ is the Roland-Morris Disability Questionnaire: the number of the 24
// statements ticked. A statement left blank does not apply and counts 0, so a
// returned form always has a score; a form not returned is not_done.
func RMDQ(ticked [24]bool) Score {
	n := 0
	for _, t := range ticked {
		if t {
			n++
		}
	}
	return whole(n)
}

// itemSum adds the numbered items (from 1) of a form. A blank among them leaves
// it not scored, a clinic default.
func itemSum(items []*int, which ...int) Score {
	sum := 0
	var blank []string
	for _, n := range which {
		if v := items[n-1]; v != nil {
			sum += *v
		} else {
			blank = append(blank, fmt.Sprint(n))
		}
	}
	if len(blank) > 0 {
		return notScored(fmt.Sprintf("Not answered: %s. Every item is needed.", strings.Join(blank, ", ")))
	}
	return whole(sum)
}

// itemRange refuses items outside low to high; blanks are no mistake.
func itemRange(form string, items []*int, low, high int) (p domain.Problems) {
	for i, v := range items {
		if v != nil && (*v < low || *v > high) {
			p.Add(fmt.Sprintf("%s.item_%d", form, i+1),
				fmt.Sprintf("must be a whole number from %d to %d; leave it empty when it was not answered", low, high))
		}
	}
	return p
}

// upTo lists the items from first to last.
func upTo(first, last int) []int {
	var out []int
	for n := first; n <= last; n++ {
		out = append(out, n)
	}
	return out
}

// StartBackItems scores the nine-item STarT Back tool. Items 1 to 8 are 1 for
// agree and 0 for disagree. Item 9 is the place of the answer from 0 (weakest)
// to 4 (strongest); the two strongest count 1. Total is 0 to 9, distress is
// items 5 to 9, 0 to 5. With any item blank neither is scored, a clinic
// default.
func StartBackItems(items [9]*int) (total, distress Score, err error) {
	p := itemRange("start_back", items[:8], 0, 1)
	last := items[8]
	if last != nil && (*last < 0 || *last > 4) {
		p.Add("start_back.item_9", "must be a whole number from 0, the weakest answer, to 4, the strongest")
	}
	if len(p) > 0 {
		return Score{}, Score{}, p
	}
	points := items
	if last != nil {
		n := *last / 3 // 3 and 4 count 1
		points[8] = &n
	}
	total = itemSum(points[:], upTo(1, 9)...)
	if !total.Scored() {
		return total, notScored(total.Why), nil
	}
	return total, itemSum(points[:], upTo(5, 9)...), nil
}

// Risk is the risk group of STarT Back, or "" when it cannot be told.
type Risk string

// The risk groups.
const (
	RiskUnknown Risk = ""
	RiskLow     Risk = "low"
	RiskMedium  Risk = "medium"
	RiskHigh    Risk = "high"
)

const (
	startLowMax       = 3
	startDistressHigh = 4
)

// StartBackRisk is the risk group for a total of 0 to 9 and a distress score
// of 0 to 5: low with a total of 3 or less, else high with a distress score of
// 4 or more, else medium. A nil score is one that was not scored; a total of 4
// or more without distress gives no group. Scores that no answers can give are
// refused.
func StartBackRisk(total, distress *int) (Risk, error) {
	var p domain.Problems
	if total != nil && (*total < 0 || *total > 9) {
		p.Add("start_back.total", "must be a whole number from 0 to 9")
	}
	if distress != nil && (*distress < 0 || *distress > 5) {
		p.Add("start_back.distress", "must be a whole number from 0 to 5")
	}
	if len(p) == 0 && total != nil && distress != nil {
		switch other := *total - *distress; {
		case other < 0:
			p.Add("start_back.distress", "must not be more than the total; check both against the form")
		case other > 4:
			p.Add("start_back.distress", "is too low for this total: the other four items give at most 4; check both against the form")
		}
	}
	switch {
	case len(p) > 0:
		return RiskUnknown, p
	case total == nil:
		return RiskUnknown, nil
	case *total <= startLowMax:
		return RiskLow, nil
	case distress == nil:
		return RiskUnknown, nil
	case *distress >= startDistressHigh:
		return RiskHigh, nil
	}
	return RiskMedium, nil
}

// Activity is one activity of the PSFS, named by the patient.
type Activity struct {
	Name string
	// Score is 0, unable, to 10, as before the problem.
	Score *int
}

// PSFS is the Patient-Specific Functional Scale: the mean of one to five
// activities. An activity without a rating is left out of the mean; without
// any rating it is not scored.
func PSFS(activities []Activity) (Score, error) {
	var p domain.Problems
	if len(activities) > 5 {
		p.Add("psfs", "holds at most five activities; keep the ones that matter most")
	}
	sum, rated := 0, 0
	for i, a := range activities {
		field := fmt.Sprintf("psfs.activity_%d", i+1)
		if strings.TrimSpace(a.Name) == "" {
			p.Add(field, "needs the name of the activity, so that the same one is asked next time")
		}
		if a.Score == nil {
			continue
		}
		if *a.Score < 0 || *a.Score > 10 {
			p.Add(field, "must be a whole number from 0 to 10")
		}
		sum += *a.Score
		rated++
	}
	if len(p) > 0 {
		return Score{}, p
	}
	if rated == 0 {
		return notScored("No activity was rated; at least one is needed."), nil
	}
	return scored(domain.DecimalFromRat(ratio(sum, rated))), nil
}

// Rated returns the names of the activities that went into the mean, for
// Record.Activities.
func Rated(activities []Activity) []string {
	var out []string
	for _, a := range activities {
		if a.Score != nil {
			out = append(out, strings.TrimSpace(a.Name))
		}
	}
	return out
}

// The items of the FABQ that count; the other four are asked and not scored.
var (
	fabqPA   = []int{2, 3, 4, 5}
	fabqWork = []int{6, 7, 9, 10, 11, 12, 15}
)

// FABQ scores the Fear-Avoidance Beliefs Questionnaire of 16 items, each 0 to
// 6: physical activity is items 2 to 5, 0 to 24; work is items 6, 7, 9, 10, 11,
// 12 and 15, 0 to 42. A part with a blank among its own items is not scored, a
// clinic default.
func FABQ(items [16]*int) (physical, work Score, err error) {
	if p := itemRange("fabq", items[:], 0, 6); len(p) > 0 {
		return Score{}, Score{}, p
	}
	return itemSum(items[:], fabqPA...), itemSum(items[:], fabqWork...), nil
}

// TSK11 is the 11-item Tampa Scale of Kinesiophobia: the sum of items of 1 to
// 4, 11 to 44, none of them reversed. With a blank it is not scored, a clinic
// default.
func TSK11(items [11]*int) (Score, error) {
	if p := itemRange("tsk11", items[:], 1, 4); len(p) > 0 {
		return Score{}, p
	}
	return itemSum(items[:], upTo(1, 11)...), nil
}

// PSEQ is the Pain Self-Efficacy Questionnaire: the sum of ten items of 0 to 6,
// 0 to 60, higher is better. With a blank it is not scored, a clinic default.
func PSEQ(items [10]*int) (Score, error) {
	if p := itemRange("pseq", items[:], 0, 6); len(p) > 0 {
		return Score{}, p
	}
	return itemSum(items[:], upTo(1, 10)...), nil
}

// Gap is the difference between two sides in percent of the larger, exactly;
// nil when both are 0.
func Gap(left, right domain.Decimal) *big.Rat {
	larger, smaller := left.Rat(), right.Rat()
	if larger.Cmp(smaller) < 0 {
		larger, smaller = smaller, larger
	}
	if larger.Sign() <= 0 {
		return nil
	}
	gap := new(big.Rat).Sub(larger, smaller)
	return gap.Mul(gap, ratio(100, 1)).Quo(gap, larger)
}
