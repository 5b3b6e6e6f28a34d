// Package records is the commands on the clinic's locked records that need no
// window: backing up, checking and putting back a backup, reading the trail
// through, and taking the encryption off. Each asks for a person's passphrase,
// or for the printed code, as the window does.
package records

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/reports/batch"
)

// The exit statuses of a command.
const (
	done    = 0
	refused = 1
)

// Help is the whole of the program's help.
const Help = `Back to Bar: from back pain to the barbell, screened and staged.

  backtobar [--data DIR]                   open the window
` + batch.Usage + usage + `  backtobar version                        print the version
  backtobar help                           print this

  --data DIR    the folder with the clinic's records
  --clock TIME  it is this moment; only for practice (BACKTOBAR_PRACTICE=1)
`

const usage = `  backtobar backup --user NAME --to FOLDER     back up the records and read the backup back
  backtobar check-backup --user NAME FILE      read a backup through, changing nothing
  backtobar restore --user NAME FILE           put a backup in place of the records
  backtobar audit --user NAME                  read the trail through
  backtobar decrypt --user NAME -o FILE        write the records as an ordinary SQLite file
                 (--code instead of --user NAME asks for the printed recovery code;
                 the passphrase is asked for, or is the first line of the input)
`

// Place is where the records are.
type Place interface {
	clinic.Vault
	clinic.Backups
	// Decrypt writes the open records as an ordinary SQLite database.
	Decrypt(ctx context.Context, o clinic.Opened, path string) error
}

// request is one command line, understood.
type request struct {
	place  Place
	user   string
	secret string
	to     string
	file   string
	s      batch.Streams
}

type command struct {
	// file is whether it needs a file's name, to is the flag for where its
	// result goes, "" for none.
	file bool
	to   string
	// code is whether the printed code will do.
	code bool
	run  func(context.Context, request) error
}

var commands = map[string]command{
	"backup":       {to: "to", run: backup},
	"check-backup": {file: true, code: true, run: check},
	"restore":      {file: true, code: true, run: restore},
	"audit":        {run: audit},
	"decrypt":      {to: "o", run: decrypt},
}

// Run carries out the command of that name on the place that find gives for
// --data and returns its exit status. ok is false when there is no such command.
func Run(name string, args []string, s batch.Streams, find func(data string) (Place, error)) (status int, ok bool) {
	c, ok := commands[name]
	if !ok {
		return 0, false
	}
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	data := flags.String("data", "", "")
	user := flags.String("user", "", "")
	code := flags.Bool("code", false, "")
	to := new(string)
	if c.to != "" {
		to = flags.String(c.to, "", "")
	}
	if err := flags.Parse(args); err != nil {
		return batch.Misuse(s, err.Error()), true
	}
	switch {
	case c.file && flags.NArg() != 1:
		return batch.Misuse(s, name+" needs the name of one backup"), true
	case !c.file && flags.NArg() > 0:
		return batch.Misuse(s, fmt.Sprintf("%q is one word too many", flags.Arg(0))), true
	case c.to != "" && *to == "":
		return batch.Misuse(s, name+" needs -"+c.to), true
	case *code && !c.code:
		return batch.Misuse(s, name+" needs a person's passphrase; the printed code is for backups and for the window"), true
	case *code == (*user != ""):
		return batch.Misuse(s, name+" needs --user NAME"), true
	}
	place, err := find(*data)
	if err != nil {
		return batch.Misuse(s, "there is no home folder; name a folder with --data DIR"), true
	}
	r := request{place: place, user: *user, to: *to, file: flags.Arg(0), s: s}
	if r.secret, err = ask(s, *code); err == nil {
		err = c.run(context.Background(), r)
	}
	if err != nil {
		fmt.Fprintln(s.Err, "backtobar:", sentence(err))
		return refused, true
	}
	return done, true
}

// ask reads the secret, unseen when somebody types it.
func ask(s batch.Streams, code bool) (string, error) {
	word := "Passphrase: "
	if code {
		word = "Recovery code: "
	}
	if f, ok := s.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(s.Err, word)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(s.Err)
		return string(b), err
	}
	line, err := bufio.NewReader(s.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func sentence(err error) string {
	var wait *clinic.WaitError
	switch {
	case errors.As(err, &wait):
		return "Too many wrong tries. Wait until " + wait.Until.Local().Format("3:04:05 pm") + ", then try again."
	case errors.Is(err, domain.ErrConflict):
		return "There is a file of that name already. Choose another name."
	case errors.Is(err, domain.ErrNotFound):
		return "There is no such file or folder. Check its name."
	case errors.Is(err, errNotMade):
		return "There are no records in this folder. Name the right one with --data DIR."
	}
	return clinic.Sentence(err)
}

var errNotMade = errors.New("no records")

// opened runs fn on the unlocked records.
func opened(ctx context.Context, r request, fn func(clinic.Opened) error) error {
	made, err := r.place.Made()
	if err != nil {
		return err
	}
	if !made {
		return errNotMade
	}
	o, err := r.place.Open(ctx, r.user, r.secret)
	if err != nil {
		return err
	}
	return errors.Join(fn(o), o.Close())
}

// trail writes down in the records who did what from outside the window.
func trail(ctx context.Context, r request, o clinic.Opened, action string) error {
	host, err := os.Hostname()
	if err != nil {
		host = "unnamed computer"
	}
	return o.Store.Update(ctx, func(tx clinic.Tx) error {
		return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Actor: r.user, Workstation: host, Action: action})
	})
}

func silent(string, int64, int64) {}

func backup(ctx context.Context, r request) error {
	return opened(ctx, r, func(o clinic.Opened) error {
		if err := trail(ctx, r, o, "records.backup"); err != nil {
			return err
		}
		b, err := r.place.Backup(ctx, o, r.to, silent)
		if err != nil {
			return err
		}
		tell(r.s.Out, b)
		return nil
	})
}

func check(ctx context.Context, r request) error {
	b, err := r.place.Examine(ctx, r.file, r.user, r.secret, silent)
	if err != nil {
		return err
	}
	tell(r.s.Out, b)
	return nil
}

func restore(ctx context.Context, r request) error {
	b, aside, err := r.place.Restore(ctx, r.file, r.user, r.secret, silent)
	if err != nil {
		return err
	}
	tell(r.s.Out, b)
	if aside != "" {
		fmt.Fprintln(r.s.Out, "The records that were here are set aside in", aside)
	}
	return nil
}

// tell says what is in a backup that is whole.
func tell(w io.Writer, b clinic.Backup) {
	fmt.Fprintf(w, "%s\nMade %s, %d bytes, read back whole.\n", b.Path, b.At.Local().Format(time.DateTime), b.Size)
	c := b.Contents
	fmt.Fprintf(w, "%d patients, %d intakes, %d screens, %d plans, %d sessions, %d handouts, %d rows in the trail.\n",
		c.Patients, c.Intakes, c.Screens, c.Plans, c.Sessions, c.Handouts, c.Head.Seq)
}

func audit(ctx context.Context, r request) error {
	return opened(ctx, r, func(o clinic.Opened) error {
		return o.Store.View(ctx, func(tx clinic.Tx) error {
			report, err := tx.Audit().Verify()
			if err != nil {
				return err
			}
			for _, f := range report.Faults {
				fmt.Fprintf(r.s.Out, "Row %d: %s.\n", f.Seq, f.Text)
			}
			if len(report.Faults) > 0 {
				return domain.NotAllowed(domain.Problem{Text: "The trail is not as it was written. Keep the records and the last backups as they are, and find out who could write them."})
			}
			fmt.Fprintf(r.s.Out, "%d rows, each as it was written. The newest seal is %x.\n", report.Rows, report.Head.Seal)
			return nil
		})
	})
}

func decrypt(ctx context.Context, r request) error {
	return opened(ctx, r, func(o clinic.Opened) error {
		if err := trail(ctx, r, o, "records.decrypt"); err != nil {
			return err
		}
		if err := r.place.Decrypt(ctx, o, r.to); err != nil {
			return err
		}
		fmt.Fprintln(r.s.Out, r.to+"\nAnybody can read this file. Keep it where only you can, and remove it when it is done with.")
		return nil
	})
}
