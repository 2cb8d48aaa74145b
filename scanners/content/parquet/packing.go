package parquet

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// The packings of parquet.thrift. LZO (3), and the LZ4 of Hadoop (5) that LZ4_RAW came for, are not read.
const (
	withSnappy = 1
	withGzip   = 2
	withBrotli = 4
	withZstd   = 6
	withLZ4    = 7
)

// unpacker unpacks pages into memory of the size they claim. What unpacks to more or less is damaged.
type unpacker struct {
	zstd   *zstd.Decoder
	gzip   *gzip.Reader
	brotli *brotli.Reader
}

func (*unpacker) reads(packing int64) bool {
	switch packing {
	case 0, withSnappy, withGzip, withBrotli, withZstd, withLZ4:
		return true
	}
	return false
}

func (u *unpacker) unpack(to, from []byte, packing int64) error {
	switch packing {
	case withSnappy:
		n, err := snappy.DecodedLen(from)
		if err != nil || n != len(to) {
			return errDamaged
		}
		_, err = snappy.Decode(to, from)
		return told(err)
	case withLZ4:
		if len(to) == 0 {
			return nil
		}
		n, err := lz4.UncompressBlock(from, to)
		if n != len(to) {
			return errDamaged
		}
		return told(err)
	case withBrotli:
		if u.brotli == nil {
			u.brotli = brotli.NewReader(nil)
		}
		if err := u.brotli.Reset(bytes.NewReader(from)); err != nil {
			return errDamaged
		}
		return fill(to, u.brotli)
	case withGzip:
		if u.gzip == nil {
			u.gzip = new(gzip.Reader)
		}
		if err := u.gzip.Reset(bytes.NewReader(from)); err != nil {
			return errDamaged
		}
		return fill(to, u.gzip)
	}
	return u.unzstd(to, from)
}

func (u *unpacker) unzstd(to, from []byte) error {
	if u.zstd == nil {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(page), zstd.WithDecoderMaxWindow(page))
		if err != nil {
			return err
		}
		u.zstd = d
	}
	out, err := u.zstd.DecodeAll(from, to[:0])
	if errors.Is(err, zstd.ErrDecoderSizeExceeded) || errors.Is(err, zstd.ErrWindowSizeExceeded) {
		return ErrLarge
	}
	if len(out) != len(to) {
		return errDamaged
	}
	return told(err)
}

// fill reads exactly to its end.
func fill(to []byte, r io.Reader) error {
	if _, err := io.ReadFull(r, to); err != nil {
		return errDamaged
	}
	if n, err := r.Read(make([]byte, 1)); n > 0 || err != nil && !errors.Is(err, io.EOF) {
		return errDamaged
	}
	return nil
}

// told says of a library's error no more than that there is one.
func told(err error) error {
	if err != nil {
		return errDamaged
	}
	return nil
}
