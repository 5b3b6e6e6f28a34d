// Package door is what stands before the records: the first start, which makes
// them, signing in, the way in with the printed recovery code, and the lock.
//
// It is opaque and knows no patient. What a person types here is kept nowhere
// and is wiped from the boxes when it has been used.
package door

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/staff"
)

// records is what the door needs of the clinic.
type records interface {
	Made() (bool, error)
	Make(ctx context.Context, user, passphrase string) (code string, err error)
	SignIn(ctx context.Context, user, passphrase string) error
	Recover(ctx context.Context, code, user, passphrase string) (fresh string, err error)
}

// face is one page of the door.
type face int

const (
	// first makes the records and the first person.
	first face = iota
	// signIn asks who is there.
	signIn
	// locked is signIn after somebody has left the desk.
	locked
	// forgotten takes the printed code in place of a passphrase.
	forgotten
	// printed shows a new code until it was copied to paper.
	printed
)

// model is what was typed, by the names of the boxes.
type model struct {
	face face
	// user is the name for signing in.
	user string
	// passphrase and again are the secret, and the secret once more.
	passphrase, again string
	// code is the recovery code: typed in on forgotten, shown on printed.
	code string
	// group is the last group of the code, as read from the paper.
	group string
	now   func() time.Time
}

// problems are what must be put right before the main button does anything.
func (m *model) problems() domain.Problems {
	var p domain.Problems
	user := clinic.UserName(m.user)
	switch m.face {
	case printed:
		if !strings.EqualFold(strings.TrimSpace(m.group), lastGroup(m.code)) {
			p.Add("group", "Type the last group as it stands on the paper")
		}
		return p
	case first:
		if text := (staff.Member{User: user}).Validate().For("user"); text != "" {
			p.Add("user", text)
		}
	default:
		if user == "" {
			p.Add("user", "Enter your user name")
		}
	}
	if m.face == forgotten && strings.TrimSpace(m.code) == "" {
		p.Add("code", "Enter the recovery code from the paper")
	}
	if m.face == signIn || m.face == locked {
		if m.passphrase == "" {
			p.Add("passphrase", "Enter your passphrase")
		}
		return p
	}
	if text := staff.CheckPassphrase(m.passphrase, user); text != "" {
		p.Add("passphrase", text)
	} else if m.passphrase != m.again {
		p.Add("again", "This differs from the passphrase above. Type both again, or show them")
	}
	return p
}

// answer is the problem of a try that failed, "" when it is about no box and
// ends the work here.
func (m *model) answer(err error) domain.Problems {
	var p domain.Problems
	var wait *clinic.WaitError
	field := "passphrase"
	if m.face == forgotten {
		field = "code"
	}
	switch {
	case errors.As(err, &wait):
		seconds := int((wait.Until.Sub(m.now()) + time.Second - 1) / time.Second)
		p.Add(field, fmt.Sprintf("Too many wrong tries. Try again in %d s", max(1, seconds)))
	case errors.Is(err, clinic.ErrMistypedCode):
		p.Add("code", clinic.Sentence(err))
	case errors.Is(err, clinic.ErrWrongSecret) && m.face == forgotten:
		p.Add("code", "This code does not open these records. A code is replaced when it is used: take the newest paper")
	case errors.Is(err, clinic.ErrWrongSecret):
		p.Add("passphrase", "The user name and the passphrase do not match")
	}
	return p
}

// act does what the main button says and returns the code to print, if any.
func (m *model) act(ctx context.Context, r records) (string, error) {
	user := clinic.UserName(m.user)
	switch m.face {
	case first:
		return r.Make(ctx, user, m.passphrase)
	case forgotten:
		return r.Recover(ctx, m.code, user, m.passphrase)
	default:
		return "", r.SignIn(ctx, user, m.passphrase)
	}
}

// wipe forgets the secrets.
func (m *model) wipe() { m.passphrase, m.again, m.group, m.code = "", "", "", "" }

// lastGroup is the last group of a code.
func lastGroup(code string) string { return code[strings.LastIndexByte(code, '-')+1:] }

// words are the texts of a face.
type words struct{ title, intro, main string }

func (m *model) words() words {
	switch m.face {
	case first:
		return words{"Set up this clinic", "Patient records are kept encrypted on this computer. First choose how you sign in. You will be the administrator; more people can be added later.", "Continue"}
	case locked:
		return words{"Locked", "Your unfinished work was kept. Another person can sign in here, too.", "Unlock"}
	case forgotten:
		return words{"Use the recovery code", "The code is on the paper that was put in a safe place. You choose a new passphrase, and the code is replaced by a new one.", "Open the records"}
	case printed:
		return words{"Recovery code", "Write this code on paper, or copy it and print it, and put it in a safe place, not beside this computer. Without a passphrase or this code nobody can open the records, not even we.", "Continue"}
	}
	return words{"Sign in", "", "Sign in"}
}
