package domain

import "context"

// Actor is the person in whose name something is done, and where.
type Actor struct {
	// User is the name for signing in; empty for commands without a window.
	User string `json:"user,omitempty"`
	// Name as it is signed, e.g. "R. Castello".
	Name string `json:"name"`
	// Credentials after the name, e.g. "PT, DPT".
	Credentials string `json:"credentials"`
	// Licence is the state licence number; needed to sign.
	Licence string `json:"licence"`
	// Workstation is the name of the computer.
	Workstation string `json:"workstation"`
}

type actorKey struct{}

// WithActor returns a context in which a is acting.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns the acting person, or the zero Actor when nobody is named.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
