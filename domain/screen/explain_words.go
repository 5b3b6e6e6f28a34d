package screen

// Word names the outcome in two or three words, for the window and for paper.
func (o Outcome) Word() string {
	switch o {
	case Emergency:
		return "Stop: emergency"
	case UrgentRefer:
		return "Stop: refer urgently"
	case HoldRefer:
		return "Hold and refer"
	case NotReady:
		return "Build first"
	case Retest:
		return "Measure again"
	case Ready:
		return "Ready"
	}
	return "Not complete"
}

// Word names the state of the reason, for the window and for paper.
func (r Reason) Word() string {
	switch r.State {
	case "stop":
		return "Stop"
	case "hold":
		return "Hold"
	case "fail":
		return "Not met"
	case "pass":
		return "Met"
	case "stale":
		return "Too old"
	case "overridden":
		return "Overridden"
	case "cap":
		return "Limit"
	case "caution":
		return "Caution"
	case "conflict":
		return "Answers disagree"
	case "check":
		return "Is that right?"
	case "note":
		return "Note"
	}
	return "Not asked"
}
