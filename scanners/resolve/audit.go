package resolve

import (
	"context"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// audit gives the step that tells from a store's links that its accesses are logged, and from the trails beside it that calls to
// it are.
func audit() step {
	trails := recordersOf()
	return func(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
		logged := logged(a)
		recorded, err := recorded(ctx, inv, trails, a)
		return logged || recorded, err
	}
}

func logged(a *probity.Asset) bool {
	if a.Class == probity.Log || settled(a.Audit.Access) {
		return false // a log's own link says where it goes, not that reading it is logged
	}
	var gap *probity.Gap
	for _, l := range a.Links.Items {
		if l.Kind != probity.LogsTo {
			continue
		}
		if l.Gap == nil {
			a.Audit.Access = known(true, probity.Evidence{Asset: a.Ref, Fact: "links", Value: l.To.ID, Origin: a.Links.From()}).fact()
			return true
		}
		gap = l.Gap
	}
	if gap == nil {
		return false
	}
	a.Audit.Access = unknown(gap, probity.Evidence{Asset: a.Ref, Fact: "links", Gap: gap, Origin: a.Links.From()}).fact()
	return true
}

// recorded works out whether a trail records reads and writes. Without a trail nobody knows.
func recorded(ctx context.Context, inv Inventory, trails []*neighbours, a *probity.Asset) (bool, error) {
	service := map[probity.Kind]string{kinds.S3Bucket: "arn:aws:s3", kinds.DynamoDBTable: "arn:aws:dynamodb"}[a.Kind]
	if service == "" || settled(a.Audit.DataEvents) {
		return false, nil
	}
	var ts []truth
	for _, n := range trails {
		near, err := n.of(ctx, inv, a)
		if err != nil {
			return false, err
		}
		for _, trail := range near {
			if sees(&trail, a) {
				ts = append(ts, and(setting(&trail, "logging"), selects(&trail, a, service), reaches(&trail, a)))
			}
		}
	}
	more, err := unseenTrails(ctx, inv, a)
	if err != nil {
		return false, err
	}
	if len(ts) == 0 && len(more) > 0 && !slices.ContainsFunc(more, func(t truth) bool { return t.gap == nil || t.gap.Reason != probity.NotCollected }) {
		return false, nil
	}
	switch ts = append(ts, more...); {
	case len(ts) > 0:
		a.Audit.DataEvents = or(ts...).fact()
	case fromCode(a):
		// Only an account could show its trails: code alone has the provider's default.
		a.Audit.DataEvents = probity.Known(false, &probity.Origin{Default: "no trail here; CloudTrail records no data events by itself"})
	}
	return true, nil
}

// recorders are the kinds that record data events.
func recorders() []probity.Kind { return []probity.Kind{kinds.CloudTrail, kinds.EventStore} }

// recordersOf are those beside an asset.
func recordersOf() []*neighbours {
	var out []*neighbours
	for _, kind := range recorders() {
		out = append(out, &neighbours{kind: kind})
	}
	return out
}

// sees reports whether a trail is of a store's account, or of its organisation: then it was seen in that account too.
func sees(trail, a *probity.Asset) bool {
	return beside(a, trail) || a.Scope.Account != "" && slices.ContainsFunc(trail.Links.Items, func(l probity.Link) bool {
		return l.Kind == probity.ReadsFrom && l.To.ID == "aws://"+a.Scope.Account
	})
}

// unseenTrails stands for the trails of a store's root, or of its account and region, that nobody listed. A region lists
// trails of others that see it, so that its own listing tells of them all.
func unseenTrails(ctx context.Context, inv Inventory, a *probity.Asset) ([]truth, error) {
	on := probity.Ref{Root: a.Root, ID: "."}
	if !fromCode(a) {
		region, known := a.Location.Region.Get()
		if !known {
			region = a.Scope.Region
		}
		on = probity.Ref{ID: "aws://" + a.Scope.Account + "/" + region}
	}
	var out []truth
	listed := false
	for _, kind := range recorders() {
		more, answered, err := unseen(ctx, inv, on, kind)
		if err != nil {
			return nil, err
		}
		out, listed = append(out, more...), listed || answered && kind == kinds.CloudTrail
	}
	if !fromCode(a) { // stores of events of other regions are told by the account as a whole
		more, _, err := unseen(ctx, inv, probity.Ref{ID: "aws://" + a.Scope.Account}, kinds.EventStore)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	switch {
	case fromCode(a) || len(out) > 0:
	case !listed:
		out = []truth{unknown(&probity.Gap{Reason: probity.NotCollected, Because: "the trails of its region were not listed"})}
	default:
		out = []truth{{from: []probity.Evidence{{Asset: on, Fact: "kind", Value: "no other trail"}}}}
	}
	return out, nil
}

// unseen stands for the assets of a kind that a place may hold beside those that were read, if it was listed at all. What was
// left out on request is no doubt: whoever asked knows.
func unseen(ctx context.Context, inv Inventory, on probity.Ref, kind probity.Kind) (out []truth, listed bool, err error) {
	for c, err := range inv.Coverage(ctx, on) {
		if err != nil {
			return nil, false, err
		}
		if c.Kind != kind || c.Path != "" {
			continue
		}
		if listed = true; c.Gap != nil && c.Gap.Reason != probity.Filtered {
			out = append(out, unknown(c.Gap, probity.Evidence{Asset: c.On, Fact: "kind", Gap: c.Gap, Origin: c.Origin}))
		}
	}
	return out, listed, nil
}

// beside reports whether two assets are of one account: by its number, else by being declared together.
func beside(a, b *probity.Asset) bool {
	if a.Scope.Account != "" && b.Scope.Account != "" {
		return a.Scope.Account == b.Scope.Account
	}
	return a.Root == b.Root && fromCode(a) == fromCode(b)
}

func setting(a *probity.Asset, name string) truth {
	return on(a, probity.Path("settings."+name), a.Settings[name], func(v any) bool { b, _ := v.(bool); return b })
}

// selects reports whether the trail records data events of the store as a whole.
func selects(trail, a *probity.Asset, service string) truth {
	f := trail.Settings["data_events"]
	e := evidence(trail, "settings.data_events", f)
	v, _ := f.Get()
	names := arns(a, service)
	prefixes := slices.DeleteFunc(textsOf(v), func(s string) bool { return !strings.HasPrefix(s, service) && !strings.Contains(s, "${") })
	for _, prefix := range prefixes {
		begins, all := strings.CutSuffix(prefix, "*")
		whole := func(name string) bool {
			return name == strings.TrimSuffix(prefix, "/") || all && strings.HasPrefix(name+"/", begins)
		}
		if begins == service || begins == service+":" || begins == service+":::" || slices.ContainsFunc(names, whole) || trail.Root == a.Root && named(prefix, service, a.ID) {
			e.Gap, e.Value = nil, prefix
			return known(true, e)
		}
	}
	switch {
	case e.Gap != nil:
		return unknown(e.Gap, e)
	case slices.ContainsFunc(prefixes, func(s string) bool { return dark(s, service) }):
		e.Gap = &probity.Gap{Reason: probity.Unresolved, Because: "the trail names stores by what is not known yet"}
		return unknown(e.Gap, e)
	case len(names) == 0 && slices.ContainsFunc(prefixes, func(s string) bool { return !strings.Contains(s, "${") }):
		e.Gap = &probity.Gap{Reason: probity.Unresolved, Because: "the trail names stores, and the name of this one is not known"}
		return unknown(e.Gap, e)
	}
	return known(false, e)
}

// placeholder finds the address in a text that names a store of the code by an attribute known only after apply, such as
// "${aws_s3_bucket.exports.arn}/", and what stands after it.
func placeholder(prefix, service string) (addr, rest string, ok bool) {
	inside, rest, ok := strings.Cut(strings.TrimPrefix(prefix, service+":::"), "}")
	inside, opened := strings.CutPrefix(inside, "${")
	dot := strings.LastIndexByte(inside, '.')
	if !ok || !opened || dot < 0 || strings.Contains(rest, "${") || strings.HasPrefix(inside, "data.") || strings.Contains(inside, ".data.") {
		return "", "", false
	}
	return inside[:dot], rest, true
}

// named reports whether a text names all of the store at an address. Texts hold no quotes of their own: see the scanner.
func named(prefix, service, id string) bool {
	addr, rest, ok := placeholder(prefix, service)
	rest = strings.TrimSuffix(rest, "*")
	return ok && (rest == "" || rest == "/") && addr == strings.NewReplacer(`"`, "'", `\`, "/").Replace(id)
}

// dark reports whether nobody knows which store a text names.
func dark(prefix, service string) bool {
	_, _, ok := placeholder(prefix, service)
	return strings.Contains(prefix, "${") && !ok
}

// reaches reports whether the trail sees the store's region: its own, or all.
func reaches(trail, a *probity.Asset) truth {
	all := setting(trail, "multi_region")
	const path probity.Path = "location.region"
	home, known := trail.Location.Region.Get()
	if !known {
		return or(all, on(trail, path, trail.Location.Region, func(string) bool { return false }))
	}
	return or(all, on(a, path, a.Location.Region, func(r string) bool { return r == home }))
}

// arns gives the ARNs that a store is known by; a bucket's name makes one.
func arns(a *probity.Asset, service string) []string {
	var out []string
	for _, n := range append([]string{a.ID}, a.Aliases...) {
		switch {
		case strings.HasPrefix(n, service+":"):
			out = append(out, n)
		case a.Kind == kinds.S3Bucket && n != a.ID && !strings.HasPrefix(n, a.ID+".") && !strings.ContainsAny(n, ":/"):
			out = append(out, service+":::"+n)
		}
	}
	return out
}

// textsOf reads a list setting, as a scanner wrote it or as it came back from a file.
func textsOf(v any) []string {
	switch l := v.(type) {
	case []string:
		return slices.Clone(l)
	case []any:
		var out []string
		for _, e := range l {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
