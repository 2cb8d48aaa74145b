package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Limits of what is written of a commit: larger files are no code, and nobody waits for such a tree.
const (
	maxFile  = 32 << 20
	maxTotal = 4 << 30
)

// blob is a file of a commit.
type blob struct {
	hash, name string
	link       bool
	size       int64
}

// Export writes the files of a commit below a folder, with those of submodules whose commits are here. Files of more than 32 MiB
// are left out.
func (r *Repository) Export(ctx context.Context, commit, to string) error {
	root, err := os.OpenRoot(to)
	if err != nil {
		return fmt.Errorf("opening %s: %w", to, err)
	}
	defer root.Close()
	return r.export(ctx, commit, root, 0)
}

func (r *Repository) export(ctx context.Context, commit string, root *os.Root, depth int) error {
	blobs, subs, err := r.blobs(ctx, commit)
	if err != nil {
		return err
	}
	if err := r.write(ctx, commit, blobs, root); err != nil {
		return err
	}
	for _, s := range subs {
		sub := r.submodule(ctx, s, depth)
		if sub == nil {
			continue
		}
		if err := root.MkdirAll(filepath.FromSlash(s.name), 0o700); err != nil {
			return fmt.Errorf("making %s: %w", s.name, err)
		}
		below, err := root.OpenRoot(filepath.FromSlash(s.name))
		if err != nil {
			return fmt.Errorf("opening %s: %w", s.name, err)
		}
		err = sub.export(ctx, s.hash, below, depth+1)
		below.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Repository) write(ctx context.Context, commit string, blobs []blob, root *os.Root) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c := r.command(ctx, "cat-file", "--batch", "--buffer")
	var names bytes.Buffer
	for _, b := range blobs {
		names.WriteString(b.hash + "\n")
	}
	c.Stdin = &names
	out, err := c.StdoutPipe()
	if err != nil {
		return fmt.Errorf("reading %s: %w", commit, err)
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("reading %s: %w", commit, err)
	}
	in := bufio.NewReaderSize(out, 1<<16)
	made := map[string]bool{".": true}
	for _, b := range blobs {
		if err = b.write(root, in, made); err != nil {
			stop()
			break
		}
	}
	if waited := c.Wait(); err == nil {
		err = waited
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", commit, err)
	}
	return nil
}

var errLarge = errors.New("the revision's files are larger than 4 GiB together")

// blobs lists the files of a commit, and its submodules, of which the hash is a commit's.
func (r *Repository) blobs(ctx context.Context, commit string) (blobs, subs []blob, err error) {
	out, err := r.git(ctx, nil, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
	if err != nil {
		return nil, nil, fmt.Errorf("listing %s: %w", commit, err)
	}
	total := int64(0)
	for _, line := range strings.Split(string(out), "\x00") {
		meta, name, ok := strings.Cut(line, "\t")
		f := strings.Fields(meta) // mode, type, hash, size
		if !ok || len(f) != 4 || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		if f[1] == "commit" {
			subs = append(subs, blob{hash: f[2], name: name})
		}
		if f[1] != "blob" {
			continue
		}
		size, err := strconv.ParseInt(f[3], 10, 64)
		if err != nil || size > maxFile {
			continue
		}
		if total += size; total > maxTotal {
			return nil, nil, errLarge
		}
		blobs = append(blobs, blob{hash: f[2], name: name, link: f[0] == "120000", size: size})
	}
	return blobs, subs, nil
}

// write reads what git says of a blob, "hash type size", its bytes and a line's end, and makes the file.
func (b blob) write(root *os.Root, in *bufio.Reader, made map[string]bool) error {
	head, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	if f := strings.Fields(head); len(f) != 3 || f[2] != strconv.FormatInt(b.size, 10) {
		return fmt.Errorf("%s is not in this clone", b.name)
	}
	body := io.LimitReader(in, b.size)
	if dir := path.Dir(b.name); !made[dir] {
		if err := root.MkdirAll(filepath.FromSlash(dir), 0o700); err != nil {
			return err
		}
		made[dir] = true
	}
	name := filepath.FromSlash(b.name)
	if b.link {
		target, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		if err := root.Symlink(string(target), name); err != nil {
			return err
		}
	} else if err := fill(root, name, body); err != nil {
		return err
	}
	_, err = in.Discard(1)
	return err
}

func fill(root *os.Root, name string, body io.Reader) error {
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return pour(f, body)
}

// pour fills a new file and closes it.
func pour(into *os.File, body io.Reader) error {
	_, err := io.Copy(into, body)
	if closed := into.Close(); err == nil {
		err = closed
	}
	return err
}
