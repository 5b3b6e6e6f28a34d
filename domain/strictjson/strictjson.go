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
	"unicode/utf8"
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
	s := &scanner{data: data, ignore: ignore, utf8: utf8.Valid(data)}
	target := reflect.ValueOf(v).Elem()
	if err := s.value(target, shapeOf(target.Type()), 0); err != nil {
		return err
	}
	if s.space(); s.at < len(s.data) {
		return fail("one JSON object is allowed, and more text follows it")
	}
	return nil
}

func (s *scanner) value(v reflect.Value, as *shape, depth int) error {
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
	for as.kind == reflect.Pointer {
		v.Set(reflect.New(as.elem.of))
		v, as = v.Elem(), as.elem
	}
	switch {
	case as.number:
		return s.ownNumber(kind, v)
	case as.text:
		return s.ownText(kind, v)
	}
	switch as.kind {
	case reflect.Struct:
		if kind != '{' {
			return fail("must be an object")
		}
		return s.object(v, as, depth)
	case reflect.Map:
		if kind != '{' {
			return fail("must be an object")
		}
		return s.mapping(v, as, depth)
	case reflect.Slice:
		if kind != '[' {
			return fail("must be a list")
		}
		return s.list(v, as, depth)
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

// ownNumber hands a number to the type's own reader.
func (s *scanner) ownNumber(kind byte, v reflect.Value) error {
	if kind != '0' {
		return fail("must be a number")
	}
	b, err := s.number()
	if err != nil {
		return err
	}
	if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(b); err != nil {
		return fail("%s", err)
	}
	return nil
}

// ownText hands a text to the type's own reader.
func (s *scanner) ownText(kind byte, v reflect.Value) error {
	if kind != '"' {
		return fail("must be a text in quotes")
	}
	b, err := s.text()
	if err != nil {
		return err
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(b); err != nil {
		return fail("%s", err)
	}
	return nil
}

func errTwice() error { return fail("is given twice; give it once") }

func (s *scanner) object(v reflect.Value, as *shape, depth int) error {
	var seen, dropped uint64 // one bit a field, one bit an ignored key
	next := 0                // most files keep the order of the fields
	return s.members(func(key []byte) error {
		i := next
		if i >= len(as.fields) || as.fields[i].name != string(key) {
			found, ok := as.byName[string(key)]
			if !ok {
				return s.extra(key, depth, &dropped)
			}
			i = found
		}
		if seen&(1<<i) != 0 {
			return errTwice()
		}
		seen |= 1 << i
		next = i + 1
		f := &as.fields[i]
		return s.value(v.Field(f.index), f.as, depth+1)
	})
}

// extra drops a key that is to be ignored and refuses every other.
func (s *scanner) extra(key []byte, depth int, dropped *uint64) error {
	for i, name := range s.ignore {
		if depth == 0 && name == string(key) {
			if *dropped&(1<<i) != 0 {
				return errTwice()
			}
			*dropped |= 1 << i
			return s.skip(0)
		}
	}
	return fail("there is no such field; check the spelling")
}

// mapHint is about the size of the largest map that is read often, the safety
// questions of a case; it saves growing the map step by step.
const mapHint = 32

func (s *scanner) mapping(v reflect.Value, as *shape, depth int) error {
	v.Set(reflect.MakeMapWithSize(as.of, mapHint))
	k, e := reflect.New(as.of.Key()).Elem(), reflect.New(as.elem.of).Elem()
	return s.members(func(key []byte) error {
		k.SetString(string(key))
		e.SetZero()
		if err := s.value(e, as.elem, depth+1); err != nil {
			return err
		}
		n := v.Len()
		if v.SetMapIndex(k, e); v.Len() == n {
			return errTwice()
		}
		return nil
	})
}

func (s *scanner) list(v reflect.Value, as *shape, depth int) error {
	v.Set(reflect.MakeSlice(as.of, 0, 0))
	return s.elements(func(i int) error {
		if i == v.Cap() {
			v.Grow(max(listHint, i))
		}
		v.SetLen(i + 1)
		e := v.Index(i)
		e.SetZero()
		return s.value(e, as.elem, depth+1)
	})
}

// listHint is room for a short list, so that it does not grow step by step.
const listHint = 8

// shape is what is known of a type before anything is read into it: finding it
// out anew for every value would take longer than reading.
type shape struct {
	of   reflect.Type
	kind reflect.Kind
	// number and text: the type reads itself from a number or a text.
	number, text bool
	// elem is of a pointer, a slice or a map.
	elem *shape
	// fields of a struct that have a key, in their order.
	fields []shapeField
	byName map[string]int
}

type shapeField struct {
	name  string
	index int
	as    *shape
}

var (
	shapes     sync.Map // reflect.Type -> *shape
	readNumber = reflect.TypeFor[json.Unmarshaler]()
	readText   = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// shapeOf returns the shape of a type, made once.
func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	made := shaped(t, map[reflect.Type]*shape{})
	shapes.Store(t, made)
	return made
}

// shaped makes the shape of a type and of what it holds; inside remembers those
// that are being made, for types that hold themselves.
func shaped(t reflect.Type, inside map[reflect.Type]*shape) *shape {
	if s := inside[t]; s != nil {
		return s
	}
	s := &shape{of: t, kind: t.Kind()}
	inside[t] = s
	own := reflect.PointerTo(t)
	switch {
	case s.kind == reflect.Pointer:
		s.elem = shaped(t.Elem(), inside)
		return s
	case own.Implements(readNumber):
		s.number = true
		return s
	case own.Implements(readText):
		s.text = true
		return s
	}
	switch s.kind {
	case reflect.Slice, reflect.Map:
		s.elem = shaped(t.Elem(), inside)
	case reflect.Struct:
		s.byName = map[string]int{}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if name != "" && name != "-" {
				s.byName[name] = len(s.fields)
				s.fields = append(s.fields, shapeField{name, i, shaped(t.Field(i).Type, inside)})
			}
		}
	}
	return s
}
