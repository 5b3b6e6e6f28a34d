package casefile

import (
	"encoding/json"
	"fmt"
	"io"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/strictjson"
)

// history is one case of a progress file.
type history struct {
	ID    string `json:"id"`
	About string `json:"about"`
	// Sessions at one sub-stage and load, the newest last; nil when not given.
	Sessions []course.Signs `json:"sessions"`
}

// progressAnswer is the answer to a history.
type progressAnswer struct {
	ID       string           `json:"id"`
	Verdicts []course.Verdict `json:"verdicts"`
	Decision course.Next      `json:"decision"`
	Explain  *progressReasons `json:"explain,omitempty"`
}

// progressReasons says why: the rules that fired, session by session, and one
// sentence for the decision.
type progressReasons struct {
	Decision string          `json:"decision"`
	Sessions [][]program.Why `json:"sessions"`
}

// Progress judges the sessions of every case of r and writes one answer a line
// to w, like Screen.
func Progress(r io.Reader, w io.Writer, rules *course.Rules, explain bool) (ok bool, err error) {
	return eachLine(r, w, func(line []byte) (any, error) {
		var h history
		if err := decode(line, &h, &h.ID); err != nil {
			return refusal{h.ID, err.Error()}, err
		}
		a, err := judge(h, rules, explain)
		if err != nil {
			return refusal{h.ID, err.Error()}, err
		}
		return a, nil
	})
}

// judge answers one history; the error is the problems of all its sessions.
func judge(h history, rules *course.Rules, explain bool) (progressAnswer, error) {
	if h.Sessions == nil {
		return progressAnswer{}, domain.Problems{{Field: "sessions", Text: "is required: a list of sessions, the newest last"}}
	}
	var problems domain.Problems
	for i, s := range h.Sessions {
		if len(rules.CheckSigns(s, "")) > 0 { // a path is needed only when there is something to say
			problems = append(problems, rules.CheckSigns(s, fmt.Sprintf("sessions[%d]", i))...)
		}
	}
	if err := problems.Err(); err != nil {
		return progressAnswer{}, err
	}
	a := progressAnswer{ID: h.ID, Verdicts: []course.Verdict{}}
	reasons := &progressReasons{Sessions: [][]program.Why{}}
	for _, s := range h.Sessions {
		v, err := rules.Judge(s)
		if err != nil {
			return progressAnswer{}, err
		}
		a.Verdicts = append(a.Verdicts, v)
		if explain {
			reasons.Sessions = append(reasons.Sessions, rules.Explain(s))
		}
	}
	next := rules.Decide(a.Verdicts)
	a.Decision = next.Next
	if explain {
		reasons.Decision = next.Text
		a.Explain = reasons
	}
	return a, nil
}

// decode reads one line strictly; "expect" is dropped. A line that is refused
// before its id is reached still gives its id.
func decode(line []byte, v any, id *string) error {
	err := strictjson.Unmarshal(line, v, "expect")
	if err == nil || *id != "" {
		return err
	}
	var named struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(line, &named) == nil {
		*id = named.ID
	}
	return err
}
