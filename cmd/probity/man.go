package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand is for those who pack the program, and hidden from others. The pages bear the day of SOURCE_DATE_EPOCH.
func manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man FOLDER", Short: "Write manual pages, one for each command", Args: one("a folder, as in: probity man man/man1"), Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := (&gateFlags{}).clock()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("making the folder of the manual pages: %w", err)
			}
			return manual(cmd.Root(), args[0], day)
		},
	}
}

// manual writes the pages of a command and of those below it.
func manual(c *cobra.Command, folder string, day time.Time) error {
	if err := os.WriteFile(filepath.Join(folder, pageName(c)+".1"), []byte(page(c, day)), 0o644); err != nil {
		return fmt.Errorf("writing a manual page: %w", err)
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			if err := manual(sub, folder, day); err != nil {
				return err
			}
		}
	}
	return nil
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// page is a command's manual page as man(7) has them.
func page(c *cobra.Command, day time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 %s \"Probity %s\" \"Probity\"\n", strings.ToUpper(pageName(c)), day.Format(time.DateOnly), roff(versionText()))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(pageName(c)), roff(c.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s", paragraphs(cmp.Or(c.Long, c.Short+".")))
	if options := optionsOf(c); options != "" {
		fmt.Fprintf(&b, ".SH OPTIONS\n%s", options)
	}
	if c.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", literal(c.Example))
	}
	var others []string
	if c.HasParent() {
		others = append(others, reference(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			others = append(others, reference(sub))
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(&b, ".SH SEE ALSO\n%s\n", strings.Join(others, ",\n"))
	}
	return b.String()
}

func reference(c *cobra.Command) string { return ".BR " + roff(pageName(c)) + " (1)" }

func optionsOf(c *cobra.Command) string {
	var b strings.Builder
	c.InitDefaultHelpFlag()
	c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := `\fB\-\-` + roff(f.Name) + `\fR`
		if f.Shorthand != "" {
			name = `\fB\-` + roff(f.Shorthand) + `\fR, ` + name
		}
		if kind != "" {
			name += ` \fI` + roff(strings.TrimSuffix(strings.TrimSuffix(kind, "Array"), "s")) + `\fR`
		}
		if d := f.DefValue; d != "" && d != "0" && d != "0s" && d != "false" && d != "[]" {
			usage += " (default " + d + ")"
		}
		fmt.Fprintf(&b, ".TP\n%s\n%s\n", name, roff(usage))
	})
	return b.String()
}

// paragraphs fills the lines of each paragraph; what is indented stays as it is.
func paragraphs(text string) string {
	var b strings.Builder
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		if strings.HasPrefix(p, " ") || strings.HasPrefix(p, "\t") {
			p = ".nf\n" + literal(p) + "\n.fi"
		} else {
			p = literal(p)
		}
		b.WriteString(p + "\n")
	}
	return b.String()
}

// literal escapes text line by line.
func literal(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = roff(strings.ReplaceAll(l, "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

// roff escapes what roff would obey, and writes hyphens that can be copied.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
