package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/scanners"
)

// candidates are the words that a flag or an argument takes, each with what it means behind a tab, or alone.
type candidates func(*cobra.Command) []string

// complete lets shells complete what flags and arguments take, in all commands below c. What it does not know is a file.
func complete(c *cobra.Command) {
	known := byFlag()
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if words, ok := known[f.Name]; ok && takesWords(f) {
			_ = c.RegisterFlagCompletionFunc(f.Name, words)
		}
	})
	if words, ok := byArgument()[c.CommandPath()]; ok {
		c.ValidArgsFunction = words
	}
	for _, sub := range c.Commands() {
		complete(sub)
	}
}

// takesWords tells --output of a report from the same flag where it names a folder.
func takesWords(f *pflag.Flag) bool {
	return f.Name != "output" || f.Value.Type() == "stringArray"
}

func byFlag() map[string]cobra.CompletionFunc {
	severities := func(*cobra.Command) []string { return append(probity.Severity("").Values(), string(gate.None)) }
	folder := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return map[string]cobra.CompletionFunc{
		"fail-on":           word(severities),
		"fail-on-rule":      pair(ruleIDs, severities),
		"fail-on-framework": pair(frameworkIDs, severities),
		"fail-on-unknown":   several(func(*cobra.Command) []string { return words(probity.Reasons()) }),
		"rules":             several(ruleIDs),
		"framework":         several(frameworkIDs),
		"regime":            several(func(*cobra.Command) []string { return regimeIDs() }),
		"content":           several(func(*cobra.Command) []string { return scanners.Contents() }),
		"output":            pair(formatsOf, nil),
		"peer":              word(func(*cobra.Command) []string { return policies.Peer("").Values() }),
		"role":              fixed("controller", "processor", "joint"),
		"log-format":        fixed("text", "json"),
		"log-level":         fixed("debug", "info", "warn", "error"),
		"cause":             several(func(*cobra.Command) []string { return cause.Cause("").Values() }),
		"standing":          several(func(*cobra.Command) []string { return history.Standing("").Values() }),
		"by":                fixed(dimensions()...),
		"history":           folder,
		"data":              folder,
		"schedule":          word(scheduleNames),
		"sink":              word(sinkNames),
		"policies":          folder,
		"record":            folder,
		"source":            folder,
		"state":             folder,
	}
}

// served is what the configuration that --config names says of a server; a word that completes runs nothing, and tells of no mistake.
func served(cmd *cobra.Command) config.Serve {
	f := cmd.Flag("config")
	if f == nil || f.Value.String() == "" {
		return config.Serve{}
	}
	l, err := config.Load(f.Value.String(), true)
	if err != nil {
		return config.Serve{}
	}
	return l.File.Serve
}

func scheduleNames(cmd *cobra.Command) []string {
	var out []string
	for _, s := range served(cmd).Schedules {
		out = append(out, strings.TrimSuffix(s.Name+"\t"+s.Cron, "\t"))
	}
	return out
}

func sinkNames(cmd *cobra.Command) []string {
	var out []string
	for _, s := range served(cmd).Notify {
		out = append(out, s.Name+"\t"+s.Kind)
	}
	return out
}

func byArgument() map[string]cobra.CompletionFunc {
	first := func(c candidates) cobra.CompletionFunc {
		return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return word(c)(cmd, args, begun)
		}
	}
	return map[string]cobra.CompletionFunc{
		"probity scan":            targets,
		"probity baseline write":  targets,
		"probity rules show":      first(ruleIDs),
		"probity rules try":       first(ruleIDs),
		"probity frameworks show": first(frameworkIDs),
		"probity serve run":       first(scheduleNames),
		"probity serve notify":    first(sinkNames),
		"probity explain":         cobra.NoFileCompletions,
		"probity waive":           cobra.NoFileCompletions,
		"probity breach":          cobra.NoFileCompletions,
	}
}

// targets are the beginnings of those that are no files.
func targets(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, s := range []string{"aws:", "mysql://", "opensearch://", "postgres://", "redis://", "rediss://", "redshift://", "sqlite:"} {
		if begun != "" && strings.HasPrefix(s, begun) {
			out = append(out, s)
		}
	}
	return out, cobra.ShellCompDirectiveNoSpace
}

func fixed(words ...string) cobra.CompletionFunc {
	return word(func(*cobra.Command) []string { return words })
}

// word completes a single word.
func word(c candidates) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return c(cmd), cobra.ShellCompDirectiveNoFileComp
	}
}

// several completes the last of words apart by commas, with what is not among them yet.
func several(c candidates) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		before := begun[:strings.LastIndex(begun, ",")+1]
		said := strings.Split(before, ",")
		var out []string
		for _, w := range c(cmd) {
			if id, _, _ := strings.Cut(w, "\t"); !slices.Contains(said, id) {
				out = append(out, before+w)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// pair completes KEY=VALUE, first the key. Without words for values these are files.
func pair(keys, values candidates) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		key, _, ok := strings.Cut(begun, "=")
		var out []string
		switch {
		case !ok:
			for _, w := range keys(cmd) {
				id, about, _ := strings.Cut(w, "\t")
				out = append(out, strings.TrimSuffix(id+"=\t"+about, "\t"))
			}
			return out, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
		case values == nil:
			return nil, cobra.ShellCompDirectiveDefault
		}
		for _, w := range values(cmd) {
			out = append(out, key+"="+w)
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// formatsOf are those of reports, or of papers where the command takes a saved scan.
func formatsOf(cmd *cobra.Command) []string {
	if cmd.Flags().Lookup("scan") != nil {
		return paperFormats()
	}
	out := []string{evidenceFormat}
	for _, f := range reports.Formats() {
		out = append(out, f.Name+"\t"+f.About)
	}
	return out
}

// ruleIDs are the rules, with those of --policies left out: a key that completes runs nothing of a stranger's.
func ruleIDs(cmd *cobra.Command) []string {
	corpus := built(cmd)
	if corpus == nil {
		return nil
	}
	var out []string
	for _, r := range corpus.Rules {
		out = append(out, r.ID+"\t"+r.Title)
	}
	return out
}

func frameworkIDs(cmd *cobra.Command) []string {
	corpus := built(cmd)
	if corpus == nil {
		return nil
	}
	var out []string
	for _, f := range corpus.Frameworks {
		out = append(out, f.ID+"\t"+f.Title)
	}
	return out
}

// built is what the program brings; nil: it cannot be read, and nothing is completed.
func built(cmd *cobra.Command) *policies.Corpus {
	corpus, err := policies.Load(cmd.Context(), policies.Options{})
	if err != nil {
		return nil
	}
	corpus.Close()
	return corpus
}
