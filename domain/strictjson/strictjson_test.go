package strictjson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

type target struct {
	Name  string            `json:"name"`
	Flag  *bool             `json:"flag"`
	Count *int              `json:"count"`
	Value *domain.Decimal   `json:"value"`
	Day   domain.Date       `json:"day"`
	Map   map[string]string `json:"map"`
	List  []int             `json:"list"`
	Sub   *struct {
		Deep string `json:"deep"`
	} `json:"sub"`
}

func TestUnmarshalReadsWhatItShould(t *testing.T) {
	var v target
	err := strictjson.Unmarshal([]byte(`{"name":"a","flag":false,"count":3,"value":5.7,"day":"2026-11-22",
		"map":{"x":"y"},"list":[1,2],"sub":{"deep":"z"},"expect":{"any":[1,{"b":null}]}}`), &v, "expect")
	if err != nil {
		t.Fatal(err)
	}
	if v.Name != "a" || v.Flag == nil || *v.Flag || *v.Count != 3 || v.Value.String() != "5.7" ||
		v.Day.String() != "2026-11-22" || v.Map["x"] != "y" || len(v.List) != 2 || v.Sub.Deep != "z" {
		t.Errorf("got %+v", v)
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"unknown_key", `{"nam":"a"}`, "nam: there is no such field"},
		{"other_case", `{"Name":"a"}`, "Name: there is no such field"},
		{"unknown_deep", `{"sub":{"dep":"a"}}`, "sub.dep: there is no such field"},
		{"twice", `{"name":"a","name":"b"}`, "name: is given twice"},
		{"twice_in_map", `{"map":{"x":"1","x":"2"}}`, "map.x: is given twice"},
		{"text_for_number", `{"value":"5"}`, "value: must be a number"},
		{"exponent", `{"value":1e2}`, "value: write a number such as 72.5"},
		{"fraction_for_whole", `{"count":1.5}`, "count: must be a whole number"},
		{"number_for_flag", `{"flag":1}`, "flag: must be true, false or null"},
		{"object_for_text", `{"name":{}}`, "name: must be a text"},
		{"list_element", `{"list":[1,"x"]}`, "list[1]: must be a whole number"},
		{"bad_date", `{"day":"11/22/2026"}`, "day: write the date as YYYY-MM-DD"},
		{"two_objects", `{} {}`, "more text follows"},
		{"cut_off", `{"name":"a"`, "ends too early"},
		{"not_an_object", `[1]`, "must be an object"},
		{"null", `null`, "must be an object"},
		{"empty", ``, "this is not JSON"},
		{"ignored_key_is_top_level_only", `{"sub":{"expect":1}}`, "sub.expect: there is no such field"},
		{"deep_nesting", `{"expect":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, "nested too deeply"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var v target
			err := strictjson.Unmarshal([]byte(c.in), &v, "expect")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"name":"a","sub":{"deep":"z"},"map":{"x":"y"}}`))
	f.Add([]byte(`{"value":1.0,"list":[1,2,3]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var v target
		if strictjson.Unmarshal(b, &v) != nil {
			return
		}
		// What the strict reader accepts, the standard one accepts too.
		if !json.Valid(b) {
			t.Errorf("accepted what is not JSON: %q", b)
		}
	})
}
