package casefile_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"backtobar/domain/exchange/casefile"
)

// The benchmarks answer one stream of b.N lines, so "ns/op" is for a line and
// all cores work on it. "cpu-ns/line" is the work of all cores together, which a
// machine busy with something else does not change.

// BenchmarkScreenFile reads, decides and answers the cases of the case file.
func BenchmarkScreenFile(b *testing.B) {
	r := rules(b)
	benchLines(b, "cases/s", streamOf(b, "testdata/screen.jsonl", b.N), func(in io.Reader) (bool, error) {
		return casefile.Screen(in, io.Discard, r, false)
	})
}

// BenchmarkScreenExplained is the same with every reason in words.
func BenchmarkScreenExplained(b *testing.B) {
	r := rules(b)
	benchLines(b, "cases/s", streamOf(b, "testdata/screen.jsonl", b.N), func(in io.Reader) (bool, error) {
		return casefile.Screen(in, io.Discard, r, true)
	})
}

// BenchmarkLoadFile answers questions about weights.
func BenchmarkLoadFile(b *testing.B) {
	benchLines(b, "lines/s", streamOf(b, "testdata/load.jsonl", b.N), ignoring(loads(b)))
}

// BenchmarkProgressFile answers the histories of the session file.
func BenchmarkProgressFile(b *testing.B) {
	benchLines(b, "lines/s", streamOf(b, "testdata/sessions.jsonl", b.N), ignoring(progress))
}

func ignoring(answer answerer) func(io.Reader) (bool, error) {
	return func(in io.Reader) (bool, error) { return answer(in, io.Discard) }
}

// BenchmarkProgressHistory reads and judges one history of that many sessions:
// 200 are two years of training.
func BenchmarkProgressHistory(b *testing.B) {
	const session = `{"pain_before":2,"pain_during":1,"pain_24h":2,"rpe":6,"rpe_target":7,"reps_done_percent":100,"faulty_reps_percent":0,"new_leg_symptom":false,"red_flag":false}`
	for _, n := range []int{1, 20, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			line := `{"id":"a","sessions":[` + strings.TrimSuffix(strings.Repeat(session+",", n), ",") + "]}\n"
			s := &stream{lines: [][]byte{[]byte(line)}, n: b.N}
			benchLines(b, "histories/s", s, ignoring(progress))
		})
	}
}

func benchLines(b *testing.B, unit string, in io.Reader, answer func(io.Reader) (bool, error)) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	before := cpu()
	if ok, err := answer(in); err != nil || !ok {
		b.Fatal(ok, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), unit)
	b.ReportMetric(float64(cpu()-before)/float64(b.N), "cpu-ns/line")
}
