package handoutfile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"backtobar/domain"
	"backtobar/reports/doc"
	"backtobar/reports/handoutfile"
)

// whole is a request that becomes a sheet.
func whole(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/request.json")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// with returns the request with values set by their paths; a nil value removes
// the key.
func with(t testing.TB, values map[string]any) string {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(whole(t), &all); err != nil {
		t.Fatal(err)
	}
	for path, v := range values {
		at := all
		keys := strings.Split(path, ".")
		for _, k := range keys[:len(keys)-1] {
			at = at[k].(map[string]any)
		}
		if last := keys[len(keys)-1]; v == nil {
			delete(at, last)
		} else {
			at[last] = v
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func words(d *doc.Document) string {
	var b strings.Builder
	for _, p := range d.Pages {
		b.WriteString(p.Words())
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func made(t *testing.T, request string) *doc.Document {
	t.Helper()
	d, err := handoutfile.Document(strings.NewReader(request))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMakeWritesTheSameFileEveryTime(t *testing.T) {
	folder := t.TempDir()
	var last handoutfile.Result
	for i, name := range []string{"a.pdf", "b.pdf", "a.pdf"} {
		path := filepath.Join(folder, name)
		got, err := handoutfile.Make(bytes.NewReader(whole(t)), path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		if got.SHA256 != hex.EncodeToString(sum[:]) || got.Pages != 3 {
			t.Errorf("answered %+v", got)
		}
		if i > 0 && got != last {
			t.Error("the same request gave other bytes")
		}
		last = got
	}
	onlyThese(t, folder, "a.pdf", "b.pdf")
}

// TestARefusalLeavesNoEarlierSheet: what a script would print next is gone.
func TestARefusalLeavesNoEarlierSheet(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.pdf")
	if _, err := handoutfile.Make(bytes.NewReader(whole(t)), path); err != nil {
		t.Fatal(err)
	}
	if _, err := handoutfile.Make(strings.NewReader("{}"), path); err == nil {
		t.Fatal("an empty request became a sheet")
	}
	onlyThese(t, folder)
}

// onlyThese checks that no other file is in the folder.
func onlyThese(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

// TestEveryKindOfSheet that a request can ask for.
func TestEveryKindOfSheet(t *testing.T) {
	for want, edit := range map[string][2]string{
		"Para: Maria":            {`"language": "en"`, `"language": "es"`},
		"For: Maria · November":  {`"large_print": false`, `"large_print": true`},
		"For: Maria":             {`"paper": "letter"`, `"paper": "a4"`},
		"Stop and call us: (954": {`"language": "en"`, `"language":"en"`},
	} {
		if got := words(made(t, strings.Replace(string(whole(t)), edit[0], edit[1], 1))); !strings.Contains(got, want) {
			t.Errorf("with %s the sheet lacks %q", edit[1], want)
		}
	}
}

func TestNothingPrivateIsPrinted(t *testing.T) {
	got := words(made(t, string(whole(t))))
	for _, private := range []string{"Example", "1981", "March", "70"} {
		if strings.Contains(got, private) {
			t.Errorf("the sheet shows %q", private)
		}
	}
	if !strings.Contains(got, "For: Maria") {
		t.Error("the sheet does not say for whom it is")
	}
}

func TestRefusals(t *testing.T) {
	ready3 := map[string]any{"screen.history": map[string]any{"highest_stage_exited": 2}, "sub_stage": "3A", "home_equipment.barbell": true}
	and := func(base map[string]any, more ...any) map[string]any {
		out := map[string]any{}
		for k, v := range base {
			out[k] = v
		}
		for i := 0; i < len(more); i += 2 {
			out[more[i].(string)] = more[i+1]
		}
		return out
	}
	for name, c := range map[string]struct {
		values map[string]any
		field  string
	}{
		"clinic without a name":   {map[string]any{"clinic.name": ""}, "clinic.name"},
		"clinic without a phone":  {map[string]any{"clinic.phone": nil}, "clinic.phone"},
		"no therapist":            {map[string]any{"therapist": nil}, "therapist.name"},
		"no first name":           {map[string]any{"patient.first_name": nil}, "patient.first_name"},
		"no date":                 {map[string]any{"date": nil}, "date"},
		"a day that is not":       {map[string]any{"date": "2026-02-30"}, "date"},
		"no language":             {map[string]any{"language": nil}, "language"},
		"French":                  {map[string]any{"language": "fr"}, "language"},
		"no paper":                {map[string]any{"paper": nil}, "paper"},
		"no sub-stage":            {map[string]any{"sub_stage": nil}, "sub_stage"},
		"no such sub-stage":       {map[string]any{"sub_stage": "1C"}, "sub_stage"},
		"above the screen":        {map[string]any{"sub_stage": "2A"}, "sub_stage"},
		"preparation when ready":  {map[string]any{"sub_stage": "0"}, "sub_stage"},
		"no screen":               {map[string]any{"screen": nil}, "screen"},
		"incomplete screen":       {map[string]any{"screen.vitals": nil}, "screen"},
		"emergency":               {map[string]any{"screen.red_flags.CES1": "yes"}, "screen"},
		"misspelt answer":         {map[string]any{"screen.red_flag": map[string]any{}}, "screen.red_flag"},
		"answer out of range":     {map[string]any{"screen.pain.nprs_7day": 11}, "screen.pain.nprs_7day"},
		"another person's screen": {map[string]any{"patient.date_of_birth": "1990-03-14"}, "patient.date_of_birth"},
		"born tomorrow":           {map[string]any{"patient.date_of_birth": "2026-11-23"}, "patient.date_of_birth"},
		"birthday is tomorrow":    {map[string]any{"patient.date_of_birth": "1981-11-23"}, "patient.date_of_birth"},
		"unknown key":             {map[string]any{"patient.diagnosis": "x"}, "patient.diagnosis"},
		"body mass in grams":      {map[string]any{"patient.body_mass_kg": 70000}, "patient.body_mass_kg"},
		"no body mass for a bell": {map[string]any{"screen.history": map[string]any{"highest_stage_exited": 1}, "sub_stage": "2A", "patient.body_mass_kg": nil}, "patient.body_mass_kg"},
		"bell without a unit":     {map[string]any{"home_equipment.kettlebells": []any{map[string]any{"size": 8}}}, "home_equipment.kettlebells[0].unit"},
		"bell of nothing":         {map[string]any{"home_equipment.kettlebells": []any{map[string]any{"size": 0, "unit": "kg"}}}, "home_equipment.kettlebells[0].size"},
		"barbell without a place": {ready3, "supervised_place_confirmed"},
		"barbell below the cap":   {and(ready3, "supervised_place_confirmed", true, "screen.bone", "osteoporosis", "sub_stage", "4A"), "screen"},
	} {
		folder := t.TempDir()
		_, err := handoutfile.Make(strings.NewReader(with(t, c.values)), filepath.Join(folder, "out.pdf"))
		var p domain.Problems
		if !errors.As(err, &p) || p.For(c.field) == "" {
			t.Errorf("%s: not refused at %s: %v", name, c.field, err)
		}
		onlyThese(t, folder)
	}
}

func TestRefusesWhatIsNotARequest(t *testing.T) {
	twice := strings.Replace(string(whole(t)), `"date":`, `"date": "2020-01-01", "date":`, 1)
	for name, text := range map[string]string{
		"nothing": "", "no JSON": "hello", "a list": "[]", "cut off": string(whole(t))[:400], "two": string(whole(t)) + "{}",
		"a key twice": twice, "too long": strings.Repeat(" ", 1<<20) + "{}", "null": "null", "bad bytes": "{\"date\":\"\xff\"}",
	} {
		_, err := handoutfile.Document(strings.NewReader(text))
		if p := (domain.Problems{}); !errors.As(err, &p) || len(p) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := handoutfile.Document(iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a broken stream: %v", err)
	}
}

func TestBarbellOnlyWithBarbellAndPlace(t *testing.T) {
	values := map[string]any{
		"screen.history": map[string]any{"highest_stage_exited": 2}, "sub_stage": "3A",
		"home_equipment.barbell": true, "supervised_place_confirmed": true,
	}
	const lift = "Rack pull above the knee"
	if got := words(made(t, with(t, values))); !strings.Contains(got, lift) || !strings.Contains(got, "Your therapist sets the weight") {
		t.Errorf("the lift is missing: %s", got)
	}
	values["home_equipment.barbell"] = false
	if got := words(made(t, with(t, values))); strings.Contains(got, lift) || !strings.Contains(got, "Bird dog") {
		t.Error("a barbell lift is on the sheet without a barbell at home")
	}
}

func TestKettlebellIsTheOneAtHome(t *testing.T) {
	values := map[string]any{"screen.history": map[string]any{"highest_stage_exited": 1}, "sub_stage": "2A"}
	if got := words(made(t, with(t, values))); !strings.Contains(got, "8 kilograms") {
		t.Errorf("the weight is missing: %s", got)
	}
	values["home_equipment"] = nil
	if got := words(made(t, with(t, values))); strings.Contains(got, "Kettlebell lift") || !strings.Contains(got, "Hip hinge with a dowel") {
		t.Errorf("a kettlebell is on the sheet without one at home: %s", got)
	}
}

func TestPreparationShowsItsTracks(t *testing.T) {
	got := words(made(t, with(t, map[string]any{"screen.pain.nprs_7day": 8, "sub_stage": "0"})))
	for _, want := range []string{"Getting ready: Calm the pain", "1. Walk"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet lacks %q: %s", want, got)
		}
	}
}

func TestTheSheetNeverOutlivesItsScreen(t *testing.T) {
	// A pain score counts for 7 days, which is less than the 14 of a sheet.
	for age, want := range map[int]string{0: "November 29", 6: "November 23", 7: "November 22"} {
		got := words(made(t, with(t, map[string]any{"screen.age_days": map[string]any{"pain": age}})))
		if !strings.Contains(got, "Good until "+want+", 2026.") {
			t.Errorf("with a pain score of %d days the sheet must be good until %s", age, want)
		}
	}
}

func TestAnExpectKeyInsideTheCaseIsIgnored(t *testing.T) {
	made(t, with(t, map[string]any{"screen.expect": map[string]any{"outcome": "READY"}}))
}

func TestUnwritablePlaces(t *testing.T) {
	_, err := handoutfile.Make(bytes.NewReader(whole(t)), filepath.Join(t.TempDir(), "missing", "out.pdf"))
	if !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a folder that is not there: %v", err)
	}
	folder := t.TempDir()
	_, err = handoutfile.Make(bytes.NewReader(whole(t)), folder)
	if err == nil {
		t.Error("a folder was overwritten by a file")
	}
	onlyThese(t, folder)
}

func FuzzDocument(f *testing.F) {
	f.Add(whole(f))
	f.Add([]byte(with(f, map[string]any{"patient.first_name": "三", "home_equipment": nil})))
	f.Add([]byte(`{"screen":{},"sub_stage":"0"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := handoutfile.Document(bytes.NewReader(data))
		if err == nil {
			if len(d.Pages) < 2 {
				t.Fatal("a sheet of one page lacks its week")
			}
			return
		}
		var p domain.Problems
		if !errors.As(err, &p) || len(p) == 0 {
			t.Fatalf("a request was refused without a reason: %v", err)
		}
	})
}
