// Package casefile answers case files: JSON Lines, one case a line, one answer
// a line in the same order. It lets the rules be tested, scripted and audited
// without a window. The format is described in docs/case-files.md.
package casefile

import (
	"bufio"
	"errors"
	"io"

	"backtobar/domain/screen"
)

// maxLine is the longest line that is read, in bytes. A real case is about
// two kilobytes.
const maxLine = 1 << 20

// byteOrderMark is what some editors of Windows write before UTF-8 text.
const byteOrderMark = "\ufeff"

// refusal is the answer to a line that cannot be read or is out of range.
type refusal struct {
	ID    string `json:"id"`
	Error string `json:"error"`
}

// Screen decides every case of r and writes one answer a line to w. With
// explain each answer also carries the reasons. Empty lines are skipped. A line
// that cannot be read answers with an error that names the field; the rest
// still run. Screen reports whether every line was answered with a decision;
// the error is about reading or writing the streams.
func Screen(r io.Reader, w io.Writer, rules *screen.Rules, explain bool) (ok bool, err error) {
	return eachLine(r, w, func(line []byte) (any, error) {
		c, err := screen.DecodeCase(line, rules)
		if err != nil {
			return refusal{c.ID, err.Error()}, err
		}
		if explain {
			x := screen.Explain(c, rules)
			return explained{x.Decision, x}, nil
		}
		return screen.Evaluate(c, rules), nil
	})
}

// explained is a decision followed by its reasons.
type explained struct {
	screen.Decision
	Explain screen.Explanation `json:"explain"`
}

// readLine returns the next line, valid until the next call. A line above
// maxLine is dropped whole and reported.
func readLine(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line) == 0 && !tooLong && !errors.Is(err, bufio.ErrBufferFull) {
			return part, false, err // the usual case, without a copy
		}
		if len(line)+len(part) > maxLine {
			line, tooLong = nil, true
		} else if !tooLong {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}
