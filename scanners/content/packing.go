package content

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/therootcompany/xz"
)

const dictionary = 64 << 20 // bytes that unpacking may look back: what zstd and xz write without special options

// packed is a way to pack one stream.
type packed struct {
	name   string
	magic  string
	suffix string
	open   func(io.Reader) (io.Reader, error)
}

func packings() []packed {
	return []packed{
		{"gzip", "\x1f\x8b\x08", ".gz", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"zstd", "\x28\xb5\x2f\xfd", ".zst", unzstd},
		{"xz", "\xfd7zXZ\x00", ".xz", func(r io.Reader) (io.Reader, error) { return xz.NewReader(r, dictionary) }},
		{"lz4", "\x04\x22\x4d\x18", ".lz4", func(r io.Reader) (io.Reader, error) { return lz4.NewReader(r), nil }},
		{"bzip2", "BZh", ".bz2", func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
	}
}

func unzstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(dictionary))
}

// packing tells by the first bytes; nil: not packed. A text may begin with BZh, so its block must follow.
func packing(head []byte) *packed {
	for _, p := range packings() {
		if !bytes.HasPrefix(head, []byte(p.magic)) {
			continue
		}
		if p.name == "bzip2" && (len(head) < 10 || string(head[4:10]) != "1AY&SY" && string(head[4:10]) != "\x17\x72\x45\x38\x50\x90") {
			continue
		}
		return &p
	}
	return nil
}

// unpacked is a name without the ending of one packing.
func unpacked(name string) string {
	if n, ok := strings.CutSuffix(name, ".tgz"); ok {
		return n + ".tar"
	}
	for _, p := range packings() {
		if n, ok := strings.CutSuffix(name, p.suffix); ok {
			return n
		}
	}
	return name
}

// told marks an error as that of a packing. Those of gzip tell themselves.
func (p *packed) told(err error) error {
	if err == nil || errors.Is(err, io.EOF) || p.name == "gzip" {
		return err
	}
	return &streamError{p.name, err}
}

// stream reads what is packed, with errors that say by what.
type stream struct {
	r  io.Reader
	by *packed
}

func (s stream) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	return n, s.by.told(err)
}

type streamError struct {
	packing string
	err     error
}

func (e *streamError) Error() string { return e.because() }

func (e *streamError) Unwrap() error { return e.err }

func (e *streamError) because() string {
	switch {
	case errors.Is(e.err, io.ErrUnexpectedEOF), errors.Is(e.err, xz.ErrBuf):
		return "unexpected end of " + e.packing + " stream"
	case errors.Is(e.err, zstd.ErrWindowSizeExceeded), errors.Is(e.err, zstd.ErrDecoderSizeExceeded), errors.Is(e.err, xz.ErrMemlimit):
		return e.packing + " stream needs more memory than 64 MiB"
	}
	return e.packing + " stream is damaged"
}
