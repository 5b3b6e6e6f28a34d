package casefile_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"backtobar/domain/exchange/casefile"
)

// stream gives the lines of a file again and again until n lines were read,
// without ever holding more than the file.
type stream struct {
	lines [][]byte
	n     int // lines still to give
	next  int
	rest  []byte
	// each is called now and then while the stream is read.
	each func()
}

func streamOf(t testing.TB, name string, n int) *stream {
	t.Helper()
	f, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return &stream{lines: bytes.SplitAfter(bytes.TrimSpace(append(f, '\n')), []byte("\n")), n: n}
}

func (s *stream) Read(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		if len(s.rest) == 0 {
			if s.n == 0 {
				break
			}
			s.rest = s.lines[s.next]
			s.next = (s.next + 1) % len(s.lines)
			if s.n--; s.n%1000 == 0 && s.each != nil {
				s.each()
			}
			if s.next == 0 { // the last line of the file has no end of its own
				s.rest = append(bytes.TrimSpace(s.rest), '\n')
			}
		}
		c := copy(p[done:], s.rest)
		done, s.rest = done+c, s.rest[c:]
	}
	if done == 0 {
		return 0, io.EOF
	}
	return done, nil
}

// TestAnswersKeepTheOrder: many lines of very different length and cost, some
// refused, some empty, some too long, come back one for one in their order.
func TestAnswersKeepTheOrder(t *testing.T) {
	var in bytes.Buffer
	var want []string
	for i := range 2000 {
		id := fmt.Sprintf("c%d", i)
		switch {
		case i%500 == 7:
			in.WriteString(`{"id":"` + strings.Repeat("x", 1<<20) + `"}`)
			id = ""
		case i%11 == 0:
			in.WriteString("   \n")
			fallthrough
		case i%7 == 0:
			fmt.Fprintf(&in, `{"id":%q,"wrong":1}`, id)
		case i%5 == 0:
			fmt.Fprintf(&in, `{"id":%q,"about":%q,"patient":{"age_years":40,"sex":"male"}}`, id, strings.Repeat("a", 10*i))
		default:
			fmt.Fprintf(&in, `{"id":%q,"patient":{"age_years":40,"sex":"male"}}`, id)
		}
		want = append(want, id)
		in.WriteByte('\n')
	}
	var out bytes.Buffer
	if ok, err := casefile.Screen(&in, &out, rules(t), false); ok || err != nil {
		t.Fatalf("ok %v, error %v", ok, err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d answers to %d lines", len(lines), len(want))
	}
	for i, l := range lines {
		var a struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal([]byte(l), &a); err != nil || a.ID != want[i] {
			t.Fatalf("line %d is answered for %q, want %q (%v)", i, a.ID, want[i], err)
		}
	}
}

// TestEveryCommandAnswersTheSameOnEveryCore: a file read many times over gets
// its answers many times over; the race detector sees what the cores share.
func TestEveryCommandAnswersTheSameOnEveryCore(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		file   string
		answer answerer
	}{
		{"testdata/screen.jsonl", func(in io.Reader, out io.Writer) (bool, error) { return casefile.Screen(in, out, r, true) }},
		{"testdata/sessions.jsonl", progressExplained},
		{"testdata/load.jsonl", loadsExplained(t)},
	} {
		text, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		var once, many bytes.Buffer
		if ok, err := c.answer(bytes.NewReader(text), &once); !ok || err != nil {
			t.Fatal(ok, err)
		}
		const times = 20
		lines := bytes.Count(bytes.TrimSpace(text), []byte("\n")) + 1
		if ok, err := c.answer(streamOf(t, c.file, times*lines), &many); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if many.String() != strings.Repeat(once.String(), times) {
			t.Errorf("%s: the answers of %d times the file are not %d times its answers", c.file, times, times)
		}
	}
}

// TestEachAnswerComesAtOnce: a program that sends one case and waits for its
// answer does not wait for more cases to be sent.
func TestEachAnswerComesAtOnce(t *testing.T) {
	toUs, send := io.Pipe()
	answers, fromUs := io.Pipe()
	r := rules(t)
	go func() {
		_, err := casefile.Screen(toUs, fromUs, r, false)
		_ = fromUs.CloseWithError(err)
	}()
	got := make(chan string)
	go func() {
		for in := bufio.NewScanner(answers); in.Scan(); {
			got <- in.Text()
		}
		close(got)
	}()
	for i := range 5 {
		if _, err := fmt.Fprintf(send, `{"id":"c%d","patient":{"age_years":40,"sex":"male"}}`+"\n", i); err != nil {
			t.Fatal(err)
		}
		select {
		case line := <-got:
			if !strings.Contains(line, fmt.Sprintf(`"id":"c%d"`, i)) {
				t.Fatalf("case %d is answered %s", i, line)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("case %d is not answered while no more are sent", i)
		}
	}
	_ = send.Close()
	if line, more := <-got; more {
		t.Errorf("one answer too many: %s", line)
	}
}

// TestAWriterThatFailsEndsAnEndlessFile: nobody reads on for nothing.
func TestAWriterThatFailsEndsAnEndlessFile(t *testing.T) {
	endless := streamOf(t, "testdata/screen.jsonl", 1<<40)
	ok, err := casefile.Screen(endless, brokenWriter{}, rules(t), false)
	if ok || err == nil || !strings.Contains(err.Error(), "write the answer") {
		t.Errorf("ok %v, error %v", ok, err)
	}
}

// TestAReaderThatFailsLate: what was read before is still answered.
func TestAReaderThatFailsLate(t *testing.T) {
	var out bytes.Buffer
	in := io.MultiReader(streamOf(t, "testdata/screen.jsonl", 100), failing{})
	ok, err := casefile.Screen(in, &out, rules(t), false)
	if ok || err == nil || !strings.Contains(err.Error(), "read the cases") {
		t.Errorf("ok %v, error %v", ok, err)
	}
	if n := strings.Count(out.String(), "\n"); n < 100 {
		t.Errorf("%d answers to 100 lines", n)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// TestMemoryDoesNotGrowWithTheFile answers a short and a long stream and
// compares the most memory in use. Keeping the lines, or the answers, of the
// long one would take more than 60 MB.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	peak := func(lines int) uint64 {
		s := streamOf(t, "testdata/screen.jsonl", lines)
		var most uint64
		s.each = func() {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		runtime.GC()
		if ok, err := casefile.Screen(s, io.Discard, rules(t), false); !ok || err != nil {
			t.Fatal(ok, err)
		}
		return most
	}
	short, long := peak(4_000), peak(40_000)
	t.Logf("at most %.1f MB in use for 4,000 lines, %.1f MB for 40,000", float64(short)/1e6, float64(long)/1e6)
	if long > short+24<<20 {
		t.Errorf("%d bytes in use for 4,000 lines, %d for 40,000", short, long)
	}
}
