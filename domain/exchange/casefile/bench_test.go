package casefile_test

import (
	"bytes"
	"io"
	"os"
	"testing"

	"backtobar/domain/exchange/casefile"
)

// BenchmarkScreenFile reads, decides and answers whole case files; cases/s is
// what one core gets through.
func BenchmarkScreenFile(b *testing.B) {
	f, err := os.ReadFile("testdata/screen.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	cases := bytes.Count(f, []byte("\n"))
	r := rules(b)
	b.SetBytes(int64(len(f)))
	b.ReportAllocs()
	for b.Loop() {
		if ok, err := casefile.Screen(bytes.NewReader(f), io.Discard, r, false); err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
	b.ReportMetric(float64(cases)*float64(b.N)/b.Elapsed().Seconds(), "cases/s")
}
