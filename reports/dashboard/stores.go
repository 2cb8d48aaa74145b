package dashboard

import (
	"cmp"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// stores lists stores.
func (a *ask) stores() error {
	class := a.choose("class", a.in.Say("Class"), a.say, probity.Class("").Values()...)
	category := a.categories()
	which := a.choose("which", a.in.Say("Which"), a.whichWord, "personal", "failing")
	if err := a.checked(); err != nil {
		return err
	}
	in := AssetsIn{Text: a.get("q"), Class: probity.Class(class.Value), Kind: a.get("kind"), Account: a.get("account"), Region: a.get("region"), Country: a.get("country"),
		Category: probity.Category(category.Value), Detector: a.get("detector"), Activity: a.get("activity"), Owner: a.get("owner"), Tag: a.get("tag"), Failing: which.Value == "failing", Personal: which.Value == "personal",
		Series: a.get("series"), Page: Page{After: a.get("after"), Limit: rows}}
	found, err := a.Assets(a.r.Context(), &in)
	if err != nil {
		return err
	}
	l := a.list(a.in.Say("{n} store|{n} stores", int(found.Total)), found.Next,
		a.search(), which, category, class).more(a.text("account", a.in.Say("Account")), a.text("country", a.in.Say("Country")), a.text("activity", a.in.Say("Activity")), a.text("owner", a.in.Say("Owner")), a.text("tag", a.in.Say("Tag")), a.text("kind", a.in.Say("Kind")))
	l.CSV = sheet("/stores", "q", in.Text, "class", class.Value, "kind", in.Kind, "account", in.Account, "region", in.Region, "country", in.Country, "category", category.Value, "detector", in.Detector, "activity", in.Activity,
		"owner", in.Owner, "tag", in.Tag, "failing", yes(in.Failing), "personal", yes(in.Personal), "series", in.Series)
	page := struct {
		shell
		List listing
		Rows []history.AssetRow
	}{a.shell(a.in.Say("Stores")), l, found.Rows}
	return a.show("stores.gohtml", page)
}

// yes is a switch in an address.
func yes(on bool) string {
	if on {
		return "true"
	}
	return ""
}

func (a *ask) whichWord(s string) string {
	if s == "failing" {
		return a.in.Say("with findings")
	}
	return a.in.Say("with personal data")
}

// factGroup is the facts of a store that belong together: those of its encryption, say.
type factGroup struct {
	Name  string
	Facts []probity.Evidence
	Gaps  int
}

// linked is a link in words: what the store at the other end is to this one.
type linked struct {
	history.AssetLink
	Word string
}

// store tells all of one store.
func (a *ask) store() error {
	ref := probity.Ref{Root: a.r.URL.Query().Get("root"), ID: a.r.URL.Query().Get("id")}
	found, err := a.Asset(a.r.Context(), &AssetIn{Root: ref.Root, ID: ref.ID})
	if err != nil {
		return err
	}
	x := found.Asset
	page := struct {
		shell
		history.AssetPage
		Known      []listedFinding
		Sheet      string // of them
		Groups     []factGroup
		Out, In    []linked
		Readers    []probity.Grant
		ReadersGap *probity.Gap // why not all are known
		Unknown    []probity.Outcome
		Labels     []probity.Label
		Picture    *neighbours
		Country    string
		Activity   []probity.Activity
		Now        bool // the newest scan saw it
	}{shell: a.shell(cmp.Or(found.Row.Name, ref.ID)), AssetPage: found, Known: a.knowns(found.Findings), Labels: labelsOf(found), Activity: x.Activities.Items, Now: found.Row.Seen}
	page.Groups, page.Readers = groupsOf(&x), x.Access.Readers.Items
	if _, gap := x.Access.Readers.Value(); gap != nil && !x.Access.Readers.IsZero() {
		page.ReadersGap = gap
	}
	for _, l := range found.Links {
		page.Out = append(page.Out, linked{l, a.linkWord(l.Kind)})
	}
	for _, l := range found.Linked {
		page.In = append(page.In, linked{l, a.backWord(l.Kind)})
	}
	for _, o := range found.Outcomes {
		if o.Verdict == probity.Unknown {
			page.Unknown = append(page.Unknown, o)
		}
	}
	all := []string{"store", ref.ID, "root", ref.Root}
	for _, s := range statesOf(everyState) {
		all = append(all, "state", string(s))
	}
	page.Sheet, page.Picture = sheet("/findings", all...), a.neighbours(found)
	return a.show("store.gohtml", page)
}

// groupsOf are the facts of a store as they are grouped in it.
func groupsOf(x *probity.Asset) (groups []factGroup) {
	for path, leaf := range probity.Leaves(x) {
		name, _, deep := strings.Cut(string(path), ".")
		switch name {
		case "labels", "links", "activities":
			continue
		}
		if !deep {
			name = "asset"
		}
		value, gap := leaf.Value()
		e := probity.Evidence{Fact: path, Value: value, Gap: gap, Origin: leaf.From()}
		if gap != nil && gap.Reason == probity.NotCollected && e.Origin == nil {
			continue // nobody looked
		}
		if gap != nil {
			if l, open := value.([]string); !open || len(l) == 0 {
				e.Value = nil
			}
		}
		if len(groups) == 0 || groups[len(groups)-1].Name != name {
			groups = append(groups, factGroup{Name: name})
		}
		g := &groups[len(groups)-1]
		g.Facts = append(g.Facts, e)
		if gap != nil {
			g.Gaps++
		}
	}
	return groups
}

// linkWord is what a store is to the one that it has a link to.
func (a *ask) linkWord(k probity.LinkKind) string {
	switch k {
	case probity.CopyOf:
		return a.in.Say("is a copy of")
	case probity.ReplicaOf:
		return a.in.Say("is a replica of")
	case probity.SnapshotOf:
		return a.in.Say("is a snapshot of")
	case probity.EncryptedBy:
		return a.in.Say("is encrypted by")
	case probity.LogsTo:
		return a.in.Say("logs to")
	case probity.ContainedIn:
		return a.in.Say("is part of")
	case probity.ReadsFrom:
		return a.in.Say("reads from")
	case probity.SameAs:
		return a.in.Say("is the same as")
	}
	return string(k)
}

// backWord is what a store that has a link to this one is to it.
func (a *ask) backWord(k probity.LinkKind) string {
	switch k {
	case probity.CopyOf:
		return a.in.Say("its copy")
	case probity.ReplicaOf:
		return a.in.Say("its replica")
	case probity.SnapshotOf:
		return a.in.Say("its snapshot")
	case probity.EncryptedBy:
		return a.in.Say("encrypted by it")
	case probity.LogsTo:
		return a.in.Say("logs to it")
	case probity.ContainedIn:
		return a.in.Say("part of it")
	case probity.ReadsFrom:
		return a.in.Say("reads from it")
	case probity.SameAs:
		return a.in.Say("the same as it")
	}
	return string(k)
}
