package serve

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
)

const tokenFile = "token"

// Token is what commands on this machine show to the server: whoever may read its data folder has it. It is made where there is
// none.
func Token(dir string) (string, error) {
	t, err := ReadToken(dir)
	if !errors.Is(err, errNoToken) {
		return t, err
	}
	t = rand.Text()
	f, err := os.OpenFile(filepath.Join(dir, tokenFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.WriteString(t + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return "", fmt.Errorf("making a token: %w", err)
	}
	return t, nil
}

var errNoToken = errors.New("no server has run in this folder yet")

// ReadToken is the token of a server's folder.
func ReadToken(dir string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, tokenFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", errNoToken
	}
	if err != nil {
		return "", fmt.Errorf("reading the token: %w", err)
	}
	t := strings.TrimSpace(string(b))
	if t == "" {
		return "", fmt.Errorf("%s is empty: remove it, and start the server again", filepath.Join(dir, tokenFile))
	}
	return t, nil
}

const addressFile = "address"

// Tell leaves the address of a running server in its folder, for commands on this machine.
func Tell(dir string, at net.Addr) error {
	if err := os.WriteFile(filepath.Join(dir, addressFile), []byte(at.String()+"\n"), 0o600); err != nil {
		return fmt.Errorf("telling the address: %w", err)
	}
	return nil
}

// Told is the address of the server of a folder, by which this machine reaches it.
func Told(dir string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, addressFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", errNoToken
	}
	if err != nil {
		return "", fmt.Errorf("reading the address: %w", err)
	}
	host, port, err := net.SplitHostPort(strings.TrimSpace(string(b)))
	if err != nil {
		return "", fmt.Errorf("reading the address: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
