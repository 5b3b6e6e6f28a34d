package keyfile

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// The recovery code is 160 random bits and 40 check bits, in 8 groups of 5
// letters or digits of which none looks like another.
const (
	secretSize = 20
	checkSize  = 5
	groupSize  = 5
)

var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// alike puts right what people read wrongly; separators are left out.
var alike = strings.NewReplacer("-", "", " ", "", "\t", "", "\n", "", "\r", "", "O", "0", "I", "1", "L", "1", "U", "V")

func check(secret []byte) []byte {
	sum := sha256.Sum256(append([]byte("backtobar recovery 1"), secret...))
	return sum[:checkSize]
}

func newCode() (code string, secret []byte) {
	secret = make([]byte, secretSize)
	rand.Read(secret)
	text := letters.EncodeToString(append(bytes.Clone(secret), check(secret)...))
	var groups []string
	for ; text != ""; text = text[groupSize:] {
		groups = append(groups, text[:groupSize])
	}
	return strings.Join(groups, "-"), secret
}

func parseCode(code string) ([]byte, error) {
	text := alike.Replace(strings.ToUpper(code))
	b, err := letters.DecodeString(text)
	if err != nil || len(text) != letters.EncodedLen(secretSize+checkSize) || !bytes.Equal(b[secretSize:], check(b[:secretSize])) {
		return nil, ErrMistyped
	}
	return b[:secretSize], nil
}
