//go:build !unix

package databasetest

import (
	"os/exec"
	"testing"
)

// account is whom a server runs as: here always who tests.
type account struct{}

func somebody(*testing.T, ...string) *account { return nil }

func (*account) own(*testing.T, string) {}

func (*account) become(*exec.Cmd) {}
