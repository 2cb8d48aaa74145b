package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Digest is of all sources that judge: the chosen rules, yours too, their helpers, and what weighs risks. Where it is the same,
// the same facts come to the same outcomes.
func (c *Corpus) Digest() (string, error) {
	sources, err := libraries()
	if err != nil {
		return "", err
	}
	if sources["risk.rego"], err = builtin.ReadFile("risk.rego"); err != nil {
		return "", fmt.Errorf("reading what weighs risks: %w", err)
	}
	for _, r := range c.Rules {
		if r.Foreign {
			continue
		}
		if sources[r.Source.File], err = builtin.ReadFile(r.Source.File); err != nil {
			return "", fmt.Errorf("reading rule %s: %w", r.ID, err)
		}
	}
	if c.risk != nil {
		sources["user "+c.risk.file] = c.risk.text
	}
	for file, text := range c.users.sources {
		sources["user "+file] = []byte(text)
	}
	h := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(sources)) {
		fmt.Fprintf(h, "%s %d\n%s\n", file, len(sources[file]), sources[file])
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// ParametersDigest is of what rules ask the organisation; empty where nothing was said.
func (c *Corpus) ParametersDigest() (string, error) {
	if len(c.options.Parameters) == 0 {
		return "", nil
	}
	b, err := json.Marshal(c.options.Parameters)
	if err != nil {
		return "", fmt.Errorf("reading parameters: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
