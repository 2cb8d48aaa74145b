package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

// guard is a security group as a test names it; lets holds what it lets in, by what a gap may turn out to be.
type guard struct {
	id   string
	lets probity.List[probity.Opening]
	wide []bool // whether the internet reaches port 5432, for each completion
}

func guards() []guard {
	open := func(cidr string, from, to int) probity.Opening {
		return probity.Opening{CIDR: cidr, Protocol: "tcp", From: from, To: to}
	}
	denied := probity.Gap{Reason: probity.Denied, Needs: "ec2:DescribeSecurityGroups"}
	no, yes, both := []bool{false}, []bool{true}, []bool{false, true}
	return []guard{
		{"office", probity.Whole(nil, open("203.0.113.0/24", 5432, 5432)), no},
		{"world", probity.Whole(nil, open("0.0.0.0/0", 5432, 5432)), yes},
		{"world6", probity.Whole(nil, open("::/0", 5000, 6000)), yes},
		{"halves", probity.Whole(nil, open("0.0.0.0/1", 5432, 5432), open("128.0.0.0/1", 0, 65535)), yes},
		{"web", probity.Whole(nil, open("0.0.0.0/0", 443, 443)), no},
		{"everything", probity.Whole(nil, open("0.0.0.0/0", 0, 0)), yes},
		{"ping", probity.Whole(nil, probity.Opening{CIDR: "0.0.0.0/0", Protocol: "icmp"}, probity.Opening{CIDR: "0.0.0.0/0", Protocol: "udp", To: 65535}), no},
		{"nobody", probity.Whole[probity.Opening](nil), no},
		{"unread", probity.Open[probity.Opening](denied, nil), both},
		{"partly", probity.Open(denied, nil, open("0.0.0.0/0", 5432, 5432)), yes},
		{"broken", probity.Whole(nil, open("not a range", 5432, 5432)), both},
		{"silent", probity.List[probity.Opening]{}, both},
		{"absent", probity.List[probity.Opening]{}, both},
	}
}

func database(addressed probity.Fact[bool], names ...string) []probity.Asset {
	var refs []probity.Ref
	var out []probity.Asset
	for _, n := range names {
		refs = append(refs, probity.Ref{Root: "infra", ID: n})
	}
	for _, g := range guards() {
		if g.id != "absent" {
			out = append(out, probity.Asset{Ref: probity.Ref{Root: "infra", ID: g.id}, Kind: "aws.security_group", Class: probity.Network,
				Exposure: probity.Exposure{Networks: g.lets}})
		}
	}
	return append(out, probity.Asset{Ref: probity.Ref{Root: "infra", ID: "db"}, Kind: "aws.rds.instance", Class: probity.Database,
		Settings: probity.Settings{"port": probity.Known[any](5432, nil)},
		Exposure: probity.Exposure{Declared: probity.Declared{Addressed: addressed, Guards: probity.Whole(at("db.tf", 1), refs...)}}})
}

func TestGuardedAgreesWithEveryCompletion(t *testing.T) {
	t.Parallel()
	addresses := []struct {
		fact probity.Fact[bool]
		may  []bool
	}{
		{probity.Known(true, nil), []bool{true}},
		{probity.Known(false, nil), []bool{false}},
		{probity.Missing[bool](probity.Gap{Reason: probity.Computed}, nil), []bool{false, true}},
		{probity.Fact[bool]{}, []bool{false, true}},
	}
	for _, a := range addresses {
		for _, g := range guards() {
			for _, h := range guards() {
				db := run(t, database(a.fact, g.id, h.id))["db"]
				want := map[bool]bool{}
				for _, addressed := range a.may {
					for _, x := range g.wide {
						for _, y := range h.wide {
							want[addressed && (x || y)] = true
						}
					}
				}
				v, known := db.Exposure.Public.Get()
				if known != (len(want) == 1) || known && !want[v] {
					t.Errorf("addressed %v, guards %s and %s: got %v, known %v; completions give %v", a.may, g.id, h.id, v, known, want)
				}
			}
		}
	}
}

func TestNetworksOfADatabase(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		guards []string
		want   string
		gap    probity.Reason
	}{
		"two guards":       {[]string{"office", "world"}, "[{203.0.113.0/24 tcp 5432 5432} {0.0.0.0/0 tcp 5432 5432}]", ""},
		"another port":     {[]string{"web"}, "[]", ""},
		"not in this scan": {[]string{"office", "absent"}, "[{203.0.113.0/24 tcp 5432 5432}]", probity.Unresolved},
		"not read":         {[]string{"unread"}, "[]", probity.Denied},
		"none named":       {nil, "[]", probity.Unresolved},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := run(t, database(probity.Known(true, nil), c.guards...))["db"]
			if got := fmt.Sprint(db.Exposure.Networks.Items); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			_, g := db.Exposure.Networks.Value()
			if (g == nil) != (c.gap == "") || g != nil && g.Reason != c.gap {
				t.Errorf("got gap %v, want %q", g, c.gap)
			}
		})
	}
}

func TestPortThatNobodyTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		port  probity.Settings
		guard string
		want  string
	}{
		"one port open":          {nil, "world", "not-collected"},
		"every port open":        {nil, "everything", "true"},
		"none open to all":       {nil, "office", "false"},
		"computed":               {probity.Settings{"port": probity.Missing[any](probity.Gap{Reason: probity.Computed}, nil)}, "world", "computed"},
		"zero":                   {probity.Settings{"port": probity.Known[any](0, nil)}, "world", "unresolved"},
		"text":                   {probity.Settings{"port": probity.Known[any]("5432", nil)}, "world", "unresolved"},
		"read back from a file":  {probity.Settings{"port": probity.Known[any](5432.0, nil)}, "world", "true"},
		"another port than open": {probity.Settings{"port": probity.Known[any](3306, nil)}, "world", "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assets := database(probity.Known(true, nil), c.guard)
			assets[len(assets)-1].Settings = c.port
			if got := told(run(t, assets)["db"].Exposure.Public); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// An opening of some ports is none of a database's own until its port is known.
func TestNetworksOfADatabaseWhosePortNobodyTold(t *testing.T) {
	t.Parallel()
	for guard, want := range map[string]string{
		"web": "[] not-collected", "everything": "[{0.0.0.0/0 tcp 0 0}] ", "halves": "[{128.0.0.0/1 tcp 0 65535}] not-collected", "nobody": "[] ",
	} {
		t.Run(guard, func(t *testing.T) {
			t.Parallel()
			assets := database(probity.Known(true, nil), guard)
			assets[len(assets)-1].Settings = nil
			list := run(t, assets)["db"].Exposure.Networks
			reason := probity.Reason("")
			if _, g := list.Value(); g != nil {
				reason = g.Reason
			}
			if got := fmt.Sprintf("%v %s", list.Items, reason); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
