package resolve

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestServedDatabasesMeetTheirAccount: what tables hold reaches the one instance whose endpoint a database answers at, whoever was
// scanned first.
func TestServedDatabasesMeetTheirAccount(t *testing.T) {
	t.Parallel()
	live := func(id string, names ...string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: id}, Kind: kinds.RDSInstance, Class: probity.Database, Aliases: names, Scope: probity.Scope{Provider: "aws", Account: "1"}}
	}
	planned := live("aws_db_instance.a", "db.example.org:5432")
	planned.Root = "infra"
	table := probity.Asset{Ref: probity.Ref{ID: "postgres://db.example.org:5432/clinic/public.patients"}, Name: "public.patients", Kind: kinds.PostgresTable, Class: probity.Table,
		Labels: probity.Whole(nil, label("iban")), Links: probity.Whole(nil, to(probity.ContainedIn, "postgres://db.example.org:5432/clinic"))}
	served := func(database string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "postgres://db.example.org:5432/" + database}, Name: database, Kind: kinds.PostgresDatabase, Class: probity.Database,
			Aliases: []string{"db.example.org:5432/" + database, "db.example.org:5432"}}
	}
	const held = "clinic.public.patients.iban<postgres://db.example.org:5432/clinic/public.patients not-collected"
	for name, c := range map[string]struct {
		assets []probity.Asset
		want   map[string]string
	}{
		"an endpoint": {[]probity.Asset{live("i", "db.example.org:5432", "db.example.org")}, map[string]string{"i": held}},
		"one of several endpoints": {[]probity.Asset{live("i", "reader.example.org:5432", "db.example.org:5432"), live("j", "other.example.org:5432")},
			map[string]string{"i": held, "j": "not-collected"}},
		"two databases of a server":   {[]probity.Asset{live("i", "db.example.org:5432"), served("staff")}, map[string]string{"i": held}},
		"another port":                {[]probity.Asset{live("i", "db.example.org:5433", "db.example.org")}, map[string]string{"i": "not-collected"}},
		"several instances":           {[]probity.Asset{live("i", "db.example.org:5432"), live("j", "db.example.org:5432")}, map[string]string{"i": "not-collected", "j": "not-collected"}},
		"code that says what will be": {[]probity.Asset{planned}, map[string]string{"aws_db_instance.a": "not-collected"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := append(append([]probity.Asset{}, c.assets...), served("clinic"), table)
			last := append([]probity.Asset{table, served("clinic")}, c.assets...)
			for _, assets := range [][]probity.Asset{first, last} {
				got := run(t, assets)
				for id, want := range c.want {
					if d := cmp.Diff(want, shown(got[id].Labels)); d != "" {
						t.Errorf("%s (-want +got):\n%s", id, d)
					}
				}
				links := got["postgres://db.example.org:5432/clinic"].Links.Items
				switch name {
				case "several instances":
					if len(links) != 1 || links[0].Gap == nil || links[0].Gap.Reason != probity.Unresolved {
						t.Errorf("got the links %v, want a gap", links)
					}
				case "another port", "code that says what will be":
					if len(links) != 0 {
						t.Errorf("got the links %v, want none", links)
					}
				}
			}
		})
	}
}
