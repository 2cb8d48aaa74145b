package history

import (
	"crypto/sha256"
	"hash"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// marks are the digests by which the history knows that nothing changed. Times, lines and texts are not in them: a live source tells
// them anew each night.
type marks struct {
	facts, labels, outcomes digest
	looked                  int64 // when labels were read last, in seconds since 1970; 0: never
}

// content reports whether a fact is of what people put into a store, or said of it.
func content(p probity.Path) bool { return under(p, "labels") }

func under(p, prefix probity.Path) bool {
	rest, ok := strings.CutPrefix(string(p), string(prefix))
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// marksOf are an asset's.
func marksOf(a *probity.Asset) marks {
	var m marks
	if a == nil {
		return m
	}
	facts, labels := sha256.New(), sha256.New()
	say(facts, a.Name, string(a.Kind), string(a.Class), a.Scope.Provider, a.Scope.Account, a.Scope.Region)
	for _, n := range a.Aliases {
		say(facts, n)
	}
	for p, l := range probity.Leaves(a) {
		if _, gap := l.Value(); gap != nil && gap.Reason == probity.NotCollected && !content(p) {
			continue
		}
		to := facts
		if content(p) {
			to = labels
		}
		say(to, string(p), probity.PlainFact(l))
		if _, gap := l.Value(); gap != nil {
			say(to, string(gap.Reason))
		}
	}
	for _, l := range a.Labels.Items { // how many, roughly: a table grows by some rows each night
		say(labels, strconv.Itoa(bits.Len(uint(l.Found))))
		if l.Review != nil {
			say(labels, string(l.Review.Verdict))
		}
	}
	for _, l := range a.Rejected {
		say(labels, "rejected", l.Detector, l.On)
	}
	copy(m.facts[:], facts.Sum(nil))
	copy(m.labels[:], labels.Sum(nil))
	m.looked = looked(a)
	return m
}

// looked is the newest time at which a label of an asset was read.
func looked(a *probity.Asset) int64 {
	at := time.Time{}
	for _, l := range a.Labels.Items {
		if l.AsOf.After(at) {
			at = l.AsOf
		}
	}
	if o := a.Labels.From(); o != nil && o.At.After(at) {
		at = o.At
	}
	if at.IsZero() {
		return 0
	}
	return at.Unix()
}

// judgedAs is the digest of an asset's outcomes.
func judgedAs(outcomes []probity.Outcome) (d digest) {
	if len(outcomes) == 0 {
		return d
	}
	h := sha256.New()
	for _, o := range outcomes {
		say(h, o.Rule, string(o.Verdict))
		for _, e := range o.Evidence {
			if e.Gap != nil {
				say(h, e.Asset.ID, string(e.Fact), string(e.Gap.Reason))
			}
		}
		for _, f := range o.Findings {
			say(h, f.Fingerprint, string(f.Risk.Severity), f.Digest)
			if f.Waiver != nil {
				say(h, string(f.Waiver.Kind), f.Waiver.Owner, f.Waiver.Reason, strconv.FormatInt(f.Waiver.Until.Unix(), 10), strconv.FormatBool(f.Waiver.Proposed))
			}
		}
	}
	copy(d[:], h.Sum(nil))
	return d
}

// say adds texts so that no two lists of them make the same sum.
func say(h hash.Hash, texts ...string) {
	var b []byte
	for _, t := range texts {
		b = append(strconv.AppendInt(b, int64(len(t)), 10), ' ')
		b = append(b, t...)
	}
	h.Write(b)
}
