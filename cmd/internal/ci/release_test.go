package ci

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// releaser is the part of .goreleaser.yaml that others rely on; goreleaser itself reads it in make release-check.
type releaser struct {
	Before struct{ Hooks []string }
	Builds []struct {
		Main              string
		Env, Goos, Goarch []string
		Flags, Ldflags    []string
		ModTimestamp      string `yaml:"mod_timestamp"`
	}
	Archives []struct {
		NameTemplate string `yaml:"name_template"`
		Formats      []string
		Files        []struct{ Src, Dst string }
	}
	Sboms []struct {
		Artifacts, Cmd string
		Args           []string
	}
	Checksum struct{ Algorithm string }
	Signs    []struct {
		Artifacts, Cmd, Signature string
		Args                      []string
	}
	Release struct{ Draft bool }
}

func theReleaser(t *testing.T) releaser {
	t.Helper()
	var r releaser
	parse(t, ".goreleaser.yaml", &r)
	if len(r.Builds) != 1 || len(r.Archives) != 1 || len(r.Sboms) != 1 || len(r.Signs) != 1 {
		t.Fatalf("got %+v, want one of each", r)
	}
	return r
}

// archive is the name that a release gives to one, by the template of its configuration.
func archive(t *testing.T, version, system, arch string) string {
	t.Helper()
	a := theReleaser(t).Archives[0]
	name := strings.NewReplacer("{{ .Version }}", version, "{{ .Os }}", system, "{{ .Arch }}", arch).Replace(a.NameTemplate)
	if strings.Contains(name, "{{") || a.Formats[0] != "tar.gz" {
		t.Fatalf("archives are called %s and are %s", a.NameTemplate, a.Formats)
	}
	return name + ".tar.gz"
}

func TestRelease(t *testing.T) {
	t.Parallel()
	r := theReleaser(t)
	b := r.Builds[0]
	for _, c := range []struct {
		what string
		got  []string
		want []string
	}{
		{"systems", b.Goos, []string{"linux", "darwin", "windows"}},
		{"processors", b.Goarch, []string{"amd64", "arm64"}},
		{"environment", b.Env, []string{"CGO_ENABLED=0"}},
		{"flags", b.Flags, []string{"-trimpath", "-buildvcs=false"}},
		{"the linker's flags", b.Ldflags, []string{"-s -w -X main.version={{ .Version }}"}},
		{"what comes before", r.Before.Hooks, []string{"make man completions"}},
		{"signatures", []string{r.Signs[0].Artifacts, r.Signs[0].Cmd, r.Signs[0].Signature, r.Signs[0].Args[0]}, []string{"checksum", "cosign", "${artifact}.sigstore.json", "sign-blob"}},
		{"bills of materials", []string{r.Sboms[0].Artifacts, r.Sboms[0].Cmd, r.Sboms[0].Args[0]}, []string{"binary", "cyclonedx-gomod", "bin"}},
		{"checksums", []string{r.Checksum.Algorithm}, []string{"sha256"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	if b.Main != "./cmd/probity" || b.ModTimestamp != "{{ .CommitTimestamp }}" || !r.Release.Draft {
		t.Errorf("builds %s with the time %s; a draft: %v", b.Main, b.ModTimestamp, r.Release.Draft)
	}
	var files []string
	for _, f := range r.Archives[0].Files {
		files = append(files, f.Dst)
	}
	if !slices.Contains(files, "man/man1") || !slices.Contains(files, "completions") {
		t.Errorf("archives hold %q, want manual pages and completions too", files)
	}
	// Where archives are fetched, the action does so in its own test.
	for _, file := range []string{"deploy/gitlab/probity.yml", "deploy/jenkins/Jenkinsfile"} {
		if text := read(t, filepath.Join(root, file)); !strings.Contains(text, "/v$PROBITY_VERSION/"+archive(t, "${PROBITY_VERSION}", "linux", "amd64")) {
			t.Errorf("%s fetches no archive of a release", file)
		}
	}
	makefile := read(t, filepath.Join(root, "Makefile"))
	for name, version := range workflows(t)["release.yml"].Env {
		if tool := name + "_VERSION := "; strings.Contains(makefile, tool) && !strings.Contains(makefile, tool+version+"\n") {
			t.Errorf("release.yml takes %s %s, and the Makefile another one", name, version)
		}
	}
}

// The bill of materials of a program is one by CycloneDX's own schema, and names what it is made of.
func TestBillOfMaterials(t *testing.T) {
	t.Parallel()
	maker := os.Getenv("PROBITY_CYCLONEDX")
	if maker == "" {
		t.Fatal("PROBITY_CYCLONEDX is not set: run make test, which installs it")
	}
	file := filepath.Join(t.TempDir(), "probity.cdx.json")
	args := []string{}
	for _, a := range theReleaser(t).Sboms[0].Args {
		if a != "-licenses" { // looks for files of all modules, for ten seconds
			args = append(args, strings.NewReplacer("$document", file, "$artifact", program(t), "{{ .Version }}", "0.1.0").Replace(a))
		}
	}
	if got := run(t, ".", nil, maker, args...); got.code != 0 {
		t.Fatalf("%s%s", got.stdout, got.stderr)
	}
	const judge = `import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
sys.exit(str(wrong) if wrong else 0)`
	if got := run(t, ".", nil, linter(t, "python"), "-c", judge, file); got.code != 0 {
		t.Errorf("it is not as the schema says: %s", got.stderr)
	}
	var bom struct {
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal([]byte(read(t, file)), &bom); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(bom.Components, func(c struct{ Name, Version string }) bool {
		return c.Name == "github.com/open-policy-agent/opa" && c.Version != ""
	}) {
		t.Errorf("%d components, and OPA is none of them", len(bom.Components))
	}
}
