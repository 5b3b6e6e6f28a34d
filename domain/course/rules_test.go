package course_test

import (
	"io/fs"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/domain/course"
)

// TestRulesRefuse: a slip of the pen in the file never turns a limit off.
func TestRulesRefuse(t *testing.T) {
	route, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(assets.Protocol, "protocol/progression.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"pain_amber": 5`, `"pain_amber": 50`, "verdict.pain_amber: must be from 2 to 5"},
		{`"pain_green": 2`, `"pain_green": 3.5`, "verdict.pain_green: must be from 0 to 3"},
		{`"rise_regress": 2`, `"rise_regress": 20`, "verdict.rise_regress: must be from 1 to 2"},
		{`"greens": 2`, `"greens": 1`, "decision.greens: must be from 2 to 5"},
		{`"percent": 10`, `"percent": 100`, "raise.percent: must be from 1 to 10"},
		{`"kept_percent": 80`, `"kept_percent": 180`, "lower.kept_percent: must be from 50 to 90"},
		{`"rescreen_count": 3`, `"rescreen_count": 30`, "lower.rescreen_count: must be from 2 to 4"},
		{`"pain_before_most": 5`, `"pain_before_most": 9`, "start.pain_before_most: must be from 3 to 5"},
		{`"long_days": 28`, `"long_days": 280`, "missed.long_days: must be from 15 to 42"},
		{`"source": "clinic default"`, `"source": ""`, "source: is required"},
		{`"id": "saddle"`, `"id": "fever"`, "visit_questions[2]: needs an id of its own"},
		{`"code": "1A"`, `"code": "1B"`, "sub_stages[0].code: must be 1A"},
		{`"1B.depth"`, `"1B.deepth"`, "sub_stages[1].exit: 1B.deepth is no exit criterion of the route"},
		{`"bell_cap": "light"`, `"bell_cap": ""`, "sub_stages[2].bell_cap: a kettlebell step"},
		{`"ceiling_percent": 70`, `"ceiling_percent": 0`, "sub_stages[6].ceiling_percent: a barbell step"},
		{`"load": "light"`, `"load": "lite"`, "sub_stages[2].exit.load: must be"},
		{`"pain_most": 3, "shown": ["1A.pattern"]`, `"pain_most": 8, "shown": ["1A.pattern"]`, "sub_stages[0].exit: needs sets"},
		{`"version": "BP-1.0"`, `"version": ""`, "version: a version"},
		{`"easy_by": 2`, `"easy_bye": 2`, "verdict.easy_bye: there is no such field"},
		{`"bell_after": {"sets": 3, "reps": 6}`, `"bell_after": {"sets": 3, "reps": 12}`, "raise.bell_after: must have fewer"},
	} {
		text := strings.Replace(string(b), c.from, c.to, 1)
		if text == string(b) {
			t.Errorf("%s is not in the file", c.from)
			continue
		}
		if _, err := course.Parse([]byte(text), route); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.to, err, c.want)
		}
	}
}

// TestVisitQuestionsOpenRedFlags: every question opens red flags that the
// screen has.
func TestVisitQuestionsOpenRedFlags(t *testing.T) {
	b, err := fs.ReadFile(assets.Rules, "rules/screen.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range rules(t).VisitQuestions {
		for _, id := range q.Opens {
			if !strings.Contains(string(b), `"`+id+`"`) {
				t.Errorf("%s opens %s, which the screen does not have", q.ID, id)
			}
		}
	}
}
