package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	athenaWorkgroup = "aws_athena_workgroup"
	athenaDatabase  = "aws_athena_database"
	athenaCatalog   = "aws_athena_data_catalog"
)

func athena() service {
	return service{kinds: map[probity.Kind][]string{kinds.AthenaWorkgroup: {athenaWorkgroup}, kinds.AthenaDatabase: {athenaDatabase}, kinds.AthenaCatalog: {athenaCatalog}},
		types: []string{athenaWorkgroup, athenaDatabase, athenaCatalog}, read: func(e *estate) []probity.Asset {
			out := append(e.each(athenaWorkgroup, e.queryGroup), e.each(athenaDatabase, e.athenaDatabase)...)
			return append(out, e.each(athenaCatalog, e.dataCatalog)...)
		}}
}

func (e *estate) queryGroup(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.AthenaWorkgroup, r.Get("name").String())
	results := r.Get("configuration", "result_configuration")
	e.resultEncryption(within(results, "encryption_configuration"), "kms_key_arn", &a)
	to := within(results, "output_location")
	e.resultBucket(&a, to)
	a.Settings = probity.SettingsOf(kinds.Workgroup{
		Enforced:  r.Get("configuration", "enforce_workgroup_configuration").Bool(kinds.AthenaEnforced()),
		Encrypted: declared(within(results, "encryption_configuration"), kinds.AthenaUnsaid()),
		Results:   to.Text(probity.Fact[string]{}),
	})
	return a
}

func (e *estate) athenaDatabase(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.AthenaDatabase, r.Get("name").String())
	e.resultEncryption(r.Get("encryption_configuration"), "kms_key", &a)
	e.link(&a, probity.ContainedIn, r.Get("bucket"))
	return a
}

// resultEncryption: S3 encrypts every result in any case, and with its bucket's key where nothing is said.
func (e *estate) resultEncryption(set resource.Value, key string, a *probity.Asset) {
	a.Encryption.AtRest = kinds.S3AtRest()
	how := within(set, "encryption_option")
	switch t := how.String(); {
	case t == "SSE_S3":
		a.Encryption.AtRest = probity.Known(true, how.At)
		keyless(a, a.Encryption.AtRest, probity.ProviderOwned)
	case t != "":
		a.Encryption.AtRest = probity.Known(true, how.At)
		e.key(a, within(set, key), probity.ProviderManaged, how.At)
	default:
		g := kinds.AthenaManager()
		if how.Gap() != nil {
			g = *how.Gap()
		}
		a.Encryption.Key = probity.Missing[probity.Optional[string]](g, set.At)
		a.Encryption.Manager = probity.Missing[probity.KeyManager](g, set.At)
	}
}

// resultBucket links the bucket that s3://bucket/path names.
func (e *estate) resultBucket(a *probity.Asset, v resource.Value) {
	e.link(a, probity.ContainedIn, storeOf(v))
}

// storeOf names the store that a place such as s3://bucket/path lies in; nothing where it names none.
func storeOf(v resource.Value) resource.Value {
	switch d := v.Data.(type) {
	case string:
		if name := Store(d); name != "" {
			return resource.Value{Data: name, At: v.At}
		}
	case resource.Template:
		if strings.HasPrefix(d.Text, "s3://"+d.Refs[0].Text()) {
			return resource.Value{Data: d.Refs[0], At: v.At}
		}
	}
	return resource.Value{At: v.At}
}

// Store is what the provider calls the store that a place lies in: the bucket of s3://bucket/path, the file system of
// efs://region.fs-0abc/path. Empty for places outside the provider.
func Store(place string) string {
	scheme, rest, ok := strings.Cut(place, "://")
	switch {
	case !ok && !strings.Contains(place, ":"): // Terraform takes a bucket's bare name too
		scheme, rest = "s3", place
	case !ok:
		return ""
	}
	name, path, _ := strings.Cut(rest, "/")
	switch {
	case strings.HasPrefix(name, "arn:") && strings.HasSuffix(name, ":accesspoint"):
		point, _, _ := strings.Cut(path, "/")
		return name + "/" + point
	case contains([]string{"s3", "s3a", "s3n"}, scheme):
		return name
	case scheme == "efs" || strings.HasPrefix(scheme, "fsx"):
		_, id, _ := strings.Cut(name, ".")
		return id
	}
	return ""
}

// dataCatalog: a function answers for what lies outside Glue. The catalogue of Glue is another account's where its number is named.
func (e *estate) dataCatalog(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.AthenaCatalog, r.Get("name").String())
	for _, name := range []string{"function", "metadata-function", "record-function"} {
		e.link(&a, probity.ReadsFrom, r.Get("parameters", name))
	}
	if id := r.Get("parameters", "catalog-id"); id.String() != "" {
		region, _ := a.Location.Region.Get()
		e.link(&a, probity.ReadsFrom, resource.Value{Data: "arn:aws:glue:" + region + ":" + id.String() + ":catalog", At: id.At})
	}
	return a
}
