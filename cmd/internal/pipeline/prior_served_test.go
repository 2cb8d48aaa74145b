package pipeline

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestEarlierScanOfDatabases: an instance meets the labels that an earlier scan found in the databases at its endpoint, and a
// snapshot of it too. One that this scan asks as well counts once, and one of long ago not.
func TestEarlierScanOfDatabases(t *testing.T) {
	t.Parallel()
	o := options(t, fake{})
	database := func(host, name, detector string, at time.Time) []probity.Asset {
		db := probity.Asset{Ref: probity.Ref{ID: "postgres://" + host + "/" + name}, Name: name, Kind: kinds.PostgresDatabase, Class: probity.Database, Aliases: []string{host + "/" + name, host},
			Scope: probity.Scope{Provider: "postgres"}}
		table := probity.Asset{Ref: probity.Ref{ID: db.ID + "/public.t"}, Name: "public.t", Kind: kinds.PostgresTable, Class: probity.Table,
			Labels: probity.Whole(nil, probity.Label{Detector: detector, Category: probity.Financial, On: "c", AsOf: at}),
			Links:  probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: db.Ref})}
		return []probity.Asset{db, table}
	}
	before := slices.Concat(database("one.example.org:5432", "a", "iban", o.Now), database("one.example.org:5432", "b", "card", o.Now),
		database("old.example.org:5432", "a", "iban", o.Now.AddDate(0, 0, -91)))
	first := options(t, fake{"": things(before)})
	first.Now = o.Now
	scan := run(t, first)
	index, err := inventory.Labels(scan, func(probity.Asset) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	instance := func(name string) probity.Asset {
		a := store("arn:aws:rds:eu-west-1:1:db:" + name)
		a.Name, a.Kind, a.Class, a.Scope = name, kinds.RDSInstance, probity.Database, probity.Scope{Provider: "aws", Account: "1"}
		a.Aliases = []string{name + ".example.org:5432", name + ".example.org"}
		return a
	}
	snapshot := store("arn:aws:rds:eu-west-1:1:snapshot:s")
	snapshot.Name, snapshot.Kind, snapshot.Class = "s", kinds.RDSSnapshot, probity.Snapshot
	snapshot.Links = probity.Whole(nil, probity.Link{Kind: probity.SnapshotOf, To: probity.Ref{ID: "arn:aws:rds:eu-west-1:1:db:one"}})
	for form, s := range map[string]probity.Scan{"scan": scan, "index": index} {
		for now, asked := range map[string][]probity.Asset{"account": nil, "account and a database": database("one.example.org:5432", "a", "phone", o.Now)} {
			t.Run(form+", "+now, func(t *testing.T) {
				t.Parallel()
				o := options(t, fake{"": things(append([]probity.Asset{instance("one"), instance("old"), instance("other"), snapshot}, asked...))})
				if o.Prior, err = inventory.Read(s); err != nil {
					t.Fatal(err)
				}
				o.MaxAge = 90 * 24 * time.Hour
				got := map[string]string{}
				for _, a := range slurp(t, run(t, o).Assets) {
					var found []string
					for _, l := range a.Labels.Items {
						found = append(found, l.Detector)
					}
					slices.Sort(found)
					_, gap := a.Labels.Value()
					if a.Scope.Account != "" || a.Class == probity.Snapshot {
						got[a.Name] = strings.Join(found, " ")
						if gap == nil {
							t.Errorf("%s: the labels are said to be all, and nobody knows of other databases", a.Name)
						} else if len(found) == 0 {
							got[a.Name] = gap.Because
						}
					}
				}
				held := "card iban"
				if asked != nil {
					held = "card phone"
				}
				if d := cmp.Diff(map[string]string{"one": held, "s": held, "old": notScanned + " since " + o.Now.AddDate(0, 0, -91).Format(time.DateOnly), "other": notScanned}, got); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

func things(assets []probity.Asset) []any {
	out := make([]any, len(assets))
	for i, a := range assets {
		out[i] = a
	}
	return out
}
