package kinds_test

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// What a new store has is a default that says so, or the reason why nobody can tell; and it has something.
func TestFreshStoresTellTheirDefaults(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]any{
		"efs": both(kinds.NewEFS()), "fsx windows": both(kinds.NewFSx("windows")), "fsx lustre": both(kinds.NewFSx("lustre")), "fsx ontap": both(kinds.NewFSx("ontap")),
		"redshift": both(kinds.NewRedshift()), "redshift serverless": both(kinds.NewRedshiftServerless()),
		"opensearch": both(kinds.NewOpenSearch()), "collection": both(kinds.NewCollection()),
		"redis": both(kinds.NewCache()), "valkey": both(kinds.NewValkey()), "cache cluster": both(kinds.NewCacheCluster()), "serverless cache": both(kinds.NewCacheServerless()),
		"docdb": both(kinds.NewDocDB()), "elastic docdb": both(kinds.NewDocDBElastic()), "neptune": both(kinds.NewNeptune()), "graph": both(kinds.NewNeptuneGraph()),
		"dax": both(kinds.NewDAX()), "memorydb": both(kinds.NewMemoryDB()), "keyspaces": both(kinds.NewKeyspaces()), "timestream": both(kinds.NewTimestream()),
		"influxdb": both(kinds.NewInflux()), "mq": both(kinds.NewMQ()), "lightsail": both(kinds.NewLightsail()), "dsql": both(kinds.NewDSQL()), "proxy": both(kinds.NewProxy()),
	} {
		told := 0
		for _, part := range f {
			for path, l := range probity.Leaves(part) {
				_, g := l.Value()
				switch {
				case g == nil && (l.From() == nil || l.From().Default == ""):
					t.Errorf("%s: %s is known from %v, want a default's text", name, path, l.From())
				case g == nil:
					told++
				case g.Reason != probity.NotCollected && g.Because == "":
					t.Errorf("%s: %s has gap %s, want it to say why", name, path, g.Reason)
				}
			}
		}
		if told == 0 {
			t.Errorf("%s: got no default", name)
		}
	}
}

func both[S any](f kinds.Fresh[S]) []any { return []any{f.Asset, f.Own} }

func TestRedshiftForcesTLS(t *testing.T) {
	t.Parallel()
	for family, want := range map[string]struct{ on, known bool }{
		"": {true, true}, "redshift-2.0": {true, true}, "default.redshift-2.0": {true, true},
		"redshift-1.0": {false, true}, "default.redshift-1.0": {false, true}, "redshift-9.0": {false, false},
	} {
		if on, known := kinds.RedshiftForcesTLS(family).Get(); on != want.on || known != want.known {
			t.Errorf("%q: got %v %v, want %v %v", family, on, known, want.on, want.known)
		}
	}
}
