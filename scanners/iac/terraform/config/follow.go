package config

import (
	"encoding/json"
	"path"
	"slices"
	"sort"
	"strings"

	probity "github.com/probity-scan/probity"
)

const maxModuleDepth = 50

// follow loads the modules that m calls, to any depth. Their sources are constants, so nothing needs to be evaluated.
func (l *loader) follow(m *module, key string, above []string, at standing) {
	above = append(above, m.dir)
	for _, name := range sortedKeys(m.calls) {
		c := m.calls[name]
		sub := strings.TrimPrefix(key+"."+name, ".")
		dir, because := l.locate(m, c, sub)
		switch {
		case because != "":
			c.gap = &probity.Gap{Reason: probity.Unresolved, Needs: "module." + sub, Because: because}
		case slices.Contains(above, dir):
			c.gap = &probity.Gap{Reason: probity.Unresolved, Needs: "module." + sub, Because: "the module calls itself"}
		case len(above) > maxModuleDepth:
			c.gap = &probity.Gap{Reason: probity.Unresolved, Needs: "module." + sub, Because: "modules are nested too deeply"}
			c.deep = true
		}
		if c.gap != nil {
			continue
		}
		before := len(l.losses)
		t, err := l.module(dir)
		if err != nil {
			c.gap = &probity.Gap{Reason: probity.Unresolved, Needs: "module." + sub, Because: "its directory cannot be read"}
			continue
		}
		below := at.called(c.at, t.other)
		for i := range l.losses[before:] {
			below.place(&l.losses[before+i])
		}
		if c.target = t; !l.followed[t.dir] {
			l.follow(t, sub, above, below)
			if l.followed == nil {
				l.followed = map[string]bool{}
			}
			l.followed[t.dir] = true
		}
	}
}

// installed reads what terraform init put into .terraform/modules.
func (l *loader) installed(root string) map[string]string {
	src, err := l.read(path.Join(root, ".terraform/modules/modules.json"))
	if err != nil {
		return nil // not initialised
	}
	var list struct {
		Modules []struct{ Key, Dir string }
	}
	if json.Unmarshal(src, &list) != nil {
		return nil // then its modules are unresolved, and told so
	}
	out := map[string]string{}
	for _, m := range list.Modules {
		out[m.Key] = path.Join(root, m.Dir)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
