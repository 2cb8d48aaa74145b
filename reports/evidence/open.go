package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Bounds of a pack, which may be a stranger's.
const (
	maxManifest = 16 << 20
	maxRatio    = 500 // times that a file may be larger than it is in the zip: reports are about fifty times
	slack       = 1 << 20
)

// ErrForged says that a pack is not what its manifest or its signature says.
var ErrForged = errors.New("the pack was changed")

// Pack is an open evidence pack. Nothing of it is proved before Check and Signed.
type Pack struct {
	Manifest Manifest
	raw      []byte // the manifest as it was signed
	sig      []byte
	files    map[string]*zip.File
}

// Open reads the manifest of a pack. What is no pack, or may be a trap, is refused: other names than those that packs have, names
// that stand twice, folders, links, entries that are encrypted or grow beyond bounds.
func Open(r io.ReaderAt, size int64) (*Pack, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errors.New("reading pack: it is no zip, or is cut off")
	}
	if !alone(r, size) {
		return nil, errors.New("reading pack: other bytes stand before or behind the zip")
	}
	p := &Pack{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if err := p.take(f); err != nil {
			return nil, fmt.Errorf("reading pack: %w", err)
		}
	}
	if p.raw, err = p.small(manifestName, maxManifest); err != nil {
		return nil, fmt.Errorf("reading pack: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(p.raw))
	if dec.Decode(&p.Manifest) != nil || dec.More() {
		return nil, errors.New("reading pack: its manifest is none")
	}
	if major, _, _ := strings.Cut(p.Manifest.Format, "."); major != "1" {
		return nil, fmt.Errorf("reading pack: format %.20q is not one this probity reads (%s); use a newer probity", p.Manifest.Format, Format)
	}
	if p.files[signatureName] != nil {
		if p.sig, err = p.small(signatureName, 1<<10); err != nil {
			return nil, fmt.Errorf("reading pack: %w", err)
		}
	}
	return p, nil
}

// alone reports whether the file is the zip and nothing else: what stands around it no digest and no signature covers. The record at its
// end says where its directory begins and how long that is.
func alone(r io.ReaderAt, size int64) bool {
	const length, large = 22, 1<<32 - 1
	end := make([]byte, length)
	if _, err := r.ReadAt(end, size-length); err != nil || string(end[:4]) != "PK\x05\x06" || end[20] != 0 || end[21] != 0 {
		return false
	}
	directory, at := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	return at == large || directory == large || int64(at)+int64(directory)+length == size // beyond 4 GiB another record tells
}

func (p *Pack) take(f *zip.File) error {
	ours := f.Name == manifestName || f.Name == signatureName || slices.ContainsFunc(parts(), func(x part) bool { return x.name == f.Name })
	switch {
	case !ours:
		return fmt.Errorf("%.40q is no file of a pack", f.Name)
	case p.files[f.Name] != nil:
		return fmt.Errorf("%s stands twice in it", f.Name)
	case !f.Mode().IsRegular() || f.Flags&1 != 0 || f.Method != zip.Deflate && f.Method != zip.Store:
		return fmt.Errorf("%s is no plain file", f.Name)
	case f.UncompressedSize64 > maxRatio*f.CompressedSize64+slack:
		return fmt.Errorf("%s grows more than %d times when it is unpacked", f.Name, maxRatio)
	}
	p.files[f.Name] = f
	return nil
}

// small reads a file whole that is small.
func (p *Pack) small(name string, most int64) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, fmt.Errorf("it has no %s", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be unpacked", name)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be unpacked", name)
	case int64(len(b)) > most:
		return nil, fmt.Errorf("%s is larger than %d bytes", name, most)
	}
	return b, nil
}

// Check proves that each file is as the manifest says, and that there is no other.
func (p *Pack) Check() error {
	told := map[string]bool{}
	wrong := p.manifestWrong()
	for _, f := range p.Manifest.Files {
		if told[f.Name] {
			wrong = append(wrong, fmt.Errorf("%.40q is told twice", f.Name))
			continue
		}
		told[f.Name] = true
		if err := p.same(f); err != nil {
			wrong = append(wrong, err)
		}
	}
	for name := range p.files {
		if !told[name] && name != manifestName && name != signatureName {
			wrong = append(wrong, fmt.Errorf("%s is in it, and not in its manifest", name))
		}
	}
	if !told[scanName] {
		wrong = append(wrong, errors.New("it holds no scan"))
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return fmt.Errorf("%w: %w", ErrForged, errors.Join(wrong...))
}

// manifestWrong is what is wrong with the manifest in itself. Of a newer minor version nobody knows how it is written.
func (p *Pack) manifestWrong() []error {
	var wrong []error
	if written, err := p.Manifest.bytes(); p.Manifest.Format == Format && (err != nil || !bytes.Equal(readable(written), readable(p.raw))) {
		wrong = append(wrong, fmt.Errorf("%s is not as it was written", manifestName))
	}
	switch sig, err := p.signature(); {
	case p.sig != nil && (err != nil || len(sig) != ed25519.SignatureSize):
		wrong = append(wrong, fmt.Errorf("%s is no signature", signatureName))
	case p.sig == nil && p.Manifest.SignedBy != "":
		wrong = append(wrong, fmt.Errorf("its manifest names a key that signed it, and %s is missing", signatureName))
	case p.sig != nil && p.Manifest.SignedBy == "":
		wrong = append(wrong, errors.New("it is signed, and its manifest names no key"))
	}
	return wrong
}

// readable is JSON in which what was no UTF-8 stands as it does once it was read: written it is an escape, and then a character.
func readable(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`\ufffd`), []byte("\ufffd")) }

// Tells proves that the manifest says of the scan what the scan says: who only has the file, and no key, sees that much.
func (p *Pack) Tells(scan probity.Scan) error {
	want, err := manifest(scan)
	if err != nil {
		return err
	}
	got := p.Manifest
	var wrong []string
	for _, x := range []struct {
		what string
		same bool
	}{
		{"tool", got.Tool == want.Tool}, {"time", got.Started.Equal(want.Started)}, {"targets", slices.Equal(got.Targets, want.Targets)}, {"inputs", maps.Equal(got.Inputs, want.Inputs)},
		{"rules", slices.Equal(got.Rules, want.Rules)}, {"assets", got.Assets == want.Assets}, {"outcomes", maps.Equal(got.Outcomes, want.Outcomes)}, {"losses", got.Incomplete == want.Incomplete},
	} {
		if !x.same {
			wrong = append(wrong, x.what)
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s tells otherwise than the scan of %s", ErrForged, manifestName, strings.Join(wrong, ", "))
	}
	return nil
}

func (p *Pack) signature() ([]byte, error) {
	return base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(string(p.sig), "\n"))
}

func (p *Pack) same(f File) error {
	size, sum, err := p.copy(f.Name, io.Discard)
	switch {
	case err != nil:
		return err
	case size != f.Size || sum != f.SHA256:
		return fmt.Errorf("%s is another one", f.Name)
	}
	return nil
}

// copy unpacks a file no further than the size that the zip says.
func (p *Pack) copy(name string, w io.Writer) (size int64, sum string, err error) {
	f := p.files[name]
	if f == nil {
		return 0, "", fmt.Errorf("%.40q is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return 0, "", fmt.Errorf("%s cannot be unpacked", name)
	}
	defer r.Close()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(w, h), r) // which ends with an error behind the size that the zip says
	if err != nil {
		return size, "", fmt.Errorf("%s cannot be unpacked", name)
	}
	return size, hex.EncodeToString(h.Sum(nil)), nil
}

// Signed proves that whoever has the private half of the key signed the manifest.
func (p *Pack) Signed(key ed25519.PublicKey) error {
	if p.sig == nil {
		return fmt.Errorf("%w: it is not signed", ErrForged)
	}
	sig, err := p.signature()
	if err != nil || len(sig) != ed25519.SignatureSize || !ed25519.Verify(key, p.raw, sig) {
		return fmt.Errorf("%w: the signature is not of this key", ErrForged)
	}
	return nil
}

// HasSignature reports whether it is signed, by whomever.
func (p *Pack) HasSignature() bool { return p.sig != nil }

// Unpack writes the scan file of the pack, and proves it once more on the way.
func (p *Pack) Unpack(w io.Writer) error {
	i := slices.IndexFunc(p.Manifest.Files, func(f File) bool { return f.Name == scanName })
	if i < 0 {
		return errors.New("the pack holds no scan")
	}
	_, sum, err := p.copy(scanName, w)
	if err == nil && sum != p.Manifest.Files[i].SHA256 {
		err = fmt.Errorf("%w: %s is another one", ErrForged, scanName)
	}
	return err
}
