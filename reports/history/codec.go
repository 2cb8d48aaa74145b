package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/probity-scan/probity"
)

// digest is what rows are compared by.
type digest [16]byte

func digestOf(b []byte) digest {
	sum := sha256.Sum256(b)
	return digest(sum[:16])
}

func refKey(r probity.Ref) digest { return digestOf([]byte(r.Root + "\x00" + r.ID)) }

// largest is how big a document may be that is read: a database that somebody else wrote into is bounded too.
const largest = 1 << 30

// packer turns values into compressed JSON, and back.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
	buf bytes.Buffer
}

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(largest))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return &packer{enc: enc, dec: dec}, nil
}

func (p *packer) pack(v any) ([]byte, error) {
	p.buf.Reset()
	e := json.NewEncoder(&p.buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("history: writing a document: %w", err)
	}
	return p.enc.EncodeAll(p.buf.Bytes(), nil), nil
}

// unpack tells nothing of a document that is damaged but that it is.
func (p *packer) unpack(b []byte, to any) error {
	raw, err := p.dec.DecodeAll(b, nil)
	if err != nil || json.Unmarshal(raw, to) != nil {
		return errors.New("history: a document in it is damaged: restore a backup")
	}
	return nil
}

func (p *packer) close() {
	_ = p.enc.Close()
	p.dec.Close()
}

// Pack compresses what a unit found, for [Store.KeepUnit].
func Pack(w io.Writer, write func(io.Writer) error) error {
	enc, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	if err := write(enc); err != nil {
		_ = enc.Close()
		return err
	}
	return enc.Close()
}

// Unpack reads what [Pack] compressed. At most memory of a unit's size is used.
func Unpack(r io.Reader) (io.ReadCloser, error) {
	dec, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return dec.IOReadCloser(), nil
}
