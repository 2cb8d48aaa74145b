package config_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// expected reads lines "address path = value" and "losses = …", and holds the archive's files to them. A path of names with
// dots leads into nested blocks; "region" and "tags" in brackets are the provider's.
func expected(t *testing.T, archive string, o config.Options) {
	t.Helper()
	a := txtar.Parse([]byte(archive))
	files := map[string]string{}
	want := ""
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		files[f.Name] = string(f.Data)
	}
	if strings.TrimSpace(want) == "" {
		t.Fatal("the archive expects nothing")
	}
	out, losses := read(t, files, o)
	for line := range strings.Lines(want) {
		head, value, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok {
			continue
		}
		if got := answer(out, losses, head); got != value {
			t.Errorf("%s: got %s, want %s", head, got, value)
		}
	}
}

func answer(out []*resource.Resource, losses []resource.Loss, head string) string {
	switch head {
	case "addresses":
		var addrs []string
		for _, r := range out {
			addrs = append(addrs, r.Addr)
		}
		slices.Sort(addrs)
		return strings.Join(addrs, " ")
	case "losses":
		var all []string
		for _, l := range losses {
			all = append(all, fmt.Sprintf("%s @ %s", l.Gap, l.Origin))
		}
		slices.Sort(all)
		return strings.Join(all, "; ")
	}
	addr, path, _ := strings.Cut(head, " ")
	for _, r := range out {
		switch {
		case r.Addr != addr:
		case path == "[region]":
			return show(r.Provider.Region)
		case strings.HasPrefix(path, "[tags]."):
			b, _ := r.Provider.Tags.Data.(*resource.Block)
			if b == nil {
				return show(r.Provider.Tags)
			}
			return show(b.Get(strings.TrimPrefix(path, "[tags].")))
		case path == "[maybe]":
			if r.Maybe == nil {
				return "certain"
			}
			return r.Maybe.String()
		default:
			return show(r.Get(strings.Split(path, ".")...))
		}
	}
	return "no such resource"
}
