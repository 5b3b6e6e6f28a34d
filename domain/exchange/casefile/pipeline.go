package casefile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
)

// A case file may be longer than memory and is answered on every core. Three
// parts hand batches of lines to each other:
//
//	read -> work -> answer (one for each core) -> order -> write
//
// The batches are made once and go round, so memory depends on how many cores
// there are and never on the file; whoever is ahead waits for a free one. The
// writer takes them in the order in which they were read, so the answers stand
// in the order of the cases. A batch is what one read brought: a program that
// sends one case and waits gets its answer before it sends the next.

// batchLines is the most lines of a batch, so that long answers to short lines
// cannot pile up either.
const batchLines = 64

// answers is how a line is answered. It is called from several goroutines at
// once and must only read what they share. The error marks a refused line.
type answers func(line []byte) (any, error)

// batch is lines with their answers.
type batch struct {
	text []byte
	ends []int // of each line in text
	long []int // the lines that were too long, by their place among ends
	out  bytes.Buffer
	enc  *json.Encoder
	// ok: no line was refused. err is of writing an answer as JSON.
	ok   bool
	err  error
	done chan struct{}
}

func newBatch() *batch {
	b := &batch{done: make(chan struct{}, 1)}
	b.enc = json.NewEncoder(&b.out)
	b.enc.SetEscapeHTML(false)
	return b
}

// answer answers every line of the batch.
func (b *batch) answer(answer answers) {
	b.out.Reset()
	b.ok, b.err = true, nil
	from := 0
	for i, end := range b.ends {
		line := bytes.TrimSpace(b.text[from:end])
		from = end
		var a any
		var refused error
		switch {
		case len(b.long) > 0 && b.long[0] == i:
			b.long = b.long[1:]
			refused = errors.New("too long")
			a = refusal{Error: fmt.Sprintf("the line is longer than %d bytes; write one case a line", maxLine)}
		case len(line) == 0:
			continue
		default:
			a, refused = answer(line)
		}
		b.ok = b.ok && refused == nil
		if b.err = b.enc.Encode(a); b.err != nil {
			break
		}
	}
	b.done <- struct{}{}
}

// fill reads the lines that are there, at least one unless the file ends, at
// most batchLines.
func (b *batch) fill(in *bufio.Reader) error {
	b.text, b.ends, b.long = b.text[:0], b.ends[:0], b.long[:0]
	for len(b.ends) < batchLines {
		line, tooLong, err := readLine(in)
		if tooLong {
			b.long = append(b.long, len(b.ends))
		}
		b.text = append(b.text, line...)
		b.ends = append(b.ends, len(b.text))
		if err != nil {
			return err
		}
		waiting, _ := in.Peek(in.Buffered())
		if bytes.IndexByte(waiting, '\n') < 0 {
			return nil
		}
	}
	return nil
}

// eachLine answers every line of r on w. ok is false when a line was refused;
// the error is about reading or writing.
func eachLine(r io.Reader, w io.Writer, answer answers) (ok bool, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		if _, err := in.Discard(len(byteOrderMark)); err != nil {
			return false, fmt.Errorf("read the cases: %w", err)
		}
	}
	cores := runtime.GOMAXPROCS(0)
	count := 2*cores + 2
	free, work, order := make(chan *batch, count), make(chan *batch, count), make(chan *batch, count)
	for range count {
		free <- newBatch()
	}
	for range cores {
		go func() {
			for b := range work {
				b.answer(answer)
			}
		}()
	}
	var stopped atomic.Bool // nothing more can be written
	written := make(chan error, 1)
	ok = true
	go func() {
		var failed error
		for b := range order {
			<-b.done
			if failed == nil {
				if failed = b.err; failed == nil {
					_, failed = w.Write(b.out.Bytes())
				}
				ok = ok && b.ok
				stopped.Store(failed != nil)
			}
			free <- b
		}
		written <- failed
	}()
	var readErr error
	for readErr == nil && !stopped.Load() {
		b := <-free
		readErr = b.fill(in)
		order <- b
		work <- b
	}
	close(work)
	close(order)
	if failed := <-written; failed != nil {
		return false, fmt.Errorf("write the answer: %w", failed)
	}
	if readErr != nil && !errors.Is(readErr, io.EOF) {
		return false, fmt.Errorf("read the cases: %w", readErr)
	}
	return ok, nil
}
