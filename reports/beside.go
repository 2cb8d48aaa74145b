package reports

import (
	"iter"

	"github.com/probity-scan/probity"
)

// beside yields outcomes with the asset that each is of. Both come sorted by Ref, so that one asset is held at a time; an outcome
// whose asset stands nowhere, or out of order, comes with a nil one.
func beside(scan probity.Scan) iter.Seq2[probity.Outcome, *besides] {
	return func(yield func(probity.Outcome, *besides) bool) {
		next, stop := iter.Pull2(each(scan.Assets))
		defer stop()
		at, err, more := next()
		for o, wrong := range each(scan.Outcomes) {
			for more && err == nil && at.Ref.Compare(o.Asset) < 0 {
				at, err, more = next()
			}
			b := &besides{err: first(wrong, err)}
			if more && at.Ref == o.Asset {
				b.asset = &at
			}
			if !yield(o, b) || b.err != nil {
				return
			}
		}
	}
}

// besides is what stands beside an outcome.
type besides struct {
	asset *probity.Asset // nil: not told
	err   error
}

// scope is where the asset is listed, as far as somebody said.
func (b *besides) scope() probity.Scope {
	if b.asset == nil {
		return probity.Scope{}
	}
	return b.asset.Scope
}

// kind is the provider's type of the asset.
func (b *besides) kind() probity.Kind {
	if b.asset == nil {
		return ""
	}
	return b.asset.Kind
}

// requirements are the controls that a rule gives evidence for, of frameworks that apply or may, as "gdpr 32(1)(a)".
func requirements(h probity.Header) map[string][]requirement {
	out := map[string][]requirement{}
	for _, r := range h.Rules {
		for _, f := range h.Frameworks {
			if outOfScope(f) {
				continue
			}
			for _, c := range f.Controls {
				if c.Mode != probity.Manual && r.Serves(c) {
					out[r.ID] = append(out[r.ID], requirement{f, c})
				}
			}
		}
	}
	return out
}

// requirement is a control of a framework.
type requirement struct {
	framework probity.Framework
	control   probity.Control
}

func (r requirement) String() string { return visible(r.framework.ID + " " + r.control.ID) }

// rulesByID are the rules of a scan.
func rulesByID(h probity.Header) map[string]probity.Rule {
	out := map[string]probity.Rule{}
	for _, r := range h.Rules {
		out[r.ID] = r
	}
	return out
}
