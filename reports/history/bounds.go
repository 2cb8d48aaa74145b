package history

// Bounds limit what a viewer sees to assets that match one of each list that is not empty. Zero: everything.
type Bounds struct {
	Accounts   []string            `json:"accounts,omitempty"`   // provider/account, such as aws/123456789012; patterns as of path.Match
	Tags       map[string][]string `json:"tags,omitempty"`       // tag: values, of which the asset has one
	Activities []string            `json:"activities,omitempty"` // of processing, that the asset belongs to
}

// Zero reports whether nothing is out of bounds.
func (b Bounds) Zero() bool {
	return len(b.Accounts) == 0 && len(b.Tags) == 0 && len(b.Activities) == 0
}
