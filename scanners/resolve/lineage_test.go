package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

// TestLineage: production and other regions are found through copies of copies; what is not known of a source stays open.
func TestLineage(t *testing.T) {
	t.Parallel()
	at := func(id, env, region string, links ...probity.Link) probity.Asset {
		a := store(id, probity.List[probity.Label]{}, links...)
		if env != "?" {
			a.Tags = probity.Known(map[string]string{"Env": env}, nil)
		}
		if region != "?" {
			a.Location.Region = probity.Known(region, nil)
		}
		return a
	}
	for name, c := range map[string]struct {
		assets []probity.Asset // the last one is asked
		want   string
	}{
		"no copy":         {[]probity.Asset{at("a", "prod", "x")}, "[] not-collected, [] not-collected"},
		"copy":            {[]probity.Asset{at("a", "Production", "x"), at("b", "dev", "x", to(probity.CopyOf, "a"))}, "[a], []"},
		"copy of a copy":  {[]probity.Asset{at("a", "prod", "y"), at("b", "dev", "x", to(probity.SnapshotOf, "a")), at("c", "dev", "x", to(probity.CopyOf, "b"))}, "[a], [y]"},
		"a circle":        {[]probity.Asset{at("a", "live", "y", to(probity.ReplicaOf, "b")), at("b", "dev", "x", to(probity.ReplicaOf, "a"))}, "[a], [y]"},
		"other links":     {[]probity.Asset{at("a", "prod", "y"), at("b", "dev", "x", to(probity.LogsTo, "a"))}, "[] not-collected, [] not-collected"},
		"elsewhere":       {[]probity.Asset{at("b", "dev", "x", to(probity.CopyOf, "gone"))}, "[] not-collected, [] not-collected"},
		"untagged":        {[]probity.Asset{at("a", "?", "y"), at("b", "dev", "x", to(probity.CopyOf, "a"))}, "[] not-collected, [y]"},
		"somewhere":       {[]probity.Asset{at("a", "prod", "?"), at("b", "dev", "x", to(probity.CopyOf, "a"))}, "[a], [] not-collected"},
		"who knows where": {[]probity.Asset{at("a", "prod", "y"), at("b", "dev", "?", to(probity.CopyOf, "a"))}, "[a], [] not-collected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, c.assets)[c.assets[len(c.assets)-1].ID]
			shown := func(l probity.List[string]) string {
				s := fmt.Sprint(l.Items)
				if _, g := l.Value(); g != nil {
					s += " " + string(g.Reason)
				}
				return s
			}
			if got := shown(a.Lineage.Production) + ", " + shown(a.Lineage.Regions); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
