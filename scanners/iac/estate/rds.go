package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	rdsInstance        = "aws_db_instance"
	rdsCluster         = "aws_rds_cluster"
	rdsClusterInstance = "aws_rds_cluster_instance"
	rdsParameters      = "aws_db_parameter_group"
	rdsClusterParams   = "aws_rds_cluster_parameter_group"
	rdsOptions         = "aws_db_option_group"
)

func rds() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.RDSInstance: {rdsInstance}, kinds.RDSCluster: {rdsCluster}},
		types: append(routing(), rdsInstance, rdsCluster, rdsClusterInstance, rdsParameters, rdsClusterParams, rdsOptions, activityStream),
		read:  (*estate).databases}
}

func (e *estate) databases() []probity.Asset {
	out := make([]probity.Asset, 0, len(e.byType[rdsInstance])+len(e.byType[rdsCluster]))
	for _, r := range e.byType[rdsInstance] {
		out = append(out, e.rdsInstance(r))
	}
	members := e.members()
	for _, r := range e.byType[rdsCluster] {
		out = append(out, e.rdsCluster(r, members[r.Addr]))
	}
	return out
}

// restored says what a database is made from instead of being made new: then it has the source's values, not the defaults.
// What a provider lists has values of its own, whatever it was made from.
func restored(r *resource.Resource, attrs ...string) *resource.Value {
	if r.At != nil && r.At.Call != "" {
		return nil
	}
	for _, n := range attrs {
		if v := r.Get(n); v.Set() && v.Data != "" {
			return &v
		}
	}
	return nil
}

// unless is def, or a gap where the value comes from what the database is made from.
func unless[T any](from *resource.Value, def probity.Fact[T]) probity.Fact[T] {
	if from == nil {
		return def
	}
	return probity.Missing[T](fromSource(), from.At)
}

// listedUnless is unless for a list.
func listedUnless[T any](from *resource.Value, def probity.List[T]) probity.List[T] {
	if from == nil {
		return def
	}
	return probity.Open[T](fromSource(), from.At)
}

func fromSource() probity.Gap {
	return probity.Gap{Reason: probity.Computed, Because: "it comes from what this is restored or replicated from"}
}

func (e *estate) rdsInstance(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RDSInstance, r.Get("identifier").String())
	from := restored(r, "snapshot_identifier", "replicate_source_db", "restore_to_point_in_time", "s3_import")
	a.Resilience.BackupDays = r.Get("backup_retention_period").Int(unless(restored(r, "snapshot_identifier", "restore_to_point_in_time"), kinds.RDSBackupDays()))
	e.rdsCommon(r, &a, from, rdsParameters, "parameter_group_name")
	if src, known := e.followed(restored(r, "replicate_source_db"), rdsInstance); known && !r.Get("storage_encrypted").Set() {
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = src.AtRest, src.Key, src.Manager
		e.ownKey(&a, r.Get("kms_key_id"))
	} else {
		def := kinds.RDSAtRest()
		if strings.HasPrefix(r.Get("engine").String(), "custom-") {
			def = kinds.RDSCustomAtRest()
		}
		a.Encryption.AtRest = r.Get("storage_encrypted").Bool(unless(from, def))
		e.rdsKey(r, &a, from)
		ownedByRDS(r, &a)
	}
	a.Resilience.PointInTime = resource.Map(a.Resilience.BackupDays, func(n int) bool { return n > 0 })
	a.Resilience.MultiZone = r.Get("multi_az").Bool(unless(from, kinds.RDSOff("second zone")))
	a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(kinds.RDSPublic())
	e.inland(&a, e.subnetsOf(r.Get("db_subnet_group_name"), rdsSubnets))
	if v := r.Get("replicate_source_db"); v.Set() {
		e.link(&a, probity.ReplicaOf, v)
	}
	e.link(&a, probity.CopyOf, r.Get("restore_to_point_in_time", "source_db_instance_identifier"))
	e.link(&a, probity.CopyOf, r.Get("snapshot_identifier"))
	return a
}

// rdsKey is the key of storage that names it as databases and volumes do.
func (e *estate) rdsKey(r *resource.Resource, a *probity.Asset, from *resource.Value) {
	e.storageKey(a, r.Get("kms_key_id"), from, probity.ProviderManaged)
}

// rdsCommon is what instances and clusters spell alike.
func (e *estate) rdsCommon(r *resource.Resource, a *probity.Asset, from *resource.Value, paramType, paramAttr string) {
	engine := r.Get("engine")
	version := r.Get("engine_version")
	a.Lifecycle.Version = unless(from, engine.Text(probity.Fact[string]{}))
	if engine.Set() {
		a.Lifecycle.Version = versioned(engine.Text(probity.Fact[string]{}), version)
	}
	a.Resilience.DeletionProtection = r.Get("deletion_protection").Bool(kinds.RDSOff("deletion protection"))
	a.Audit.Exports = texts(r.Get("enabled_cloudwatch_logs_exports"), listedUnless(from, kinds.RDSExports()))
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
	a.Encryption.InTransit = e.forcedTLS(r, paramType, paramAttr)
	e.masterSecret(r, a)
	var values probity.Fact[bool]
	a.Audit.Access, values = e.logged(r, paramType, paramAttr)
	oldest, weak := e.acceptedTLS(r, paramType, paramAttr)
	a.Settings = probity.SettingsOf(kinds.RDS{
		OldestTLS:       oldest,
		WeakCiphers:     weak,
		DefaultAdmin:    defaultAdmin(r, from),
		BackupsSurvive:  backupsSurvive(r, a.Resilience.BackupDays),
		DataAPI:         r.Get("enable_http_endpoint").Bool(unless(from, kinds.RDSOff("Data API"))),
		CopiesOwnKey:    e.statementsKey(r),
		IAMAuth:         iamAuth(r, from),
		PasswordInCode:  passwordInCode(r),
		ManagedPassword: managedPassword(r),
		MinorUpgrades:   e.minorUpgrades(r),
		SkipSnapshot:    r.Get("skip_final_snapshot").Bool(kinds.RDSOff("skipped final snapshot")),
		CopyTags:        r.Get("copy_tags_to_snapshot").Bool(kinds.RDSOff("copying of tags")),
		Insights:        r.Get("performance_insights_enabled").Bool(unless(from, kinds.RDSOff("Performance Insights"))),
		Port:            r.Get("port").Int(unless(from, kinds.RDSPort(engine.String()))),
		Certificate:     certificate(r),
		CertificateEnds: moment(r.Get("ca_certificate_valid_till")),
		Supported:       r.Get("version_supported").Bool(probity.Fact[bool]{}),
		ValuesLogged:    values,
		PublicSubnet:    e.publicSubnet(r),
	})
}

// backupsSurvive is whether automatic backups outlive a database. Where none are made, nothing can; those of a cluster cannot be turned off.
func backupsSurvive(r *resource.Resource, days probity.Fact[int]) probity.Fact[bool] {
	survive := opposite(r.Get("delete_automated_backups").Bool(kinds.RDSOn("deletion of automatic backups")))
	kept, known := days.Get()
	switch {
	case known && kept == 0:
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "no automatic backups are made"}, days.From())
	case !known && r.Type == rdsInstance && survive.Is(func(on bool) bool { return !on }):
		_, gap := days.Value()
		return probity.Missing[bool](*gap, days.From())
	}
	return survive
}

// iamAuth is whether a database takes tokens of IAM, which engines of other makers cannot (RDS User Guide, IAM database authentication).
func iamAuth(r *resource.Resource, from *resource.Value) probity.Fact[bool] {
	for _, other := range []string{"oracle", "sqlserver", "db2", "custom-"} {
		if engine := r.Get("engine"); strings.HasPrefix(engine.String(), other) {
			return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "the engine takes no tokens of IAM"}, engine.At)
		}
	}
	return r.Get("iam_database_authentication_enabled").Bool(unless(from, kinds.RDSOff("IAM authentication")))
}

// guards are the security groups; without any, the VPC's default group holds, which the code does not show.
func (e *estate) guards(v resource.Value, at *probity.Origin) probity.List[probity.Ref] {
	if !v.Set() {
		return probity.Open[probity.Ref](probity.Gap{Reason: probity.Unresolved, Because: "no security group is named, so the VPC's default one holds"}, at)
	}
	items, rest := v.Each()
	var out []probity.Ref
	for _, i := range items {
		if to, ok := e.target(i); ok {
			out = append(out, to)
		} else {
			g := i.Why()
			rest = &g
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}
