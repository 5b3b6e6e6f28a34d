package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// plainNumber finds a member of an object that is a number.
var plainNumber = regexp.MustCompile(`"([a-z0-9_]+)":[ ]*(-?[0-9]+(?:\.[0-9]+)?)([,}\s])`)

// named finds what a number belongs to, for the description.
var named = regexp.MustCompile(`"(?:id|kind|name)":[ ]*"([^"]*)"|"([a-z0-9_]+)":[ ]*\{`)

// changeJSON returns every change of a data file: each number one step up and
// one step down.
func changeJSON(file string, text []byte) (out []change, err error) {
	for _, at := range plainNumber.FindAllSubmatchIndex(text, -1) {
		number := string(text[at[4]:at[5]])
		owner := ""
		for _, m := range named.FindAllSubmatch(text[max(0, at[0]-1500):at[0]], -1) {
			owner = string(m[1]) + string(m[2])
		}
		for _, sign := range []float64{1, -1} {
			moved, err := step(number, sign)
			if err != nil {
				return nil, err
			}
			changed := bytes.Join([][]byte{text[:at[4]], []byte(moved), text[at[5]:]}, nil)
			out = append(out, change{file: file, line: 1 + bytes.Count(text[:at[4]], []byte("\n")),
				what: fmt.Sprintf("%s.%s: %s becomes %s", owner, text[at[2]:at[3]], number, moved), text: changed})
		}
	}
	return out, nil
}

// step moves a number by one of its last decimal.
func step(number string, sign float64) (string, error) {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return "", err
	}
	_, frac, _ := strings.Cut(number, ".")
	size := 1.0
	for range frac {
		size /= 10
	}
	return strconv.FormatFloat(v+sign*size, 'f', len(frac), 64), nil
}
