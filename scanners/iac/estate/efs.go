package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	efsFileSystem  = "aws_efs_file_system"
	efsPolicy      = "aws_efs_file_system_policy"
	efsBackup      = "aws_efs_backup_policy"
	efsAccessPoint = "aws_efs_access_point"
	efsMountTarget = "aws_efs_mount_target"
	efsReplication = "aws_efs_replication_configuration"
)

func efs() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.EFSFileSystem: {efsFileSystem, efsReplication}},
		types: []string{efsFileSystem, efsPolicy, efsBackup, efsAccessPoint, efsMountTarget, efsReplication}, read: (*estate).fileSystems}
}

func (e *estate) fileSystems() []probity.Asset {
	fresh := kinds.NewEFS()
	splits, rest := e.beside(efsFileSystem, "file_system_id", nil, efsPolicy, efsBackup, efsAccessPoint, efsMountTarget)
	out := e.each(efsFileSystem, func(r *resource.Resource) probity.Asset { return e.fileSystem(r, splits[r.Addr], fresh) })
	for _, s := range rest.sorted() {
		if len(s.parts[efsPolicy]) == 0 {
			continue // a mount target or an access point tells nothing of the file system
		}
		a := e.stray(s, kinds.EFSFileSystem, "")
		a.Exposure.Declared.Policy = s.said(efsPolicy, "policy")
		a.Settings = probity.SettingsOf(kinds.EFS{})
		out = append(out, a)
	}
	for _, r := range e.byType[efsReplication] {
		if a, ok := e.fileSystemCopy(r); ok {
			out = append(out, a)
		}
	}
	return out
}

func (e *estate) fileSystem(r *resource.Resource, s *split, fresh kinds.Fresh[kinds.EFS]) probity.Asset {
	a := e.fresh(r, kinds.EFSFileSystem, r.Get("creation_token").String(), &fresh.Asset)
	a.Encryption.AtRest = r.Get("encrypted").Bool(a.Encryption.AtRest)
	e.storageKey(&a, r.Get("kms_key_id"), nil, probity.ProviderManaged)
	a.Exposure.Declared.Policy = ruled(s, efsPolicy, "policy", a.Exposure.Declared.Policy)
	a.Exposure.Declared.Guards = e.mountGuards(s)
	zone := r.Get("availability_zone_name")
	if zone.Set() {
		a.Resilience.MultiZone, a.Resilience.BackupDays = probity.Known(false, zone.At), kinds.EFSOneZoneBackup()
	}
	a.Resilience.BackupDays = fileSystemBackup(s, a.Resilience.BackupDays)
	own := fresh.Own
	own.Unscoped = unscoped(s, own.Unscoped)
	own.PublicSubnet = e.mountedInPublic(s)
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.ReplicaOf, r.Get("replica_of")) // of one that a provider listed: Terraform says it in a resource of its own
	if e.place.listed() && s.doubt[efsMountTarget] == nil && len(s.parts[efsMountTarget]) == 0 {
		a.Exposure.Declared.Guards = probity.List[probity.Ref]{}
		a.Exposure.Public, a.Exposure.Networks = probity.Known(false, r.At), probity.Whole[probity.Opening](r.At) // it has no address at all
	}
	return a
}

// fileSystemBackup: what EFS' own policy makes is kept for 35 days.
func fileSystemBackup(s *split, def probity.Fact[int]) probity.Fact[int] {
	r, gap := s.part(efsBackup)
	if gap != nil {
		return probity.Missing[int](*gap, s.owner.At)
	}
	if r == nil {
		return def
	}
	return resource.Map(r.Get("backup_policy", "status").Text(probity.Known("DISABLED", r.At)), func(status string) int {
		if status == "ENABLED" {
			return 35
		}
		return 0
	})
}

// mountGuards are the security groups of all mount targets: one that lets everybody in is enough.
func (e *estate) mountGuards(s *split) probity.List[probity.Ref] {
	gap := s.doubt[efsMountTarget]
	at := s.owner.At
	var refs []probity.Ref
	for _, r := range s.parts[efsMountTarget] {
		l := e.guards(r.Get("security_groups"), r.At)
		_, g := l.Value()
		gap = first(gap, r.Maybe, g)
		for _, ref := range l.Items {
			if !slices.Contains(refs, ref) {
				refs, at = append(refs, ref), l.From()
			}
		}
	}
	switch {
	case gap != nil:
		return probity.Open(*gap, at, refs...)
	case len(s.parts[efsMountTarget]) == 0:
		return probity.Open[probity.Ref](probity.Gap{Reason: probity.Unresolved, Because: "no mount target is declared beside it"}, at)
	}
	return probity.Whole(at, refs...)
}

// mountedInPublic is whether the internet has a route to the subnet of a mount target.
func (e *estate) mountedInPublic(s *split) probity.Fact[bool] {
	targets := s.parts[efsMountTarget]
	if gap := s.doubt[efsMountTarget]; gap != nil {
		return probity.Missing[bool](*gap, s.owner.At)
	} else if len(targets) == 0 {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it has no mount target here"}, s.owner.At)
	}
	out := probity.Known(false, targets[0].At)
	for _, t := range targets {
		out = either(out, certain(t, e.publicSubnets([]resource.Value{t.Get("subnet_id")}, t.At)))
	}
	return out
}

// unscoped are the access points that pin no directory or no user.
func unscoped(s *split, def probity.List[string]) probity.List[string] {
	gap := s.doubt[efsAccessPoint]
	at := s.owner.At
	var out []string
	for _, r := range s.parts[efsAccessPoint] {
		at = r.At
		path, user := r.Get("root_directory", "path"), r.Get("posix_user")
		whole := path.Text(probity.Known("/", r.At)).Is(func(p string) bool { return p == "/" })
		switch {
		case r.Maybe != nil:
			gap = r.Maybe
		case whole || !user.Set():
			out = append(out, r.Addr)
		default:
			gap = first(path.Gap(), user.Gap(), gap)
		}
	}
	switch {
	case gap != nil:
		return probity.Open(*gap, at, out...)
	case len(s.parts[efsAccessPoint]) == 0:
		return def
	}
	return probity.Whole(at, out...)
}

// fileSystemCopy is the replica that EFS makes by itself; one that was there before is a file system like others.
func (e *estate) fileSystemCopy(r *resource.Resource) (probity.Asset, bool) {
	to := r.Get("destination", "file_system_id")
	if to.Set() {
		return probity.Asset{}, false
	}
	a := e.asset(r, kinds.EFSFileSystem, "")
	a.Location.Region = r.Get("destination", "region").Text(a.Location.Region)
	a.Scope.Region, _ = a.Location.Region.Get()
	a.Encryption = kinds.EFSReplica()
	e.ownKey(&a, r.Get("destination", "kms_key_id"))
	a.Settings = probity.SettingsOf(kinds.EFS{})
	e.link(&a, probity.ReplicaOf, r.Get("source_file_system_id"))
	return a, true
}
