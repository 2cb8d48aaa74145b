package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

func over[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func sample() probity.Scan {
	a := probity.Ref{ID: "arn:aws:s3:::a"}
	gap := &probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}
	return probity.Scan{
		Header: probity.Header{Tool: "probity 0.1.0", Started: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Targets: []string{"aws:"}, Inputs: map[string]string{"rules": "51d0aa"},
			Rules: []probity.Rule{{ID: "public-exposure", Behaviour: 2, Title: "Stores are not public"}}},
		Coverage: over(probity.Coverage{Supply: probity.Supply{Kind: "aws.s3.bucket"}}),
		Assets:   over(probity.Asset{Ref: a, Class: probity.Bucket}),
		Outcomes: over(probity.Outcome{Rule: "public-exposure", Asset: a, Verdict: probity.Unknown, Evidence: []probity.Evidence{{Asset: a, Fact: "exposure.public", Gap: gap}},
			Findings: []probity.Finding{{Fingerprint: "f", Asset: a, Fact: "exposure.public", Message: "unknown"}}}),
	}
}

func key(t *testing.T, seed byte) ed25519.PrivateKey {
	t.Helper()
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func packed(t *testing.T, k ed25519.PrivateKey) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, sample(), nil, k); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(b []byte) (*Pack, error) { return Open(bytes.NewReader(b), int64(len(b))) }

func TestPackIsProved(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	b := packed(t, k)
	if !bytes.Equal(b, packed(t, k)) {
		t.Error("two packs of one scan differ")
	}
	p, err := open(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	if err := p.Signed(k.Public().(ed25519.PublicKey)); err != nil {
		t.Error(err)
	}
	if err := p.Signed(key(t, 2).Public().(ed25519.PublicKey)); !errors.Is(err, ErrForged) {
		t.Errorf("another key: got %v", err)
	}
	m := p.Manifest
	if m.Tool != "probity 0.1.0" || m.Inputs["rules"] != "51d0aa" || !m.Incomplete || m.Outcomes["unknown"] != 1 || m.Assets != 1 || len(m.Files) != len(parts()) || m.Rules[0].Behaviour != 2 || m.SignedBy == "" {
		t.Errorf("manifest %+v", m)
	}
	var scan bytes.Buffer
	if err := p.Unpack(&scan); err != nil {
		t.Fatal(err)
	}
	s, err := reports.Read(bytes.NewReader(scan.Bytes()), int64(scan.Len()))
	if err != nil || s.Tool != m.Tool {
		t.Errorf("the scan of the pack: %v", err)
	}
	for _, name := range []string{"gaps.csv", "findings.csv"} {
		text, err := p.small(name, 1<<20)
		if err != nil || !strings.Contains(string(text), "s3:GetBucketPolicy") && name == "gaps.csv" {
			t.Errorf("%s does not tell what was lost: %v", name, err)
		}
	}
}

// A folder may be called by bytes that are no UTF-8, which JSON writes otherwise once they were read.
func TestPackOfATargetThatIsNoText(t *testing.T) {
	t.Parallel()
	scan := sample()
	scan.Targets = append(scan.Targets, "exports-\xff", `exports-\ufffd`)
	scan.Inputs = map[string]string{"configuration exports-\xff/probity.yaml": "51d0aa"}
	var b, unpacked bytes.Buffer
	if err := Write(&b, scan, nil, key(t, 1)); err != nil {
		t.Fatal(err)
	}
	p, err := open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	if err := p.Unpack(&unpacked); err != nil {
		t.Fatal(err)
	}
	read, err := reports.Read(bytes.NewReader(unpacked.Bytes()), int64(unpacked.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Tells(read); err != nil {
		t.Error(err)
	}
}

func TestUnsigned(t *testing.T) {
	t.Parallel()
	p, err := open(packed(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if p.HasSignature() || p.Manifest.SignedBy != "" || p.Check() != nil {
		t.Error("it is signed, or not whole")
	}
	if err := p.Signed(key(t, 1).Public().(ed25519.PublicKey)); !errors.Is(err, ErrForged) {
		t.Errorf("got %v", err)
	}
}

// entry is a file of a zip that is made by hand.
type entry struct {
	name string
	body []byte
	mode uint32
}

func entries(t *testing.T, b []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{name: f.Name, body: body})
	}
	return out
}

func zipped(t *testing.T, es []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range es {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, ExternalAttrs: e.mode << 16, CreatorVersion: 3 << 8}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever is changed in a pack shows: by its digests, its signature, or because it is no pack any more.
func TestChangedPacks(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	whole := packed(t, k)
	with := func(change func([]entry) []entry) []byte { return zipped(t, change(entries(t, whole))) }
	edit := func(name, from, to string) func([]entry) []entry {
		return func(es []entry) []entry {
			for i := range es {
				if es[i].name == name {
					after := bytes.Replace(es[i].body, []byte(from), []byte(to), 1)
					if bytes.Equal(after, es[i].body) {
						t.Fatalf("%s has no %q", name, from)
					}
					es[i].body = after
				}
			}
			return es
		}
	}
	for name, b := range map[string][]byte{
		"a verdict":    with(edit(scanName, `"verdict":"unknown"`, `"verdict":"pass"   `)),
		"a report":     with(edit("gaps.csv", "denied", "")),
		"a manifest":   with(edit(manifestName, `"incomplete": true`, `"incomplete": false`)),
		"a signature":  with(edit(signatureName, "=", "")),
		"one less":     with(func(es []entry) []entry { return es[1:] }),
		"no signature": with(func(es []entry) []entry { return es[:len(es)-1] }),
		"no manifest":  with(func(es []entry) []entry { return append(es[:len(es)-2:len(es)-2], es[len(es)-1]) }),
		"one more":     with(func(es []entry) []entry { return append(es, entry{name: "extra.txt"}) }),
		"one twice":    with(func(es []entry) []entry { return append(es, es[0]) }),
		"a path":       with(func(es []entry) []entry { return append(es, entry{name: "../../etc/passwd"}) }),
		"a folder":     with(func(es []entry) []entry { return append(es, entry{name: "a/"}) }),
		"a link": with(func(es []entry) []entry {
			es[1] = entry{name: es[1].name, body: []byte("/etc/passwd"), mode: 0o120777}
			return es
		}),
		"a bomb":        with(func(es []entry) []entry { es[1].body = make([]byte, 64<<20); return es }),
		"cut off":       whole[:len(whole)-30],
		"no zip":        []byte("PK\x03\x04 and no more"),
		"nothing":       {},
		"other format":  with(edit(manifestName, `"format": "1.0"`, `"format": "2.0"`)),
		"no JSON":       with(edit(manifestName, `{`, ``)),
		"a large proof": with(func(es []entry) []entry { es[len(es)-1].body = bytes.Repeat([]byte("QUJD"), 1<<12); return es }),
	} {
		p, err := open(b)
		if err == nil {
			err = errors.Join(p.Check(), p.Signed(k.Public().(ed25519.PublicKey)))
		}
		if err == nil {
			t.Errorf("%s: it is taken for whole", name)
		} else if strings.Contains(err.Error(), "root:") {
			t.Errorf("%s: the error quotes a file: %v", name, err)
		}
	}
}

// Digests that fit a changed file are not enough where the pack was signed.
// proved reports whether a pack is taken for whole; without a key its signature is not looked at.
func proved(b []byte, k ed25519.PrivateKey) bool {
	p, err := open(b)
	if err != nil || p.Check() != nil {
		return false
	}
	if k != nil && p.Signed(k.Public().(ed25519.PublicKey)) != nil {
		return false
	}
	var text bytes.Buffer
	if p.Unpack(&text) != nil {
		return false
	}
	s, err := reports.Read(bytes.NewReader(text.Bytes()), int64(text.Len()))
	return err == nil && p.Tells(s) == nil
}

// One bit in any file of a pack is enough: with the key each of them shows, and without it all but the name of the key and what it wrote.
func TestEachByteIsProved(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	whole := packed(t, k)
	if !proved(whole, k) || !proved(whole, nil) {
		t.Fatal("the pack itself is not proved")
	}
	for i, e := range entries(t, whole) {
		step := max(1, len(e.body)/8)
		if e.name == manifestName {
			step = 29
		}
		for at := 0; at < len(e.body); at += step {
			es := entries(t, whole)
			es[i].body[at] ^= 1
			b := zipped(t, es)
			if proved(b, k) {
				t.Errorf("%s with another byte %d is proved", e.name, at)
			}
			from := bytes.Index(e.body, []byte(`"signed_by": "`)) + len(`"signed_by": "`)
			if name := at >= from && at < from+64; proved(b, nil) && e.name != signatureName && (e.name != manifestName || !name) {
				t.Errorf("%s with another byte %d is proved without a key", e.name, at)
			}
		}
	}
	for name, b := range map[string][]byte{"before": append([]byte("MZ"), whole...), "another zip before": append(bytes.Clone(whole), whole...), "behind": append(bytes.Clone(whole), "more"...)} {
		if proved(b, k) {
			t.Errorf("a pack with bytes %s it is proved", name)
		}
	}
}

// A manifest that tells of the scan what the scan does not say is refused, whoever signed it.
func TestManifestTellsOfItsScan(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*Manifest){
		"tool": func(m *Manifest) { m.Tool = "probity 9.9.9" }, "time": func(m *Manifest) { m.Started = m.Started.AddDate(-1, 0, 0) }, "targets": func(m *Manifest) { m.Targets = nil },
		"inputs": func(m *Manifest) { m.Inputs = map[string]string{"rules": "other"} }, "rules": func(m *Manifest) { m.Rules = m.Rules[1:] }, "assets": func(m *Manifest) { m.Assets++ },
		"outcomes": func(m *Manifest) { m.Outcomes = map[string]int{"pass": 1} }, "losses": func(m *Manifest) { m.Incomplete = false },
	} {
		p, err := open(packed(t, nil))
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := p.Unpack(&text); err != nil {
			t.Fatal(err)
		}
		s, err := reports.Read(bytes.NewReader(text.Bytes()), int64(text.Len()))
		if err != nil {
			t.Fatal(err)
		}
		change(&p.Manifest)
		if err := p.Tells(s); !errors.Is(err, ErrForged) || !strings.HasSuffix(err.Error(), "the scan of "+what) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestRemadeManifest(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	es := entries(t, packed(t, k))
	other := entries(t, packed(t, key(t, 2)))
	es[len(es)-2] = other[len(other)-2] // names the other key
	p, err := open(zipped(t, es))
	if err != nil {
		t.Fatal(err)
	}
	if p.Check() != nil || !errors.Is(p.Signed(k.Public().(ed25519.PublicKey)), ErrForged) {
		t.Error("the signature holds for another manifest")
	}
	var m Manifest
	if err := json.Unmarshal(es[len(es)-2].body, &m); err != nil || m.SignedBy == "" {
		t.Errorf("manifest %v", err)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	k := key(t, 3)
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	inPEM := func(kind string, b []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}) }
	got, err := PrivateKey(inPEM("PRIVATE"+" KEY", private))
	if err != nil || !got.Equal(k) {
		t.Errorf("private: %v", err)
	}
	pub, err := PublicKey(inPEM("PUBLIC KEY", public))
	if err != nil || !pub.Equal(k.Public()) {
		t.Errorf("public: %v", err)
	}
	for name, b := range map[string][]byte{"none": []byte("x"), "other": inPEM("PUBLIC KEY", []byte("y")), "private": inPEM("PRIVATE"+" KEY", private)} {
		if _, err := PublicKey(b); err == nil {
			t.Errorf("%s is taken for a public key", name)
		}
	}
	for name, b := range map[string][]byte{"none": []byte("x"), "other": inPEM("PRIVATE"+" KEY", []byte("y")), "public": inPEM("PUBLIC KEY", public)} {
		if _, err := PrivateKey(b); err == nil || strings.Contains(err.Error(), "y\n") {
			t.Errorf("%s is taken for a private key: %v", name, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, sample(), nil, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		if p, err := open(b); err == nil && p.Check() == nil {
			_ = p.Unpack(io.Discard)
		}
	})
}

// The page of a pack is in the language that was asked for; what programs read is not.
func TestPackInALanguage(t *testing.T) {
	t.Parallel()
	in, err := language.Of("fr")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, sample(), in, nil); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"report.html": "<html lang=\"fr\">", "summary.txt": "unknown"} {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s does not hold %s: %v", name, want, err)
		}
	}
}
