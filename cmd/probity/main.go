// Command probity finds personal data in stores and code, and judges how it is kept.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/renderer"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/reports/gate"
)

func main() {
	keepNoCore()
	if len(os.Args) == 2 && os.Args[1] == child.Command {
		if err := child.Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(gate.Usage)
		}
		return
	}
	if len(os.Args) == 2 && os.Args[1] == renderer.Command {
		if err := renderer.Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(gate.Usage)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt kills
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// exit is an error that carries the process's exit code; its text is empty when all has been said.
type exit struct {
	code int
	text string
}

func (e exit) Error() string { return e.text }

// run is the program: streams and arguments in, exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:   "probity",
		Short: "Finds personal data in stores and code, and judges how it is kept",
		Long: `Probity finds personal data in infrastructure code, databases and files, judges every
store by the same rules, and says what it could not see.

Exit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong usage;
3 incomplete: something could not be read. 1 wins over 3.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return exit{gate.Usage, fmt.Sprintf("%v: see %s --help", err, c.CommandPath())}
	})
	root.AddCommand(
		scanCommand(stdout, stderr),
		gateCommand(stdin, stdout, stderr),
		initCommand(stdout),
		schemaCommand(stdout),
		rulesCommand(stdout, stderr),
		frameworksCommand(stdout),
		explainCommand(stdin, stdout),
		inventoryCommand(stdin, stdout),
		detectCommand(stdin, stdout, stderr),
		detectorsCommand(stdin, stdout),
		versionCommand(stdout),
		waiveCommand(stdin, stdout),
		baselineCommand(stdin, stdout, stderr),
		diffCommand(stdin, stdout, stderr),
		historyCommand(stdin, stdout, stderr),
		privacyCommand(stdin, stdout),
		breachCommand(stdin, stdout),
		erasureCommand(stdin, stdout),
		verifyCommand(stdout),
		manCommand(),
		serveCommand(stdout, stderr),
		workerCommand(stderr),
	)
	complete(root)
	err := root.ExecuteContext(ctx)
	var e exit
	switch {
	case err == nil:
		return gate.Clean
	case !errors.As(err, &e):
		e = exit{gate.Usage, err.Error()}
	}
	if e.text != "" {
		fmt.Fprintln(stderr, "probity: "+strings.ReplaceAll(strings.TrimSpace(e.text), "\n", " "))
	}
	return e.code
}
