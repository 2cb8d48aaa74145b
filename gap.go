package probity

// Gap is why a fact is not known.
type Gap struct {
	Reason Reason `json:"reason"`
	// Needs is what would decide it: the permission, the policy, the variable, the question to answer.
	Needs string `json:"needs,omitempty"`
	// Because is one line on what happened, never with content: "unexpected end of gzip stream".
	Because string `json:"because,omitempty"`
}

// Reason is the kind of a gap.
type Reason string

// Losses make a scan incomplete.
const (
	Denied      Reason = "denied"                 // Needs: the permission that would have allowed it
	DeniedByOrg Reason = "denied-by-organisation" // Needs: the policy; no permission helps
	Expired     Reason = "expired"                // credentials
	Throttled   Reason = "throttled"
	Timeout     Reason = "timeout"
	Unreachable Reason = "unreachable"
	Unreadable  Reason = "unreadable"
	Failed      Reason = "failed" // a rule that errs, or a unit that died
)

// Gaps by nature are counted, and leave a scan complete.
const (
	Computed      Reason = "computed"      // known only after apply
	Unresolved    Reason = "unresolved"    // a variable without a value, a data source, a module that is not there
	Undeclared    Reason = "undeclared"    // nobody said it in probity.yaml; Needs: the question
	Sampled       Reason = "sampled"       // read in part
	Filtered      Reason = "filtered"      // left out on request
	NotCollected  Reason = "not-collected" // no unit of this target supplies it
	NotApplicable Reason = "not-applicable"
)

// Reasons lists all reasons, losses first.
func Reasons() []Reason {
	return []Reason{Denied, DeniedByOrg, Expired, Throttled, Timeout, Unreachable, Unreadable, Failed,
		Computed, Unresolved, Undeclared, Sampled, Filtered, NotCollected, NotApplicable}
}

// Loss reports whether the gap makes a scan incomplete.
func (r Reason) Loss() bool {
	switch r {
	case Denied, DeniedByOrg, Expired, Throttled, Timeout, Unreachable, Unreadable, Failed:
		return true
	}
	return false
}

// String is the gap as the end of a sentence: "encryption.at_rest, which " + …
func (g Gap) String() string {
	s := map[Reason]string{
		Denied: "we were not allowed to read", DeniedByOrg: "the organisation forbids to read", Expired: "expired credentials kept from us",
		Throttled: "the provider throttled", Timeout: "took too long to read", Unreachable: "could not be reached", Unreadable: "could not be read",
		Failed: "failed", Computed: "is known only after apply", Unresolved: "could not be resolved", Undeclared: "nobody declared",
		Sampled: "was read in part", Filtered: "was left out on request", NotCollected: "this target does not tell", NotApplicable: "does not apply here",
	}[g.Reason]
	if s == "" {
		s = string(g.Reason)
	}
	if g.Because != "" {
		s += " (" + g.Because + ")"
	}
	if g.Needs != "" {
		s += "; needs " + g.Needs
	}
	return s
}
