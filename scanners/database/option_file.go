package database

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// optionPassword is the password of a user in the section client or mysql of the file .my.cnf of whoever runs this, as other programs of
// MySQL read it. A file that others than its owner may read is passed by, as those of PostgreSQL are.
func optionPassword(user string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	h, err := os.Open(filepath.Join(home, ".my.cnf"))
	if err != nil {
		return ""
	}
	defer h.Close()
	if st, err := h.Stat(); err != nil || !st.Mode().IsRegular() || st.Mode().Perm()&0o077 != 0 {
		return ""
	}
	section, password, whose := "", "", user
	for lines := bufio.NewScanner(h); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.ToLower(strings.TrimSuffix(name, "]"))
			continue
		}
		name, value, _ := strings.Cut(line, "=")
		if section != "client" && section != "mysql" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "user":
			whose = unquoted(value)
		case "password":
			password = unquoted(value)
		}
	}
	if whose != user {
		return ""
	}
	return password
}

// unquoted is a value of an option file, of which quotes may stand around.
func unquoted(value string) string {
	value = strings.TrimSpace(value)
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		return value[1 : n-1]
	}
	return value
}
