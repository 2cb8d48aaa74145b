package aws

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

// rdsVersions tell whether a version of an engine is supported: RDS still offers it, and standard support for its major
// version has not ended.
type rdsVersions struct {
	r      *rdsReader
	ends   map[string]time.Time // of standard support, by engine and major version: "postgres 15"
	gap    *probity.Gap
	status map[string]any // bool or unread, by engine and version
}

// supportedVersions asks for the versions in use. Nil: no rule asks.
func (r *rdsReader) supportedVersions() *rdsVersions {
	if !r.wants("settings.version_supported") {
		return nil
	}
	used := map[string][2]*string{}
	for _, db := range r.instances {
		used[value(db.Engine)+" "+value(db.EngineVersion)] = [2]*string{db.Engine, db.EngineVersion}
	}
	for _, c := range r.clusters {
		if rdsFamily(c.Engine) == "aws_rds_cluster" {
			used[value(c.Engine)+" "+value(c.EngineVersion)] = [2]*string{c.Engine, c.EngineVersion}
		}
	}
	v := &rdsVersions{r: r, ends: map[string]time.Time{}, status: map[string]any{}}
	if len(used) == 0 {
		return v
	}
	for page, err := range pages(r.ctx, r.api.DescribeDBMajorEngineVersions, &rds.DescribeDBMajorEngineVersionsInput{}) {
		if err != nil {
			gap := r.permits.gap(err)
			v.gap = &gap
			break
		}
		for _, m := range page.DBMajorEngineVersions {
			for _, l := range m.SupportedEngineLifecycles {
				if l.LifecycleSupportName == types.LifecycleSupportNameOpenSourceRdsStandardSupport && l.LifecycleSupportEndDate != nil {
					v.ends[value(m.Engine)+" "+value(m.MajorEngineVersion)] = *l.LifecycleSupportEndDate
				}
			}
		}
	}
	var mu sync.Mutex
	many(r.reader, over(slices.Collect(maps.Keys(used))), func(name string, _ *probity.Origin) {
		got := v.ask(used[name][0], used[name][1])
		mu.Lock()
		defer mu.Unlock()
		v.status[name] = got
	})
	return v
}

func (v *rdsVersions) ask(engine, version *string) any {
	all := true
	a := ask(v.r.reader, v.r.api.DescribeDBEngineVersions, &rds.DescribeDBEngineVersionsInput{Engine: engine, EngineVersion: version, IncludeAll: &all})
	return a.get(func(o *rds.DescribeDBEngineVersionsOutput) any {
		for _, e := range o.DBEngineVersions {
			if value(e.EngineVersion) != value(version) {
				continue
			}
			if value(e.Status) != "available" {
				return false
			}
			return v.standard(value(engine), value(version))
		}
		return unread{probity.Gap{Reason: probity.Unresolved, Because: "RDS does not list this version"}}
	})
}

// standard is whether standard support holds: what RDS lists no end for has none yet.
func (v *rdsVersions) standard(engine, version string) any {
	for major := version; major != ""; major = major[:max(0, strings.LastIndex(major, "."))] {
		if end, ok := v.ends[engine+" "+major]; ok {
			return v.r.now.Before(end)
		}
	}
	if v.gap != nil {
		return unread{*v.gap}
	}
	return true
}

func (v *rdsVersions) supported(engine, version *string) any {
	if v == nil {
		return unread{*notAsked()}
	}
	return v.status[value(engine)+" "+value(version)]
}
