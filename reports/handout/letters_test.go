package handout_test

import (
	"encoding/json"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/reports/doc"
)

// TestEveryShippedStringCanBePrinted: a letter that the typeface lacks would
// print as an empty box and say nothing.
func TestEveryShippedStringCanBePrinted(t *testing.T) {
	fonts := must(doc.LoadFonts())(t)
	count := 0
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch x := v.(type) {
		case map[string]any:
			for key, v := range x {
				walk(at+"."+key, v)
			}
		case []any:
			for _, v := range x {
				walk(at, v)
			}
		case string:
			count++
			for _, bold := range []bool{false, true} {
				if text := fonts.Unprintable(x, bold); text != "" {
					t.Errorf("%s: %s", at, text)
				}
			}
		}
	}
	for _, file := range []string{"en/text.json", "en/exercises.json", "es/text.json", "es/exercises.json"} {
		var all any
		if err := json.Unmarshal(must(assets.Handouts.ReadFile("handouts/"+file))(t), &all); err != nil {
			t.Fatal(err)
		}
		walk(file, all)
	}
	if count < 300 {
		t.Errorf("only %d strings were looked at", count)
	}
}

// TestNamesOfManyLanguagesPrint: the letters of Spanish, Haitian Creole,
// Portuguese, Vietnamese and Polish, as names, in both weights.
func TestNamesOfManyLanguagesPrint(t *testing.T) {
	fonts := must(doc.LoadFonts())(t)
	const letters = "áéíóúüñ¿¡ àèòÀÈÒ ãõâêôçÃÕÂÊÔÇ ăâđêôơưĂÂĐÊÔƠƯ ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ ąćęłńóśźżŁŚŻ"
	for _, name := range []string{"Muñoz", "Nguyễn Thị Ánh Tuyết", "Đặng Phương Thảo", "Conceição Guimarães", "João Simões", "Thélus", "Jean-Bèl", "Lòmè", "Łukasz Żółć", letters} {
		for _, bold := range []bool{false, true} {
			if text := fonts.Unprintable(name, bold); text != "" {
				t.Errorf("%s, bold %v: %s", name, bold, text)
			}
		}
	}
	for _, k := range kinds {
		s := k.of(sheet(t, "1B"))
		s.FirstName, s.Therapist.Name = "Nguyễn Ánh", "Conceição Guimarães"
		all := oneLine(run(t, "pdftotext", "-raw", written(t, build(t, s)), "-"))
		for _, want := range []string{s.FirstName, s.Therapist.Name} {
			if !strings.Contains(all, want) {
				t.Errorf("%s: %q does not come out of the file as written", k, want)
			}
		}
	}
}
