package evidence

import (
	"archive/zip"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Format is the version of packs; readers refuse a newer major.
const Format = "1.0"

// Manifest says what is in a pack.
type Manifest struct {
	Format     string            `json:"format"`
	Tool       string            `json:"tool"`
	Started    time.Time         `json:"started"`
	Targets    []string          `json:"targets"`
	Inputs     map[string]string `json:"inputs"` // digests of rules, parameters and configuration
	Rules      []Rule            `json:"rules"`
	Assets     int               `json:"assets"`
	Outcomes   map[string]int    `json:"outcomes"`            // by verdict
	Incomplete bool              `json:"incomplete"`          // something was lost: gaps.csv says what
	SignedBy   string            `json:"signed_by,omitempty"` // SHA-256 of the public key (DER)
	Files      []File            `json:"files"`
}

// Rule is a rule that judged, and which behaviour of it.
type Rule struct {
	ID        string `json:"id"`
	Behaviour int    `json:"behaviour"`
	Foreign   bool   `json:"foreign,omitempty"`
}

// File is a file of the pack beside its manifest and signature.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// The files that say what the others are.
const (
	manifestName  = "manifest.json"
	signatureName = "manifest.sig" // of the manifest's bytes: Ed25519, in base64
	scanName      = "scan.json"
)

// part is a file of a pack by the format of the report that it holds.
type part struct{ name, format string }

func parts() []part {
	return []part{{scanName, "json"}, {"report.html", "html"}, {"summary.txt", "text"}, {"findings.csv", "csv"}, {"assets.csv", "csv-assets"}, {"gaps.csv", "csv-gaps"},
		{"results.oscal.json", "oscal"}, {"results.sarif", "sarif"}}
}

// Write writes a pack as a stream; the same scan makes the same bytes. Its page is in the language; without a key it is not signed.
func Write(w io.Writer, scan probity.Scan, in *language.Language, key ed25519.PrivateKey) error {
	m, err := manifest(scan)
	if err != nil {
		return err
	}
	if key != nil {
		if m.SignedBy, err = fingerprint(key.Public().(ed25519.PublicKey)); err != nil {
			return err
		}
	}
	z := zip.NewWriter(w)
	for _, p := range parts() {
		f, err := report(z, p, scan, in)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, f)
	}
	b, err := m.bytes()
	if err != nil {
		return err
	}
	if err := small(z, manifestName, scan.Started, b); err != nil {
		return err
	}
	if key != nil {
		signature := base64.StdEncoding.EncodeToString(ed25519.Sign(key, b))
		if err := small(z, signatureName, scan.Started, []byte(signature+"\n")); err != nil {
			return err
		}
	}
	return z.Close()
}

// bytes are the manifest as it stands in the pack, and as it is signed.
func (m Manifest) bytes() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", " ")
	return append(b, '\n'), err
}

func manifest(scan probity.Scan) (Manifest, error) {
	c, err := reports.Count(scan)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: Format, Tool: scan.Tool, Started: scan.Started.UTC(), Targets: append([]string{}, scan.Targets...), Inputs: scan.Inputs, Rules: []Rule{}, Assets: c.Assets,
		Outcomes: map[string]int{}, Incomplete: c.Incomplete(), Files: []File{}}
	for _, r := range scan.Rules {
		m.Rules = append(m.Rules, Rule{r.ID, r.Behaviour, r.Foreign})
	}
	for v, n := range c.Verdicts {
		m.Outcomes[string(v)] = n
	}
	return m, nil
}

// report writes a report into the zip, and counts it on the way.
func report(z *zip.Writer, p part, scan probity.Scan, in *language.Language) (File, error) {
	formats := reports.Formats()
	i := slices.IndexFunc(formats, func(f reports.Format) bool { return f.Name == p.format })
	if i < 0 {
		return File{}, fmt.Errorf("no format %s", p.format)
	}
	write := formats[i].Write
	if p.format == "html" {
		write = func(w io.Writer, scan probity.Scan) error {
			return reports.HTML(w, scan, reports.HTMLOptions{Language: in})
		}
	}
	w, err := z.CreateHeader(header(p.name, scan.Started))
	if err != nil {
		return File{}, err
	}
	sum := sha256.New()
	n := &counter{}
	if err := write(io.MultiWriter(w, sum, n), scan); err != nil {
		return File{}, fmt.Errorf("writing %s: %w", p.name, err)
	}
	return File{p.name, n.bytes, hex.EncodeToString(sum.Sum(nil))}, nil
}

func small(z *zip.Writer, name string, at time.Time, b []byte) error {
	w, err := z.CreateHeader(header(name, at))
	if err == nil {
		_, err = w.Write(b)
	}
	return err
}

// header dates an entry by the scan, so that packs of one scan are alike.
func header(name string, at time.Time) *zip.FileHeader {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if !at.IsZero() {
		h.Modified = at.UTC()
	}
	h.SetMode(0o600)
	return h
}

type counter struct{ bytes int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return len(p), nil
}

// fingerprint names a key.
func fingerprint(key ed25519.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", fmt.Errorf("naming the key: %w", err)
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:]), nil
}
