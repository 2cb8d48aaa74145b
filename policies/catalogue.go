package policies

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Check is a row of the catalogue: one thing that some scanner of stores looks at, in our words.
type Check struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`            // of store: object-bucket, relational-db …
	Service string            `json:"service"`         // S3, PostgreSQL, any store …
	Kinds   []string          `json:"kinds,omitempty"` // of assets, as patterns; empty: any
	Inputs  []string          `json:"inputs"`          // that could tell: aws, tf, cfn, k8s, db, content, meta
	Core    bool              `json:"core"`
	Title   string            `json:"title"`
	Peers   map[Peer][]string `json:"peers,omitempty"` // what other scanners call it
	Left    string            `json:"left,omitempty"`  // why no rule answers it; of no matter where one does
}

// Peer is a scanner whose checks have IDs that teams know and suppress.
type Peer string

// The peers. Names of tfsec are those that Trivy still takes in comments.
const (
	Prowler     Peer = "prowler"
	Checkov     Peer = "checkov"
	SecurityHub Peer = "securityhub"
	KICS        Peer = "kics"
	Trivy       Peer = "trivy"
	Tfsec       Peer = "tfsec"
)

// Values lists the peers.
func (Peer) Values() []string {
	return []string{string(Prowler), string(Checkov), string(SecurityHub), string(KICS), string(Trivy), string(Tfsec)}
}

// Catalogue gives all rows, sorted by ID.
func Catalogue() ([]Check, error) { return readCatalogue(builtin) }

func readCatalogue(fsys fs.FS) ([]Check, error) {
	f, err := fsys.Open("catalogue.csv")
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue of checks: %w", err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	columns, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue of checks: %w", err)
	}
	lines, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue of checks: %w", err)
	}
	var out []Check
	for _, cells := range lines {
		c := Check{Peers: map[Peer][]string{}}
		for i, column := range columns {
			if err := c.set(column, cells[i]); err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// set takes one cell; lists are words with blanks between them.
func (c *Check) set(column, cell string) error {
	switch column {
	case "id":
		c.ID = cell
	case "kind":
		c.Kind = cell
	case "service":
		c.Service = cell
	case "kinds":
		c.Kinds = strings.Fields(cell)
	case "inputs":
		c.Inputs = strings.Fields(cell)
	case "tier":
		c.Core = cell == "core"
	case "title":
		c.Title = cell
	case "left":
		c.Left = cell
	default:
		if p := Peer(column); !slices.Contains(p.Values(), column) {
			return fmt.Errorf("reading the catalogue of checks: no column %q", column)
		} else if ids := strings.Fields(cell); len(ids) > 0 {
			c.Peers[p] = ids
		}
	}
	return nil
}

// AnsweredBy reports whether a rule answers the row.
func (c Check) AnsweredBy(r probity.Rule) bool { return slices.Contains(r.Checks, c.ID) }

// Speaks reports whether the row is about assets of a kind.
func (c Check) Speaks(of probity.Kind) bool {
	return len(c.Kinds) == 0 || slices.ContainsFunc(c.Kinds, func(pattern string) bool {
		ok, _ := path.Match(pattern, string(of))
		return ok
	})
}

// PeersOf gives what peers call the checks that a rule answers, sorted.
func PeersOf(catalogue []Check, r probity.Rule) map[Peer][]string {
	out := map[Peer][]string{}
	for _, c := range catalogue {
		if !c.AnsweredBy(r) {
			continue
		}
		for p, ids := range c.Peers {
			out[p] = append(out[p], ids...)
		}
	}
	for p, ids := range out {
		slices.Sort(ids)
		out[p] = slices.Compact(ids)
	}
	return out
}
