package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// peeredRule is a rule, and what other scanners call what it looks at.
type peeredRule struct {
	probity.Rule
	Peers map[policies.Peer][]string `json:"peers,omitempty"`
}

func peered(rules []probity.Rule) ([]peeredRule, error) {
	rows, err := policies.Catalogue()
	if err != nil {
		return nil, err
	}
	out := make([]peeredRule, len(rules))
	for i, r := range rules {
		out[i] = peeredRule{Rule: r, Peers: policies.PeersOf(rows, r)}
	}
	return out, nil
}

// listPeers writes which checks of peers each rule answers; peer empty: of all of them.
func listPeers(w io.Writer, rules []peeredRule, peer string) error {
	var all policies.Peer
	if peer != "" && !slices.Contains(all.Values(), peer) {
		return fmt.Errorf("no peer %q: use one of %s", peer, strings.Join(all.Values(), ", "))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "RULE\tPEER\tCHECKS")
	for _, r := range rules {
		for _, p := range slices.Sorted(maps.Keys(r.Peers)) {
			if peer == "" || peer == string(p) {
				fmt.Fprintf(t, "%s\t%s\t%s\n", r.ID, p, strings.Join(r.Peers[p], ", "))
			}
		}
	}
	return t.Flush()
}

// row is a row of the catalogue, and the rules that answer it.
type row struct {
	policies.Check
	Rules   []string         `json:"rules"`
	Sources []probity.Source `json:"sources"` // for which an example shows it
}

func catalogueCommand(stdout io.Writer) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "catalogue", Short: "List checks that scanners of stores have, the rule that answers each, or why none does", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			checks, err := policies.Catalogue()
			if err != nil {
				return err
			}
			corpus, err := policies.Load(cmd.Context(), policies.Options{})
			if err != nil {
				return err
			}
			corpus.Close()
			rows := make([]row, len(checks))
			for i, check := range checks {
				rows[i] = rowOf(check, corpus.Rules)
			}
			if asJSON {
				return writeJSON(stdout, rows)
			}
			t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(t, "CHECK\tRULES\tSOURCES")
			for _, r := range rows {
				says := strings.Join(r.Rules, ", ")
				if says == "" {
					says = "none: " + r.Left
				}
				fmt.Fprintf(t, "%s\t%s\t%s\n", r.ID, says, joined(r.Sources))
			}
			return t.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func rowOf(check policies.Check, rules []probity.Rule) row {
	out := row{Check: check, Rules: []string{}, Sources: []probity.Source{}}
	for _, r := range rules {
		if !check.AnsweredBy(r) {
			continue
		}
		out.Rules, out.Left = append(out.Rules, r.ID), ""
		for _, s := range r.Sources {
			if !slices.Contains(out.Sources, s) {
				out.Sources = append(out.Sources, s)
			}
		}
	}
	slices.Sort(out.Sources)
	return out
}

func joined[T ~string](in []T) string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return strings.Join(out, ", ")
}
