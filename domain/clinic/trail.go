package clinic

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
)

// Each row of the trail carries a seal over its own content and the seal of the
// row before it, made with a key that comes from the key of the records. So a
// row cannot be changed, removed, added or moved later, not even by somebody
// who can write the file and knows its key, without every later seal being
// wrong; and the newest seal, remembered elsewhere, shows when the end was cut
// off or all of it written anew.

// TrailSealer makes the seals of a trail.
type TrailSealer struct{ key []byte }

// NewTrailSealer returns the sealer for the records that dataKey opens.
func NewTrailSealer(dataKey []byte) TrailSealer {
	h := hmac.New(sha256.New, dataKey)
	h.Write([]byte("backtobar trail 1"))
	return TrailSealer{h.Sum(nil)}
}

// Seal returns the seal of e, whose Seq is set, after the row with the seal
// previous; the first row has none before it.
func (s TrailSealer) Seal(e AuditEntry, previous []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	var b []byte
	for _, part := range []string{string(previous), e.Actor, e.Workstation, e.Action, string(e.PatientID), e.Object} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	h.Write(b)
	return h.Sum(nil)
}

// TrailHead is a row of the trail as it was once seen: the newest when somebody
// wrote it down. The zero value is a trail without rows.
type TrailHead struct {
	Seq  int64  `json:"seq"`
	Seal []byte `json:"seal"`
}

// TrailFault is one place where the trail is not as it was written.
type TrailFault struct {
	// Seq is the number of the row.
	Seq int64
	// Text says in words what is wrong there.
	Text string
}

// TrailReport is what reading the whole trail found.
type TrailReport struct {
	// Rows is how many there are.
	Rows int64
	// Unsealed is how many of them, at the beginning, were written before rows
	// were sealed.
	Unsealed int64
	// Head is the newest row.
	Head TrailHead
	// Faults are at most maxFaults; none means that the trail is whole.
	Faults []TrailFault
}

// maxFaults is how many places are named: after the first, the rest only tell
// that it was not the only one.
const maxFaults = 20

// VerifyTrail reads rows in their order and compares each with its seal, and
// with what was remembered of them elsewhere.
func VerifyTrail(rows iter.Seq2[AuditEntry, error], s TrailSealer, remembered ...TrailHead) (TrailReport, error) {
	var r TrailReport
	fault := func(seq int64, text string) {
		if len(r.Faults) < maxFaults {
			r.Faults = append(r.Faults, TrailFault{seq, text})
		}
	}
	known := map[int64][]byte{}
	last := int64(0)
	for _, h := range remembered {
		if h.Seq > 0 {
			known[h.Seq] = h.Seal
			last = max(last, h.Seq)
		}
	}
	for e, err := range rows {
		if err != nil {
			return TrailReport{}, err
		}
		r.Rows++
		switch {
		case e.Seq != r.Head.Seq+1:
			fault(e.Seq, fmt.Sprintf("follows number %d: rows are missing or moved", r.Head.Seq))
		case len(e.Seal) == 0 && r.Unsealed == e.Seq-1:
			r.Unsealed++
		case !hmac.Equal(e.Seal, s.Seal(e, r.Head.Seal)):
			fault(e.Seq, "its content, or the row before it, is not as it was written")
		}
		if seal, ok := known[e.Seq]; ok && !bytes.Equal(seal, e.Seal) {
			fault(e.Seq, "is another row than the one that was remembered")
		}
		r.Head = TrailHead{e.Seq, e.Seal}
	}
	if last > r.Head.Seq {
		fault(r.Head.Seq, fmt.Sprintf("is the last row, but number %d was already written: the end is missing", last))
	}
	return r, nil
}
