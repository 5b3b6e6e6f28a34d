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
	Float float64           `json:"float"`
	Sub   *struct {
		Deep string `json:"deep"`
	} `json:"sub"`
}

func TestUnmarshalReadsWhatItShould(t *testing.T) {
	var v target
	err := strictjson.Unmarshal([]byte(`{"name":"a","flag":false,"count":3,"value":5.7,"day":"2026-11-22",
		"map":{"x":"y"},"list":[1,2],"sub":{"deep":"z"},"expect":{"any":[1.5e+3,-2E-1,{"b":null,"c":{}},true,false,"x",[]]}}`), &v, "expect")
	if err != nil {
		t.Fatal(err)
	}
	if v.Name != "a" || v.Flag == nil || *v.Flag || *v.Count != 3 || v.Value.String() != "5.7" ||
		v.Day.String() != "2026-11-22" || v.Map["x"] != "y" || len(v.List) != 2 || v.Sub.Deep != "z" {
		t.Errorf("got %+v", v)
	}
}

func TestUnmarshalReadsWholeNumbersEscapesAndNull(t *testing.T) {
	var v target
	v.Name = "kept"
	in := " {\r\n\t\"count\": 45.0, \"name\": null, \"map\": {\"caf\\u00e9\": \"a\\n\\\"b\\\"\"}, \"list\": [], \"value\": -0.5 } "
	if err := strictjson.Unmarshal([]byte(in), &v); err != nil {
		t.Fatal(err)
	}
	if *v.Count != 45 || v.Name != "kept" || v.Map["café"] != "a\n\"b\"" || v.List == nil || len(v.List) != 0 || v.Value.String() != "-0.5" {
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
		{"number_for_date", `{"day":5}`, "day: must be a text in quotes"},
		{"broken_date", `{"day":"\x"}`, "day: this is not JSON"},
		{"broken_number_value", `{"value":-}`, "value: this is not JSON"},
		{"not_supported", `{"float":1.5}`, "float: this field cannot be read"},
		{"bad_date", `{"day":"11/22/2026"}`, "day: write the date as YYYY-MM-DD"},
		{"two_objects", `{} {}`, "more text follows"},
		{"ignored_twice", `{"expect":1,"expect":2}`, "expect: is given twice"},
		{"twice_by_escape", `{"name":"a","n\u0061me":"b"}`, "name: is given twice"},
		{"whole_number_too_long", `{"count":99999999999999999999}`, "count: must be a whole number"},
		{"whole_number_exponent", `{"count":1e2}`, "count: must be a whole number"},
		{"leading_zero", `{"count":01}`, "count: this is not JSON"},
		{"plus", `{"count":+1}`, "count: this is not JSON"},
		{"no_fraction", `{"value":1.}`, "value: this is not JSON"},
		{"no_exponent", `{"value":1e}`, "value: this is not JSON"},
		{"half_a_word", `{"flag":tru}`, "flag: this is not JSON"},
		{"half_null", `{"name":nul}`, "name: this is not JSON"},
		{"bad_escape", `{"name":"\x"}`, "name: this is not JSON"},
		{"control_character", "{\"name\":\"a\tb\"}", "name: this is not JSON"},
		{"not_utf8", "{\"name\":\"a\xffb\"}", "name: this text is not UTF-8"},
		{"open_text", `{"name":"a`, "name: this is not JSON"},
		{"escape_at_the_end", `{"name":"a\`, "name: this is not JSON"},
		{"no_colon", `{"name" "a"}`, "this is not JSON"},
		{"no_comma", `{"name":"a" "flag":true}`, "this is not JSON"},
		{"comma_at_the_end", `{"name":"a",}`, "this is not JSON"},
		{"comma_at_the_end_of_a_list", `{"list":[1,]}`, "list[1]: this is not JSON"},
		{"map_value", `{"map":{"x":1}}`, "map.x: must be a text in quotes"},
		{"list_for_object", `{"sub":[1]}`, "sub: must be an object"},
		{"list_for_map", `{"map":[1]}`, "map: must be an object"},
		{"text_for_list", `{"list":"x"}`, "list: must be a list"},
		{"broken_ignored_value", `{"expect":[1,{"a":tru}]}`, "expect[1].a: this is not JSON"},
		{"long_key", `{"` + strings.Repeat("k", 100) + `":1}`, strings.Repeat("k", 60) + "…: there is no such field"},
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
