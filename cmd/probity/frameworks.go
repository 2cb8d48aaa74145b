package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

func frameworksCommand(stdout io.Writer) *cobra.Command {
	c := &cobra.Command{Use: "frameworks", Short: "List and show laws and standards", RunE: ofList}
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "List frameworks", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			corpus, err := policies.Load(cmd.Context(), policies.Options{})
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(stdout, corpus.Frameworks)
			}
			w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "ID\tVERSION\tCONTROLS\tAUTOMATIC\tPARTLY\tMANUAL\tTITLE")
			for _, f := range corpus.Frameworks {
				n := modes(f)
				fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%s\n", f.ID, f.Version, len(f.Controls), n[probity.Automatic], n[probity.Partly], n[probity.Manual], f.Title)
			}
			return w.Flush()
		},
	}
	show := &cobra.Command{
		Use: "show ID", Short: "Show a framework: when it applies, and which rules give evidence for each control", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			corpus, err := policies.Load(cmd.Context(), policies.Options{Frameworks: args})
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(stdout, corpus.Frameworks[0])
			}
			return showFramework(stdout, corpus.Frameworks[0], corpus.Rules)
		},
	}
	for _, sub := range []*cobra.Command{list, show} {
		sub.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	}
	c.AddCommand(list, show)
	return c
}

func modes(f probity.Framework) map[probity.Mode]int {
	n := map[probity.Mode]int{}
	for _, c := range f.Controls {
		n[c.Mode]++
	}
	return n
}

func showFramework(w io.Writer, f probity.Framework, rules []probity.Rule) error {
	fmt.Fprintf(w, "%s %s\n%s\nas of %s\n\nApplies: %s\nIn a scan that holds where %s.\n\n", f.ID, f.Version, f.Title, f.AsOf, f.Applies, f.When)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range f.Controls {
		var ids []string
		for _, r := range rules {
			if r.Serves(c) {
				ids = append(ids, r.ID)
			}
		}
		slices.Sort(ids)
		says := strings.Join(ids, ", ")
		if c.Mode == probity.Manual {
			says = "not assessed automatically: " + c.Why
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", c.ID, c.Mode, c.Title, says)
	}
	return t.Flush()
}
