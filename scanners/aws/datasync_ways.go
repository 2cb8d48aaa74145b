package aws

import (
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/datasync"
	"github.com/aws/aws-sdk-go-v2/service/datasync/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

// syncWays are the ways that tasks copy along. A place may be in another region than its task, and a store in another than its
// place.
type syncWays struct {
	*reader
	api *datasync.Client

	noted sync.Mutex
	uris  map[string]string // by the location's ARN
	asked map[string]bool   // regions
	ways  []syncWay
}

// syncWay leads from one location to another.
type syncWay struct {
	from, to string
	at       *probity.Origin
}

func (w *syncWays) leads(l types.LocationListEntry) {
	w.noted.Lock()
	defer w.noted.Unlock()
	w.uris[value(l.LocationArn)] = value(l.LocationUri)
}

func (w *syncWays) notes(from, to string, at *probity.Origin) {
	w.noted.Lock()
	defer w.noted.Unlock()
	w.ways = append(w.ways, syncWay{from, to, at})
}

func (w *syncWays) task(e types.TaskListEntry, at *probity.Origin) {
	is := ask(w.reader, w.api.DescribeTask, &datasync.DescribeTaskInput{TaskArn: e.TaskArn})
	t := Thing{Type: "aws_datasync_task", ARN: value(e.TaskArn), At: at, Attrs: attrs{
		"name":                     e.Name,
		"source_location_arn":      is.get(func(o *datasync.DescribeTaskOutput) any { return to("aws_datasync_location", o.SourceLocationArn) }),
		"destination_location_arn": is.get(func(o *datasync.DescribeTaskOutput) any { return to("aws_datasync_location", o.DestinationLocationArn) }),
		"cloudwatch_log_group_arn": is.get(func(o *datasync.DescribeTaskOutput) any { return o.CloudWatchLogGroupArn }),
	}}
	if is.out != nil {
		t.Created = is.out.CreationTime
		w.notes(value(is.out.SourceLocationArn), value(is.out.DestinationLocationArn), is.at)
	}
	t.Attrs["tags"] = w.dataSyncTags(w.api, e.TaskArn)
	w.add(t)
}

// copies tells of what lies in other regions after a task has run: of this one, a task itself tells.
func (w *syncWays) copies() {
	for _, way := range w.ways {
		to := w.store(way.to)
		if region, _ := ofARN(to); to == "" || region == w.region && w.isHere(way.from) {
			continue
		}
		if from := w.store(way.from); from != "" {
			w.copied(to, from, way.at)
		}
	}
}

// isHere reports whether a location is of this region, so that what it leads to is known to its task.
func (w *syncWays) isHere(location string) bool {
	region, _ := ofARN(location)
	return region == w.region
}

// store is the ARN of the store that a location lies in; empty where it lies outside AWS, or nobody can tell.
func (w *syncWays) store(location string) string {
	if region, _ := ofARN(location); region != "" && !w.asked[region] {
		w.asked[region] = true
		w.ask(region)
	}
	uri := w.uris[location]
	name := estate.Store(uri)
	scheme, rest, _ := strings.Cut(uri, "://")
	region, _, _ := strings.Cut(rest, ".")
	switch {
	case name == "" || strings.HasPrefix(name, "arn:"):
		return name
	case scheme == "efs":
		return arnIn("elasticfilesystem", region, w.account, "file-system/"+name)
	case strings.HasPrefix(scheme, "fsx"):
		return arnIn("fsx", region, w.account, "file-system/"+name)
	}
	return "arn:" + partition(w.region) + ":s3:::" + name
}

// ask lists the locations of another region.
func (w *syncWays) ask(region string) {
	there := inRegion(w.api.ListLocations, func(o *datasync.Options) { o.Region = region })
	for page, err := range pages(w.ctx, there, &datasync.ListLocationsInput{}) {
		if err != nil {
			gap := w.permits.gap(err)
			w.untold(&gap, w.at("datasync:ListLocations"))
			return
		}
		for _, l := range page.Locations {
			w.leads(l)
		}
	}
}
