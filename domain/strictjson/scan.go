package strictjson

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner reads data from left to right.
type scanner struct {
	data   []byte
	at     int
	ignore []string
	// utf8: all of data is UTF-8, so that no single text has to be looked at.
	utf8 bool
}

func notJSON() error { return fail("this is not JSON, or it ends too early") }

func (s *scanner) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// next skips space and returns the byte that follows, 0 at the end.
func (s *scanner) next() byte {
	s.space()
	if s.at == len(s.data) {
		return 0
	}
	return s.data[s.at]
}

// starts returns what kind of value follows: one of { [ " t f n 0, or 0.
func (s *scanner) starts() byte {
	switch c := s.next(); {
	case c == '-' || c >= '0' && c <= '9':
		return '0'
	case strings.IndexByte(`{["tfn`, c) >= 0:
		return c
	}
	return 0
}

// word consumes the literal w.
func (s *scanner) word(w string) error {
	if len(s.data)-s.at < len(w) || string(s.data[s.at:s.at+len(w)]) != w {
		return notJSON()
	}
	s.at += len(w)
	return nil
}

// number consumes a number of the JSON grammar and returns its bytes.
func (s *scanner) number() ([]byte, error) {
	from := s.at
	s.skipOne('-')
	zero := s.at < len(s.data) && s.data[s.at] == '0'
	if n := s.digits(); n == 0 || zero && n > 1 {
		return nil, notJSON()
	}
	if s.skipOne('.') && s.digits() == 0 {
		return nil, notJSON()
	}
	if s.skipOne('e') || s.skipOne('E') {
		if !s.skipOne('+') {
			s.skipOne('-')
		}
		if s.digits() == 0 {
			return nil, notJSON()
		}
	}
	return s.data[from:s.at], nil
}

func (s *scanner) skipOne(c byte) bool {
	if s.at == len(s.data) || s.data[s.at] != c {
		return false
	}
	s.at++
	return true
}

func (s *scanner) digits() (n int) {
	for s.at < len(s.data) && s.data[s.at] >= '0' && s.data[s.at] <= '9' {
		s.at++
		n++
	}
	return n
}

// text consumes a quoted text and returns what it means.
func (s *scanner) text() ([]byte, error) {
	from, escaped := s.at, false
	for s.at++; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; {
		case c == '"':
			s.at++
			return s.unquote(s.data[from:s.at], escaped)
		case c == '\\':
			escaped = true
			s.at++
		case c < ' ':
			return nil, notJSON()
		}
	}
	return nil, notJSON()
}

// unquote returns the meaning of a text with its quotes. Escapes are rare, so
// the standard reader may take its time over them.
func (s *scanner) unquote(b []byte, escaped bool) ([]byte, error) {
	if !s.utf8 && !utf8.Valid(b) {
		return nil, fail("this text is not UTF-8; save the file as UTF-8")
	}
	if !escaped {
		return b[1 : len(b)-1], nil
	}
	var out string
	if json.Unmarshal(b, &out) != nil {
		return nil, notJSON()
	}
	return []byte(out), nil
}

// members consumes an object and calls read for each key, with the value next.
func (s *scanner) members(read func(key []byte) error) error {
	s.at++ // the opening brace
	if s.next() == '}' {
		s.at++
		return nil
	}
	for {
		if s.next() != '"' {
			return notJSON()
		}
		key, err := s.text()
		if err != nil {
			return err
		}
		if s.next() != ':' {
			return notJSON()
		}
		s.at++
		if err := read(key); err != nil {
			return under(quoted(key), err)
		}
		if done, err := s.follows('}'); done || err != nil {
			return err
		}
	}
}

// elements consumes a list and calls read for each element.
func (s *scanner) elements(read func(i int) error) error {
	s.at++ // the opening bracket
	if s.next() == ']' {
		s.at++
		return nil
	}
	for i := 0; ; i++ {
		if err := read(i); err != nil {
			return under("["+strconv.Itoa(i)+"]", err)
		}
		if done, err := s.follows(']'); done || err != nil {
			return err
		}
	}
}

// follows consumes the comma before the next member, or the end.
func (s *scanner) follows(end byte) (done bool, err error) {
	switch s.next() {
	case end:
		s.at++
		return true, nil
	case ',':
		s.at++
		return false, nil
	}
	return false, notJSON()
}

// skip reads past one value of any kind.
func (s *scanner) skip(depth int) error {
	if depth > maxDepth {
		return fail("nested too deeply")
	}
	var err error
	switch s.starts() {
	case '{':
		return s.members(func([]byte) error { return s.skip(depth + 1) })
	case '[':
		return s.elements(func(int) error { return s.skip(depth + 1) })
	case '"':
		_, err = s.text()
	case '0':
		_, err = s.number()
	case 't':
		err = s.word("true")
	case 'f':
		err = s.word("false")
	case 'n':
		err = s.word("null")
	default:
		err = notJSON()
	}
	return err
}
