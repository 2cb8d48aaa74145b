package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// askedService is how often the operations of one service of a provider were called.
type askedService struct {
	Name                    string
	Made, Throttled, Denied int
	Operations              []probity.Calls // the most frequent first
}

// asked sums calls up by service, the most frequent first.
func asked(calls []probity.Calls) []askedService {
	by := map[string]*askedService{}
	for _, c := range calls {
		s := by[c.Service]
		if s == nil {
			s = &askedService{Name: strings.ToLower(c.Service)}
			by[c.Service] = s
		}
		s.Made, s.Throttled, s.Denied = s.Made+c.Made, s.Throttled+c.Throttled, s.Denied+c.Denied
		s.Operations = append(s.Operations, c)
	}
	var out []askedService
	for _, s := range by {
		slices.SortFunc(s.Operations, func(a, b probity.Calls) int {
			return cmp.Or(cmp.Compare(b.Made, a.Made), cmp.Compare(a.Operation, b.Operation))
		})
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b askedService) int {
		return cmp.Or(cmp.Compare(b.Made, a.Made), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// askedLine is what was asked of providers in one line: "1,234 calls: s3 800, rds 20". Empty: nothing was.
func askedLine(in *language.Language, calls []probity.Calls) string {
	const most = 8
	total, throttled, denied, parts := 0, 0, 0, []string{}
	services := asked(calls)
	for i, s := range services {
		total, throttled, denied = total+s.Made, throttled+s.Throttled, denied+s.Denied
		if i < most {
			parts = append(parts, visible(s.Name)+" "+in.Number(s.Made))
		}
	}
	if total == 0 {
		return ""
	}
	if more := len(services) - most; more > 0 {
		parts = append(parts, in.Say("{n} more service|{n} more services", more))
	}
	line := in.Say("{n} call: {services}|{n} calls: {services}", total, strings.Join(parts, ", "))
	if throttled > 0 {
		line = in.Say("{calls}; {n} throttled", line, throttled)
	}
	if denied > 0 {
		line = in.Say("{calls}; {n} denied", line, denied)
	}
	return line
}

// readLine is what content was read, in one line: "content of 2 stores read: 40 objects, 5,000 bytes". Empty: none.
func readLine(in *language.Language, reads []probity.Read) string {
	if len(reads) == 0 {
		return ""
	}
	stores, objects, unchanged, bytes := map[probity.Ref]bool{}, 0, 0, int64(0)
	for _, r := range reads {
		stores[r.Store] = true
		objects, unchanged, bytes = objects+r.Objects, unchanged+r.Unchanged, bytes+r.Bytes
	}
	line := in.Say("content of {n} store read: {objects}, {bytes}|content of {n} stores read: {objects}, {bytes}", len(stores),
		in.Say("{n} object|{n} objects", objects), in.Say("{n} byte|{n} bytes", int(bytes)))
	if unchanged > 0 {
		line = in.Say("{read}; {n} table not read again, which had not changed|{read}; {n} tables not read again, which had not changed", line, unchanged)
	}
	return line
}
