// Package strictjson reads JSON in which a misspelt or repeated key must never
// pass silently. The standard decoder matches keys without regard to case,
// lets the last of two equal keys win and names no path in its errors; for a
// safety answer each of these could turn a "yes" into a gap.
//
// Unmarshal accepts exactly the keys of the target's json tags, once each, and
// every error begins with the path of the field: "vitals.systolic_mmhg: ...".
package strictjson

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// maxDepth bounds nesting, so that a hostile file cannot exhaust the stack.
const maxDepth = 32

// Error is a failure at one field.
type Error struct {
	// Path is the field, "" for the whole value.
	Path string
	// Text says what is wrong and what is allowed.
	Text string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Path == "" {
		return e.Text
	}
	return e.Path + ": " + e.Text
}

func fail(format string, args ...any) error { return &Error{"", fmt.Sprintf(format, args...)} }

// under puts the name of the enclosing field before the path of an error, on
// the way out, so that reading without errors spends nothing on paths.
func under(name string, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Path == "":
		e.Path = name
	case e.Path[0] == '[':
		e.Path = name + e.Path
	default:
		e.Path = name + "." + e.Path
	}
	return e
}

// maxKey bounds a key that is quoted in an error, in bytes.
const maxKey = 60

// quoted is a key as it stands in a path.
func quoted(key []byte) string {
	if len(key) > maxKey {
		return strings.ToValidUTF8(string(key[:maxKey]), "") + "…"
	}
	return string(key)
}

// Unmarshal reads exactly one JSON value of data into the struct that v points
// to. Keys named in ignore are accepted at the top level and dropped. Null
// leaves a field as it is, which for a pointer means "not given". A whole
// number may be written 45 or 45.0.
//
// Structs of at most 64 fields, pointers, strings, booleans, integers, slices,
// maps with string keys, and types with UnmarshalJSON (from a number) or
// UnmarshalText (from a text) are supported.
func Unmarshal(data []byte, v any, ignore ...string) error {
	s := &scanner{data: data, ignore: ignore}
	if err := s.value(reflect.ValueOf(v).Elem(), 0); err != nil {
		return err
	}
	if s.space(); s.at < len(s.data) {
		return fail("one JSON object is allowed, and more text follows it")
	}
	return nil
}

func (s *scanner) value(v reflect.Value, depth int) error {
	if depth > maxDepth {
		return fail("nested too deeply")
	}
	kind := s.starts()
	switch {
	case kind == 0:
		return notJSON()
	case kind == 'n' && depth == 0:
		return fail("must be an object")
	case kind == 'n':
		return s.word("null")
	}
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if done, err := s.custom(kind, v); done {
		return err
	}
	switch v.Kind() {
	case reflect.Struct:
		if kind != '{' {
			return fail("must be an object")
		}
		return s.object(v, depth)
	case reflect.Map:
		if kind != '{' {
			return fail("must be an object")
		}
		return s.mapping(v, depth)
	case reflect.Slice:
		if kind != '[' {
			return fail("must be a list")
		}
		return s.list(v, depth)
	}
	return s.scalar(kind, v)
}

func (s *scanner) scalar(kind byte, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if kind != '"' {
			return fail("must be a text in quotes")
		}
		b, err := s.text()
		v.SetString(string(b))
		return err
	case reflect.Bool:
		switch kind {
		case 't':
			v.SetBool(true)
			return s.word("true")
		case 'f':
			v.SetBool(false)
			return s.word("false")
		}
		return fail("must be true, false or null")
	case reflect.Int, reflect.Int64:
		if kind != '0' {
			return fail("must be a whole number")
		}
		b, err := s.number()
		if err != nil {
			return err
		}
		whole, frac, _ := strings.Cut(string(b), ".")
		i, err := strconv.ParseInt(whole, 10, 64)
		if err != nil || v.OverflowInt(i) || strings.Trim(frac, "0") != "" {
			return fail("must be a whole number")
		}
		v.SetInt(i)
		return nil
	}
	return fail("this field cannot be read")
}

// custom hands scalar values to the type's own reader.
func (s *scanner) custom(kind byte, v reflect.Value) (bool, error) {
	switch u := v.Addr().Interface().(type) {
	case json.Unmarshaler:
		if kind != '0' {
			return true, fail("must be a number")
		}
		b, err := s.number()
		if err != nil {
			return true, err
		}
		if err := u.UnmarshalJSON(b); err != nil {
			return true, fail("%s", err)
		}
		return true, nil
	case encoding.TextUnmarshaler:
		if kind != '"' {
			return true, fail("must be a text in quotes")
		}
		b, err := s.text()
		if err != nil {
			return true, err
		}
		if err := u.UnmarshalText(b); err != nil {
			return true, fail("%s", err)
		}
		return true, nil
	}
	return false, nil
}

func errTwice() error { return fail("is given twice; give it once") }

func (s *scanner) object(v reflect.Value, depth int) error {
	fields := fieldsOf(v.Type())
	var seen, dropped uint64 // one bit a field, one bit an ignored key
	return s.members(func(key []byte) error {
		if i, ok := fields[string(key)]; ok {
			if seen&(1<<i) != 0 {
				return errTwice()
			}
			seen |= 1 << i
			return s.value(v.Field(i), depth+1)
		}
		for i, name := range s.ignore {
			if depth == 0 && name == string(key) {
				if dropped&(1<<i) != 0 {
					return errTwice()
				}
				dropped |= 1 << i
				return s.skip(0)
			}
		}
		return fail("there is no such field; check the spelling")
	})
}

// mapHint is about the size of the largest map that is read often, the safety
// questions of a case; it saves growing the map step by step.
const mapHint = 32

func (s *scanner) mapping(v reflect.Value, depth int) error {
	t := v.Type()
	v.Set(reflect.MakeMapWithSize(t, mapHint))
	k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
	return s.members(func(key []byte) error {
		k.SetString(string(key))
		e.SetZero()
		if err := s.value(e, depth+1); err != nil {
			return err
		}
		n := v.Len()
		if v.SetMapIndex(k, e); v.Len() == n {
			return errTwice()
		}
		return nil
	})
}

func (s *scanner) list(v reflect.Value, depth int) error {
	out := reflect.MakeSlice(v.Type(), 0, 0)
	err := s.elements(func(int) error {
		e := reflect.New(v.Type().Elem()).Elem()
		err := s.value(e, depth+1)
		out = reflect.Append(out, e)
		return err
	})
	v.Set(out)
	return err
}

var fieldCache sync.Map // reflect.Type -> map[string]int

func fieldsOf(t reflect.Type) map[string]int {
	if m, ok := fieldCache.Load(t); ok {
		return m.(map[string]int)
	}
	m := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			m[name] = i
		}
	}
	fieldCache.Store(t, m)
	return m
}
