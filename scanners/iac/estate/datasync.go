package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	syncTask     = "aws_datasync_task"
	syncLocation = "aws_datasync_location" // as a provider lists them, of every type
)

// syncLocations are the types by which code says where data comes from and goes to.
func syncLocations() []string {
	out := []string{syncLocation}
	for _, of := range []string{"s3", "efs", "fsx_lustre_file_system", "fsx_windows_file_system", "fsx_openzfs_file_system", "fsx_ontap_file_system",
		"nfs", "smb", "hdfs", "object_storage", "azure_blob"} {
		out = append(out, syncLocation+"_"+of)
	}
	return out
}

func dataSync() service {
	return service{kinds: map[probity.Kind][]string{kinds.SyncTask: {syncTask}, kinds.SyncLocation: syncLocations()},
		types: append(syncLocations(), syncTask), read: func(e *estate) []probity.Asset {
			var out []probity.Asset
			for _, typ := range syncLocations() {
				out = append(out, e.each(typ, e.syncLocation)...)
			}
			return append(out, e.each(syncTask, e.syncTask)...)
		}}
}

func (e *estate) syncLocation(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.SyncLocation, r.Get("uri").String())
	e.link(&a, probity.ContainedIn, syncStore(r))
	return a
}

// syncStore is the store that a location lies in. One outside AWS is none that a scan lists.
func syncStore(r *resource.Resource) resource.Value {
	for _, attr := range []string{"s3_bucket_arn", "efs_file_system_arn", "fsx_filesystem_arn"} {
		if v := r.Get(attr); v.Set() {
			return v
		}
	}
	return storeOf(r.Get("uri"))
}

// syncTask: what a task copies is then in both places.
func (e *estate) syncTask(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.SyncTask, r.Get("name").String())
	from, to := e.located(r.Get("source_location_arn")), e.located(r.Get("destination_location_arn"))
	e.link(&a, probity.ReadsFrom, from)
	e.link(&a, probity.LogsTo, r.Get("cloudwatch_log_group_arn"))
	if source, ok := e.target(from); ok {
		e.receives(to, probity.CopyOf, source)
	}
	return a
}

// located is the store behind a location, else the location itself.
func (e *estate) located(v resource.Value) resource.Value {
	ref, ok := v.Data.(resource.Ref)
	if !ok {
		return v
	}
	r := e.byAddr[ref.Addr]
	if r == nil || !strings.HasPrefix(r.Type, syncLocation) {
		return v
	}
	if store := syncStore(r); store.Set() {
		return store
	}
	return v
}
