package plan

import "backtobar/domain/program"

// Route is what this screen needs to know of the route, in words.
type Route interface {
	// Stages are the four stages, lowest first.
	Stages() []Stage
	// Step returns one sub-stage.
	Step(program.Code) Step
	// Start is the sub-stage at which a patient begins whom the screen places at
	// a stage.
	Start(stage int) program.Code
	// Exercise returns an exercise by its id.
	Exercise(id string) Exercise
	// Dose writes a dose in words.
	Dose(program.Dose) string
	// Track returns the name and the exit of a stage-0 track.
	Track(id string) Track
}

// Stage is one stage of the route.
type Stage struct {
	Number int
	Name   string
	Steps  []Step
}

// Step is one sub-stage: what its gate needs and what ends it.
type Step struct {
	Code  program.Code
	Name  string
	Setup string
	Gate  []string
	Exit  []string
}

// Track is one stage-0 track.
type Track struct {
	Name string
	Exit []string
}

// Exercise is one exercise as the therapist teaches it.
type Exercise struct {
	Name, Setup string
	Cues        []string
	// Faults are common faults with what mends them.
	Faults []string
}
