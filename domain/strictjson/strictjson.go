// Package strictjson reads JSON in which a misspelt or repeated key must never
// pass silently. The standard decoder matches keys without regard to case,
// lets the last of two equal keys win and names no path in its errors; for a
// safety answer each of these could turn a "yes" into a gap.
//
// Unmarshal accepts exactly the keys of the target's json tags, once each, and
// every error begins with the path of the field: "vitals.systolic_mmhg: ...".
package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
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

func fail(path, format string, args ...any) error {
	return &Error{path, fmt.Sprintf(format, args...)}
}

// Unmarshal reads exactly one JSON value of data into the struct that v points
// to. Keys named in ignore are accepted at the top level and dropped. Null
// leaves a field as it is, which for a pointer means "not given".
//
// Structs, pointers, strings, booleans, integers, slices, maps with string
// keys, and types with UnmarshalJSON or UnmarshalText are supported.
func Unmarshal(data []byte, v any, ignore ...string) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	r := reader{dec: dec, ignore: ignore}
	if err := r.value("", reflect.ValueOf(v).Elem(), 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fail("", "one JSON object is allowed, and more text follows it")
	}
	return nil
}

type reader struct {
	dec    *json.Decoder
	ignore []string
}

func (r *reader) token(path string) (json.Token, error) {
	t, err := r.dec.Token()
	if err != nil {
		return nil, fail(path, "this is not JSON, or it ends too early")
	}
	return t, nil
}

func (r *reader) value(path string, v reflect.Value, depth int) error {
	if depth > maxDepth {
		return fail(path, "nested too deeply")
	}
	t, err := r.token(path)
	if err != nil {
		return err
	}
	if t == nil {
		if depth == 0 {
			return fail(path, "must be an object")
		}
		return nil
	}
	return r.assign(path, t, v, depth)
}

func (r *reader) assign(path string, t json.Token, v reflect.Value, depth int) error {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		return r.assign(path, t, v.Elem(), depth)
	}
	if done, err := custom(path, t, v); done {
		return err
	}
	switch v.Kind() {
	case reflect.Struct:
		if t != json.Delim('{') {
			return fail(path, "must be an object")
		}
		return r.object(path, v, depth)
	case reflect.Map:
		if t != json.Delim('{') {
			return fail(path, "must be an object")
		}
		return r.mapping(path, v, depth)
	case reflect.Slice:
		if t != json.Delim('[') {
			return fail(path, "must be a list")
		}
		return r.list(path, v, depth)
	case reflect.String:
		s, ok := t.(string)
		if !ok {
			return fail(path, "must be a text in quotes")
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := t.(bool)
		if !ok {
			return fail(path, "must be true, false or null")
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, ok := t.(json.Number)
		if !ok {
			return fail(path, "must be a whole number")
		}
		i, err := n.Int64()
		if err != nil || v.OverflowInt(i) {
			return fail(path, "must be a whole number")
		}
		v.SetInt(i)
	default:
		return fail(path, "this field cannot be read")
	}
	return nil
}

// custom hands scalar values to the type's own reader.
func custom(path string, t json.Token, v reflect.Value) (bool, error) {
	if !v.CanAddr() {
		return false, nil
	}
	switch u := v.Addr().Interface().(type) {
	case json.Unmarshaler:
		n, ok := t.(json.Number)
		if !ok {
			return true, fail(path, "must be a number")
		}
		if err := u.UnmarshalJSON([]byte(n)); err != nil {
			return true, fail(path, "%s", err)
		}
		return true, nil
	case encoding.TextUnmarshaler:
		s, ok := t.(string)
		if !ok {
			return true, fail(path, "must be a text in quotes")
		}
		if err := u.UnmarshalText([]byte(s)); err != nil {
			return true, fail(path, "%s", err)
		}
		return true, nil
	}
	return false, nil
}

func (r *reader) object(path string, v reflect.Value, depth int) error {
	fields := fieldsOf(v.Type())
	seen := make(map[string]bool, len(fields))
	for r.dec.More() {
		key, err := r.key(path, seen)
		if err != nil {
			return err
		}
		at := join(path, key)
		i, ok := fields[key]
		switch {
		case ok:
			err = r.value(at, v.Field(i), depth+1)
		case depth == 0 && contains(r.ignore, key):
			err = r.skip(at, 0)
		default:
			err = fail(at, "there is no such field; check the spelling")
		}
		if err != nil {
			return err
		}
	}
	_, err := r.token(path)
	return err
}

func (r *reader) mapping(path string, v reflect.Value, depth int) error {
	v.Set(reflect.MakeMap(v.Type()))
	seen := map[string]bool{}
	for r.dec.More() {
		key, err := r.key(path, seen)
		if err != nil {
			return err
		}
		e := reflect.New(v.Type().Elem()).Elem()
		if err := r.value(join(path, key), e, depth+1); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), e)
	}
	_, err := r.token(path)
	return err
}

func (r *reader) list(path string, v reflect.Value, depth int) error {
	out := reflect.MakeSlice(v.Type(), 0, 4)
	for i := 0; r.dec.More(); i++ {
		e := reflect.New(v.Type().Elem()).Elem()
		if err := r.value(fmt.Sprintf("%s[%d]", path, i), e, depth+1); err != nil {
			return err
		}
		out = reflect.Append(out, e)
	}
	v.Set(out)
	_, err := r.token(path)
	return err
}

// skip reads past one value of any kind.
func (r *reader) skip(path string, depth int) error {
	if depth > maxDepth {
		return fail(path, "nested too deeply")
	}
	t, err := r.token(path)
	if err != nil {
		return err
	}
	d, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	for r.dec.More() {
		if d == '{' {
			if _, err := r.token(path); err != nil {
				return err
			}
		}
		if err := r.skip(path, depth+1); err != nil {
			return err
		}
	}
	_, err = r.token(path)
	return err
}

func (r *reader) key(path string, seen map[string]bool) (string, error) {
	t, err := r.token(path)
	if err != nil {
		return "", err
	}
	key, ok := t.(string)
	if !ok {
		return "", fail(path, "this is not JSON")
	}
	if seen[key] {
		return "", fail(join(path, key), "is given twice; give it once")
	}
	seen[key] = true
	return key, nil
}

// maxKey bounds a key that is quoted in an error.
const maxKey = 60

func join(path, key string) string {
	if len(key) > maxKey {
		key = strings.ToValidUTF8(key[:maxKey], "") + "…"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
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
