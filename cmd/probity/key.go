package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"
)

const keySize = 32

// installationKey gives the key under which masked names are told apart. It is made on the first name that needs it, and
// kept beside the person's configuration; where nothing can be kept, it lasts for one scan.
func installationKey(log logrus.FieldLogger) func() ([]byte, error) {
	return func() ([]byte, error) {
		path := os.Getenv("PROBITY_KEY_FILE")
		if path == "" {
			dir, err := os.UserConfigDir()
			if err != nil {
				return passing(log, err)
			}
			path = filepath.Join(dir, "probity", "key")
		}
		key, err := os.ReadFile(path)
		switch {
		case err == nil && len(key) == keySize:
			return key, nil
		case err == nil:
			return nil, fmt.Errorf("key file %s: %d bytes are expected", path, keySize)
		case !errors.Is(err, fs.ErrNotExist):
			return passing(log, err)
		}
		if key, err = keepKey(path); err != nil {
			return passing(log, err)
		}
		return key, nil
	}
}

func keepKey(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	if _, err := f.Write(key); err != nil {
		f.Close()
		return nil, err
	}
	return key, f.Close()
}

func passing(log logrus.FieldLogger, why error) ([]byte, error) {
	log.WithError(why).Warn("masked names will differ from scan to scan: no key can be kept")
	key := make([]byte, keySize)
	rand.Read(key)
	return key, nil
}
