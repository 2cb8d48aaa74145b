package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	redshiftCluster  = "aws_redshift_cluster"
	redshiftParams   = "aws_redshift_parameter_group"
	redshiftLogging  = "aws_redshift_logging"
	redshiftEndpoint = "aws_redshift_endpoint_authorization"
	redshiftSnapshot = "aws_redshift_cluster_snapshot"
	redshiftCopy     = "aws_redshift_snapshot_copy"
	redshiftGrant    = "aws_redshift_snapshot_copy_grant"
	redshiftShare    = "aws_redshift_data_share_authorization"
)

func redshift() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.RedshiftCluster: {redshiftCluster}, kinds.RedshiftSnapshot: {redshiftSnapshot, redshiftCopy, serverlessSnapshot},
			kinds.RedshiftNamespace: {serverlessNamespace}, kinds.RedshiftShare: {redshiftShare}},
		types: []string{redshiftCluster, redshiftParams, redshiftLogging, redshiftEndpoint, redshiftSnapshot, redshiftCopy, redshiftGrant,
			serverlessNamespace, serverlessWorkgroup, serverlessSnapshot, redshiftShare},
		read: (*estate).warehouses}
}

func (e *estate) warehouses() []probity.Asset {
	fresh := kinds.NewRedshift()
	splits, _ := e.beside(redshiftCluster, "cluster_identifier", []string{"cluster_identifier"}, redshiftLogging, redshiftEndpoint)
	out := e.each(redshiftCluster, func(r *resource.Resource) probity.Asset { return e.redshiftCluster(r, splits[r.Addr], fresh) })
	out = append(out, e.namespaces()...)
	out = append(out, e.each(redshiftShare, e.dataShare)...)
	return append(out, e.redshiftSnapshots()...)
}

func (e *estate) redshiftCluster(r *resource.Resource, s *split, fresh kinds.Fresh[kinds.Redshift]) probity.Asset {
	a := e.fresh(r, kinds.RedshiftCluster, r.Get("cluster_identifier").String(), &fresh.Asset)
	from := restored(r, "snapshot_identifier", "snapshot_arn", "snapshot_cluster_identifier")
	e.redshiftEncryption(r, &a, from)
	a.Encryption.InTransit = e.switched(redshiftParams, r.Get("cluster_parameter_group_name"), parameter{
		names: []string{"require_ssl"}, on: spelled("true", "1", "on"), def: kinds.RedshiftForcesTLS})
	a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(kinds.RedshiftSwitch(
		"Terraform's provider makes clusters without a public address from 6.0 on, and with one before"))
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
	e.inland(&a, e.subnetsOf(r.Get("cluster_subnet_group_name"), redSubnets))
	a.Resilience.BackupDays = r.Get("automated_snapshot_retention_period").Int(a.Resilience.BackupDays)
	a.Resilience.MultiZone = r.Get("multi_az").Bool(a.Resilience.MultiZone)
	e.redshiftLog(r, s, &a)
	e.masterSecret(r, &a)
	own := fresh.Own
	own.PasswordInCode, own.DefaultAdmin = passwordInCode(r), defaultAdmin(r, from)
	own.ManagedPassword = r.Get("manage_master_password").Bool(own.ManagedPassword)
	own.ActivityLog = e.switched(redshiftParams, r.Get("cluster_parameter_group_name"), parameter{
		names: []string{"enable_user_activity_logging"}, on: spelled("true", "1", "on"), def: func(string) probity.Fact[bool] { return own.ActivityLog }})
	own.EnhancedRouting = r.Get("enhanced_vpc_routing").Bool(unless(from, own.EnhancedRouting))
	own.MinorUpgrades = r.Get("allow_version_upgrade").Bool(own.MinorUpgrades)
	own.SkipSnapshot = r.Get("skip_final_snapshot").Bool(own.SkipSnapshot)
	own.Port = r.Get("port").Int(own.Port)
	own.Consumers = granted(s, redshiftEndpoint, "account", own.Consumers)
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.CopyOf, r.Get("snapshot_identifier"))
	e.link(&a, probity.CopyOf, r.Get("snapshot_arn"))
	return a
}

func (e *estate) redshiftEncryption(r *resource.Resource, a *probity.Asset, from *resource.Value) {
	a.Encryption.AtRest = r.Get("encrypted").Bool(unless(from, kinds.RedshiftSwitch(
		"whether a cluster is encrypted unless told depends on the version of Terraform's provider")))
	e.storageKey(a, r.Get("kms_key_id"), from, probity.ProviderManaged)
}

// redshiftLog reads the resource beside the cluster, and the block inside that older providers have.
func (e *estate) redshiftLog(r *resource.Resource, s *split, a *probity.Asset) {
	part, gap := s.part(redshiftLogging)
	if gap != nil {
		a.Audit.Access = probity.Missing[bool](*gap, r.At)
		a.Audit.Exports = probity.Open[string](*gap, r.At)
		return
	}
	logs, bucket := r.Get("logging", "log_exports"), r.Get("logging", "bucket_name")
	on := r.Get("logging", "enable").Bool(a.Audit.Access)
	if part != nil {
		logs, bucket = part.Get("log_exports"), part.Get("bucket_name")
		on = probity.Known(true, part.At)
	}
	a.Audit.Access = on
	switch is, known := on.Get(); {
	case !known:
		_, g := on.Value()
		a.Audit.Exports = probity.Open[string](*g, on.From())
	case is && logs.Set():
		a.Audit.Exports = texts(logs, probity.List[string]{})
	case is: // a bucket gets all kinds of log
		a.Audit.Exports = probity.Whole(on.From(), "connectionlog", "userlog", "useractivitylog")
	}
	if is, _ := on.Get(); is {
		e.link(a, probity.LogsTo, bucket)
	}
}

// dataShare is given to an account, or to the data exchange, in which anybody may subscribe.
func (e *estate) dataShare(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RedshiftShare, "")
	e.link(&a, probity.ContainedIn, r.Get("data_share_arn"))
	e.link(&a, probity.ReadsFrom, r.Get("producer_arn"))
	to := r.Get("consumer_identifier") // a provider lists all of a share, code has a resource for each
	items, rest := to.Each()
	if !to.Set() && !e.place.listed() {
		g := to.Why()
		rest = &g
	}
	grants := []probity.Grant{}
	for _, v := range items {
		if name, ok := v.Text(probity.Fact[string]{}).Get(); ok {
			grants = append(grants, grant(name, []string{"redshift:AssociateDataShareConsumer"}))
		} else {
			g := v.Why()
			rest = &g
		}
	}
	a.Exposure.Declared.ACL = probity.Whole(to.At, grants...)
	if rest != nil {
		a.Exposure.Declared.ACL = probity.Open(*rest, to.At, grants...)
	}
	a.Settings = probity.SettingsOf(kinds.DataShare{PublicConsumers: r.Get("public_consumers").Bool(probity.Fact[bool]{})})
	return a
}

// granted are the accounts that resources beside a store let in.
func granted(s *split, typ, attr string, def probity.List[string]) probity.List[string] {
	gap := s.doubt[typ]
	at := s.owner.At
	var out []string
	for _, p := range s.parts[typ] {
		at = p.At
		if who := p.Get(attr); p.Maybe == nil && who.String() != "" {
			out = append(out, who.String())
		} else {
			gap = first(p.Maybe, who.Gap(), gap)
		}
	}
	switch {
	case gap != nil:
		return probity.Open(*gap, at, out...)
	case len(out) == 0:
		return def
	}
	return probity.Whole(at, out...)
}

// redshiftSnapshots are encrypted as their cluster is; a namespace always is.
func (e *estate) redshiftSnapshots() []probity.Asset {
	var out []probity.Asset
	for _, t := range []struct{ typ, name, of, source string }{
		{redshiftSnapshot, "snapshot_identifier", "cluster_identifier", redshiftCluster},
		{redshiftCopy, "", "cluster_identifier", redshiftCluster},
		{serverlessSnapshot, "snapshot_name", "namespace_name", serverlessNamespace},
	} {
		for _, r := range e.byType[t.typ] {
			a := e.asset(r, kinds.RedshiftSnapshot, "")
			source, kind := r.Get(t.of), probity.SnapshotOf
			switch {
			case e.place.listed() && t.typ == serverlessSnapshot:
				a.Encryption = kinds.NewRedshiftServerless().Encryption
				a.Encryption.InTransit = probity.Fact[bool]{}
				e.ownKey(&a, r.Get("kms_key_id"))
			case t.typ == redshiftSnapshot:
				e.snapshotEncryption(r, &a, source, t.source)
			default:
				e.inherited(&a, source, t.source)
			}
			if t.typ == redshiftCopy { // automatic snapshots, copied to another region under a key of that region
				kind = probity.CopyOf
				a.Location.Region = r.Get("destination_region").Text(a.Location.Region)
				a.Scope.Region, _ = a.Location.Region.Get()
				a.Links.Items = slices.DeleteFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == probity.EncryptedBy })
				e.copyGrant(&a, r.Get("snapshot_copy_grant_name"))
			} else {
				a.Name = r.Get(t.name).String()
			}
			e.link(&a, kind, source)
			switch a.Settings = probity.SettingsOf(kinds.Shared{}); {
			case t.typ == redshiftCopy:
			case e.place.listed():
				sharedSnapshot(r, &a)
			default: // code cannot share it
				a.Settings = probity.SettingsOf(kinds.Shared{Automatic: e.scheduled(&a)})
				a.Retention.Rules = kept(snapshotDays(r))
			}
			out = append(out, a)
		}
	}
	return out
}

// copyGrant: a grant hands over the key of the other region.
func (e *estate) copyGrant(a *probity.Asset, grant resource.Value) {
	if !a.Encryption.AtRest.Is(func(on bool) bool { return on }) {
		return
	}
	if !grant.Set() {
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, a.Origin)
		a.Encryption.Manager = probity.Known(probity.ProviderManaged, a.Origin)
		return
	}
	g := first(grant.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "the key of the copies is that of the grant"})
	a.Encryption.Key = probity.Missing[probity.Optional[string]](*g, grant.At)
	a.Encryption.Manager = probity.Missing[probity.KeyManager](*g, grant.At)
	if r := e.named(grant, redshiftGrant); r != nil && r.Maybe == nil {
		e.key(a, r.Get("kms_key_id"), probity.ProviderManaged, r.At)
	}
}
