package estate

import (
	"maps"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	glueSettings   = "aws_glue_data_catalog_encryption_settings"
	gluePolicy     = "aws_glue_resource_policy"
	glueConnection = "aws_glue_connection"
	glueSecurity   = "aws_glue_security_configuration"
	glueDatabase   = "aws_glue_catalog_database"
	glueTable      = "aws_glue_catalog_table"
)

func glueJobs() []string {
	return []string{"aws_glue_job", "aws_glue_crawler", "aws_glue_dev_endpoint"}
}

func glue() service {
	return service{kinds: map[probity.Kind][]string{kinds.GlueCatalog: {glueSettings, gluePolicy, lakeGrant}, kinds.GlueConnection: {glueConnection}, kinds.GlueJob: glueJobs(),
		kinds.GlueDatabase: {glueDatabase}},
		types: append(glueJobs(), glueSettings, gluePolicy, glueConnection, glueSecurity, glueDatabase, glueTable, lakeSettings, lakeGrant), read: (*estate).glue}
}

func (e *estate) glue() []probity.Asset {
	settings, policies, lent := byProvider(e.byType[glueSettings]), byProvider(e.byType[gluePolicy]), byProvider(e.lakeGrants())
	lakes := byProvider(e.byType[lakeSettings])
	if e.place.listed() { // every region has a catalogue, which is listed by itself
		lakes = nil
	}
	names := maps.Clone(settings)
	maps.Copy(names, lakes)
	maps.Copy(names, policies)
	maps.Copy(names, lent)
	var out []probity.Asset
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a := e.catalog(settings[name], policies[name], lent[name], lakes[name])
		out = append(out, a)
	}
	tables, _ := e.beside(glueDatabase, "database_name", []string{"name"}, glueTable)
	out = append(out, e.each(glueDatabase, func(r *resource.Resource) probity.Asset { return e.glueDatabase(r, tables[r.Addr]) })...)
	out = append(out, e.each(glueConnection, e.glueConnection)...)
	for _, typ := range glueJobs() {
		out = append(out, e.each(typ, e.glueJob)...)
	}
	return out
}

// catalog is what the root sets for the catalogue of a provider's region: an account has one in each.
func (e *estate) catalog(settings, policies, lent, lakes []*resource.Resource) probity.Asset {
	of := slices.Concat(settings, policies, lent, lakes)[0]
	a := e.asset(of, kinds.GlueCatalog, "")
	a.Aliases = nil
	catalog := kinds.Catalog{}
	if len(settings) > 0 {
		set := settings[0].Get("data_catalog_encryption_settings")
		mode := within(set, "encryption_at_rest", "catalog_encryption_mode").Text(kinds.GlueMode())
		a.Encryption.AtRest = certain(settings[0], resource.Map(mode, func(m string) bool { return m != "DISABLED" }))
		if on, _ := a.Encryption.AtRest.Get(); on {
			e.key(&a, within(set, "encryption_at_rest", "sse_aws_kms_key_id"), probity.ProviderManaged, mode.From())
		} else {
			keyless(&a, a.Encryption.AtRest, probity.NoKey)
		}
		catalog.Passwords = within(set, "connection_password_encryption", "return_connection_password_encrypted").Bool(kinds.GlueOff("encrypted passwords of connections"))
	}
	if len(policies) > 0 {
		a.Exposure.Declared.Policy = agreed(policies, func(r *resource.Resource) probity.Fact[probity.Optional[string]] {
			return optional(r.Get("policy"), kinds.NoPolicy("catalogue"))
		})
	}
	catalog.ExternalEngines, catalog.OpenByDefault = e.lakeEngines(of), e.lakeOpen(of)
	e.lend(&a, lent)
	a.Settings = probity.SettingsOf(catalog)
	return a
}

// glueDatabase holds no data: it says where the data of its tables lie.
func (e *estate) glueDatabase(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.GlueDatabase, r.Get("name").String())
	e.link(&a, probity.ReadsFrom, storeOf(r.Get("location_uri")))
	for _, t := range s.parts[glueTable] {
		e.link(&a, probity.ReadsFrom, storeOf(t.Get("storage_descriptor", "location")))
	}
	if gap := s.doubt[glueTable]; gap != nil {
		a.Links = a.Links.With(probity.Link{Kind: probity.ReadsFrom, Gap: gap})
	}
	return a
}

// glueConnection: its properties are a map, in which the password has a name like others.
func (e *estate) glueConnection(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.GlueConnection, r.Get("name").String())
	properties := r.Get("connection_properties")
	a.Encryption.InTransit = within(properties, "JDBC_ENFORCE_SSL").Bool(kinds.GlueOff("encrypted connections"))
	if typ := r.Get("connection_type"); typ.Set() && typ.String() != "JDBC" {
		why := first(typ.Gap(), &probity.Gap{Reason: probity.NotApplicable, Because: "it is no connection by JDBC"})
		a.Encryption.InTransit = probity.Missing[bool](*why, typ.At)
	}
	password := within(properties, "PASSWORD")
	own := given(password)
	if secret, ok := password.Data.(resource.Secret); ok || isReference(password) {
		own = probity.Known(secret.Literal, password.At)
	}
	a.Settings = probity.SettingsOf(kinds.Connection{PasswordInCode: own})
	return a
}

// glueJob takes what its security configuration says, which it names.
func (e *estate) glueJob(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.GlueJob, r.Get("name").String())
	by := r.Get("security_configuration")
	off := kinds.GlueOff("security configuration")
	job := kinds.Job{Output: off, Logs: off, Bookmarks: off, Secrets: variables(r.Get("default_arguments"))}
	if by.Set() && by.Data != "" {
		s := e.named(by, glueSecurity)
		job.Output, job.Logs, job.Bookmarks = glueModeOf(s, by, "s3_encryption", "s3_encryption_mode"),
			glueModeOf(s, by, "cloudwatch_encryption", "cloudwatch_encryption_mode"), glueModeOf(s, by, "job_bookmarks_encryption", "job_bookmarks_encryption_mode")
	}
	a.Settings = probity.SettingsOf(job)
	return a
}

func glueModeOf(s *resource.Resource, named resource.Value, block, mode string) probity.Fact[bool] {
	if s == nil {
		g := probity.Gap{Reason: probity.Unresolved, Because: "its security configuration is not in this root"}
		return probity.Missing[bool](g, named.At)
	}
	return certain(s, resource.Map(s.Get("encryption_configuration", block, mode).Text(kinds.GlueMode()), func(m string) bool { return m != "DISABLED" }))
}
