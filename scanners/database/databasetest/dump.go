package databasetest

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Dump is what pg_dump writes of a database with these arguments, through a pipe; nothing where they name a file.
func (s *Server) Dump(t *testing.T, database string, args ...string) []byte {
	t.Helper()
	args = append([]string{"-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-U", "postgres", "-d", database}, args...)
	cmd := exec.CommandContext(t.Context(), program(t, "PROBITY_POSTGRES", "pg_dump"), args...)
	var said bytes.Buffer
	cmd.Env, cmd.Stderr = append(os.Environ(), "PGPASSWORD="+Password), &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v\n%s", err, said.String())
	}
	return out
}
