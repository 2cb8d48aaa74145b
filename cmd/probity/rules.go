package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

func rulesCommand(stdout, stderr io.Writer) *cobra.Command {
	c := &cobra.Command{Use: "rules", Short: "List and show rules, and write, test and try your own"}
	var dirs, frameworks []string
	var asJSON, peerIDs bool
	var bundles policies.Bundles
	var peer string
	load := func(cmd *cobra.Command, ids []string) (*policies.Corpus, error) {
		program, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding the own program: %w", err)
		}
		corpus, err := policies.Load(cmd.Context(), policies.Options{Dirs: dirs, Bundles: bundles, Rules: ids, Frameworks: frameworks, Program: program})
		if err != nil {
			return nil, err
		}
		corpus.Close()
		if len(corpus.Trouble) > 0 {
			return nil, fmt.Errorf("%s", corpus.Trouble[0].Gap.Because)
		}
		return corpus, nil
	}
	list := &cobra.Command{
		Use: "list", Short: "List rules", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			corpus, err := load(cmd, nil)
			if err != nil {
				return err
			}
			rules, err := peered(corpus.Rules)
			switch {
			case err != nil:
				return err
			case asJSON:
				return writeJSON(stdout, rules)
			case peerIDs || peer != "":
				return listPeers(stdout, rules, peer)
			}
			w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "ID\tSEVERITY\tTITLE")
			for _, r := range corpus.Rules {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
			}
			return w.Flush()
		},
	}
	show := &cobra.Command{
		Use: "show ID", Short: "Show a rule: what it reads, what it serves, how to mend what it finds", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			corpus, err := load(cmd, args)
			if err != nil {
				return err
			}
			rules, err := peered(corpus.Rules[:1])
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(stdout, rules[0])
			}
			return showRule(stdout, rules[0], corpus.Frameworks)
		},
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 && (asJSON || peerIDs || peer != "") {
			return list.RunE(cmd, nil)
		}
		return ofList(cmd, args)
	}
	for _, sub := range []*cobra.Command{c, list} {
		sub.Flags().BoolVar(&peerIDs, "peer-ids", false, "list which checks of Prowler, Checkov, Security Hub, KICS and Trivy each rule answers")
		sub.Flags().StringVar(&peer, "peer", "", "of one of them: prowler, checkov, securityhub, kics, trivy, tfsec")
	}
	for _, sub := range []*cobra.Command{c, list, show} {
		sub.Flags().StringSliceVar(&dirs, "policies", nil, "folder with rules of your own, or a bundle of OPA: NAME.tar.gz (repeatable)")
		bundleFlags(sub.Flags(), &bundles)
		sub.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	}
	list.Flags().StringSliceVar(&frameworks, "framework", nil, "only rules that give evidence for this framework (repeatable)")
	c.AddCommand(list, show, catalogueCommand(stdout), newRuleCommand(stdout), testRulesCommand(stdout, stderr), checkRulesCommand(stdout, stderr), tryRuleCommand(stdout, stderr))
	return c
}

// bundleFlags declare how bundles of rules are taken.
func bundleFlags(fs *pflag.FlagSet, b *policies.Bundles) {
	fs.StringVar(&b.Key, "bundle-key", "", "public key (PEM) by which the bundles of --policies are signed")
	fs.BoolVar(&b.Unsigned, "unsigned-bundles", false, "take bundles of --policies that nobody signed")
}

// ofList answers a command that only holds others.
func ofList(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s has no command %q: use list or show", c.CommandPath(), args[0])
	}
	return c.Help()
}

func showRule(w io.Writer, r peeredRule, frameworks []probity.Framework) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n%s\n\n%s\n\n", r.ID, r.Severity, r.Title, r.Description)
	if r.Because != "" {
		fmt.Fprintf(&b, "%s because: %s\n\n", r.Severity, r.Because)
	}
	fmt.Fprintf(&b, "judges       %s\n", joined(r.Classes))
	for i, k := range r.Kinds {
		fmt.Fprintf(&b, "%-12s %s\n", map[bool]string{true: "only"}[i == 0], k)
	}
	for i, p := range r.Reads {
		fmt.Fprintf(&b, "%-12s %s\n", map[bool]string{true: "reads"}[i == 0], p)
	}
	for i, o := range r.Obligations {
		fmt.Fprintf(&b, "%-12s %s\n", map[bool]string{true: "serves"}[i == 0], o)
	}
	for _, f := range frameworks {
		var ids []string
		for _, c := range f.Controls {
			if r.Serves(c) {
				ids = append(ids, c.ID)
			}
		}
		if len(ids) > 0 {
			fmt.Fprintf(&b, "%-12s %s\n", f.ID, strings.Join(ids, ", "))
		}
	}
	for i, id := range r.Checks {
		fmt.Fprintf(&b, "%-12s %s\n", map[bool]string{true: "answers"}[i == 0], id)
	}
	for _, p := range slices.Sorted(maps.Keys(r.Peers)) {
		fmt.Fprintf(&b, "%-12s %s\n", p, strings.Join(r.Peers[p], ", "))
	}
	if len(r.Sources) > 0 {
		fmt.Fprintf(&b, "shown for    %s\n", joined(r.Sources))
	}
	for _, m := range r.Remediation {
		fmt.Fprintf(&b, "\nmend (%s)\n  %s\n", m.Source, strings.ReplaceAll(m.Text, "\n", "\n  "))
	}
	for _, ref := range r.References {
		fmt.Fprintf(&b, "\nsee %s", ref)
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
