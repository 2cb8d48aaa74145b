package estate

import (
	"slices"
	"strconv"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// copies are the replicas of tables in other regions: blocks of the tables and resources of their own.
type copies struct {
	all []*resource.Resource
	of  map[string]*resource.Resource // the table of a replica, by its address
}

func (e *estate) tableCopies(tables []*resource.Resource) copies {
	out := copies{of: map[string]*resource.Resource{}}
	for _, r := range tables {
		blocks, rest := r.Get("replica").Blocks()
		if rest != nil {
			e.losses = append(e.losses, resource.Loss{Gap: probity.Gap{Reason: rest.Reason, Needs: rest.Needs, Because: r.Addr + " may have more replicas"},
				Origin: r.Get("replica").At, Type: dynamoTable})
		}
		for i, b := range blocks {
			key := strconv.Itoa(i)
			if name := b.Get("region_name").String(); name != "" {
				key = strconv.Quote(name)
			}
			c := &resource.Resource{Block: *b, Addr: r.Addr + ".replica[" + key + "]", Type: dynamoTable, Name: r.Name, Maybe: r.Maybe}
			c.Provider = resource.Provider{Name: r.Provider.Name, Region: b.Get("region_name"), Account: r.Provider.Account}
			out.all, out.of[c.Addr], e.byAddr[c.Addr] = append(out.all, c), r, c
		}
	}
	owned, _ := e.join(joint{owners: tables, attr: "global_table_arn", types: []string{dynamoReplica}, names: e.tableNames(out)})
	for _, r := range tables {
		for _, c := range owned[r.Addr].parts[dynamoReplica] {
			out.of[c.Addr] = r
		}
	}
	out.all = append(out.all, e.byType[dynamoReplica]...)
	return out
}

// tableCopy is a replica, with a key, backups and a policy of its own. Of a table that this root does not declare, the rest
// is not known.
func (e *estate) tableCopy(r, of *resource.Resource, table *probity.Asset, s *split) probity.Asset {
	a := e.asset(r, kinds.DynamoDBTable, "") // it bears the table's name, but links by that name mean the table
	if v := r.Get("propagate_tags"); r.Type == dynamoTable && table != nil && v.Set() {
		if f := v.Bool(probity.Fact[bool]{}); f.Is(func(on bool) bool { return on }) {
			a.Tags = table.Tags
		} else if _, g := f.Value(); g != nil {
			a.Tags = probity.Missing[map[string]string](*g, v.At)
		}
	}
	a.Encryption.AtRest = kinds.DynamoDBAtRest()
	if key := r.Get("kms_key_arn"); key.Set() || table != nil {
		e.tableKey(of, key, &a)
	}
	a.Resilience.PointInTime = r.Get("point_in_time_recovery").Bool(kinds.DynamoDBOff("point-in-time recovery"))
	a.Resilience.BackupDays = resource.Map(a.Resilience.PointInTime, func(on bool) int {
		if on {
			return 35
		}
		return 0
	})
	a.Resilience.DeletionProtection = r.Get("deletion_protection_enabled").Bool(kinds.DynamoDBOff("deletion protection"))
	a.Resilience.MultiZone = manyZones()
	a.Exposure.Declared.Policy = e.tablePolicy(s)
	if table == nil {
		a.Settings = probity.SettingsOf(kinds.DynamoDB{})
		e.link(&a, probity.ReplicaOf, r.Get("global_table_arn"))
		return a
	}
	a.Name = table.Name
	a.Settings, a.Retention.Rules = table.Settings, table.Retention.Rules // time to live and the stream are the table's
	a.Links = a.Links.With(probity.Link{Kind: probity.ReplicaOf, To: table.Ref})
	return a
}

// tableNames gives what names a table: its name, and the ARNs with that name and its region that other resources use. A
// replica is named by the ARN of its own region alone.
func (e *estate) tableNames(c copies) func(*resource.Resource) ([]string, bool) {
	arns := e.tableARNs()
	return func(r *resource.Resource) ([]string, bool) {
		name, home := r.Get("name").String(), region(r)
		var out []string
		if of := c.of[r.Addr]; of != nil {
			name = of.Get("name").String()
		} else if r.Type == dynamoReplica {
			_, name, _ = tableARN(r.Get("global_table_arn"))
		} else {
			out = append(out, name)
		}
		for _, a := range arns[name] {
			foreseen := !strings.Contains(a.region, "${")
			if a.region == home || len(out) > 0 && (home == "" || !foreseen) {
				out = append(out, a.text)
			}
		}
		return out, name != ""
	}
}

// arn is how a table is called from elsewhere in the root.
type arn struct{ text, region string }

// tableARNs are the ARNs that policies and replicas call tables by, by the table's name.
func (e *estate) tableARNs() map[string][]arn {
	out := map[string][]arn{}
	for _, by := range []struct{ typ, attr string }{{dynamoPolicy, "resource_arn"}, {dynamoReplica, "global_table_arn"}} {
		for _, r := range e.byType[by.typ] {
			v := r.Get(by.attr)
			if region, name, ok := tableARN(v); ok && !slices.Contains(out[name], arn{plain(v), region}) {
				out[name] = append(out[name], arn{plain(v), region})
			}
		}
	}
	return out
}

// tableARN takes region and name from the ARN of a table: "arn:aws:dynamodb:eu-west-1:111122223333:table/people".
func tableARN(v resource.Value) (region, name string, ok bool) {
	head, name, ok := strings.Cut(plain(v), ":table/")
	parts := strings.Split(head, ":")
	if !ok || len(parts) < 5 || parts[2] != "dynamodb" || strings.ContainsAny(name, "/${") {
		return "", "", false
	}
	return parts[3], name, true
}

// plain is a text with its placeholders.
func plain(v resource.Value) string {
	if t, ok := v.Data.(resource.Template); ok {
		return t.Text
	}
	return v.String()
}
