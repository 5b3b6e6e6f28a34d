package clinic

import (
	"context"
	"errors"
	"strings"

	"backtobar/domain"
)

// Sentence turns any error into words for people. It shows nothing internal
// and, because errors hold none, no patient data. The reasons of a refusal and
// the problems of a form are joined; a window that can show them one by one
// uses Reasons.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	if p := Reasons(err); len(p) > 0 {
		texts := make([]string, len(p))
		for i, x := range p {
			texts[i] = x.Text
		}
		return strings.Join(texts, " ")
	}
	for _, s := range sentences {
		if errors.Is(err, s.kind) {
			return s.text
		}
	}
	return "Something unexpected went wrong. Nothing was saved. Try again; if it happens again, restart the program."
}

// Reasons returns the problems that err carries, or nil.
func Reasons(err error) domain.Problems {
	var p domain.Problems
	if errors.As(err, &p) {
		return p
	}
	return nil
}

var sentences = []struct {
	kind error
	text string
}{
	{domain.ErrNotFound, "This record is not here. Go back to the list and open it again."},
	{domain.ErrConflict, "Somebody else has saved this since you opened it. Open it again to see their change; your draft is kept."},
	{domain.ErrNotAllowed, "The rules do not allow this."},
	{domain.ErrStorageFull, "The disk is full. Make room on it, then save again. Nothing that was saved before is lost."},
	{domain.ErrReadOnly, "The folder of the records cannot be written. Ask for the right to write there, or choose another folder. Nothing was changed."},
	{domain.ErrNewer, "The records were written by a newer version of this program. Update the program on this computer. Nothing was changed."},
	{domain.ErrInUse, "The records are open in another window of this program. Use that window, or close it first."},
	{domain.ErrOtherKey, "The file of the records does not belong to the file of the keys beside it, or is not a Back to Bar file. Nothing was changed. Put both back from the same backup."},
	{ErrWrongSecret, "The name or the passphrase is not right. Check both and type them again."},
	{ErrMistypedCode, "A letter of the recovery code is mistyped. Compare it with the paper, group by group."},
	{ErrKeysMissing, "There are records here, but the file of their keys, keys.json, is missing. Nothing was changed. Put it back from where it was moved to, or from the last backup."},
	{ErrPlain, "The records here are not encrypted: a version before 0.1.0 made them for trying things out. Nothing was changed. Move the file to another place, and the program starts with new records."},
	{ErrLocked, "The records are locked. Sign in again. What you typed is kept."},
	{domain.ErrOlder, "The records do not hold what was last saved in them: the file was cut off, changed, or replaced by an older one. Nothing was changed. Put back the newest file or backup."},
	{domain.ErrDamaged, "The file of the records is damaged or is not a Back to Bar file. Nothing was changed. Keep the file and put back the last backup."},
	{context.Canceled, "Stopped. Nothing was saved."},
	{context.DeadlineExceeded, "It took too long and was stopped. Nothing was saved. Try again."},
}
