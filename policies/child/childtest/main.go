// Package childtest lets the binary of a package's tests judge users' rules as the program does: in a process of its own.
package childtest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/probity-scan/probity/policies/child"
)

// Main is what TestMain of such a package calls: it judges where the binary was started as the child, and runs the tests elsewhere.
func Main(m *testing.M) {
	if len(os.Args) != 2 || os.Args[1] != child.Command {
		os.Exit(m.Run())
	}
	if err := child.Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
