package handout_test

import (
	"testing"

	"backtobar/reports/doc"
	"backtobar/reports/handout"
	"backtobar/reports/pdf"
)

// BenchmarkSheet is a whole home program, from the plan to the bytes.
func BenchmarkSheet(b *testing.B) {
	for _, k := range []kind{{doc.Letter, "en", false}, {doc.Letter, "es", true}} {
		b.Run(k.String(), func(b *testing.B) {
			s := k.of(sheet(b, "2A"))
			b.ReportAllocs()
			for b.Loop() {
				d, problems := handout.Build(s)
				if len(problems) > 0 {
					b.Fatal(problems)
				}
				if _, err := pdf.Write(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
