package aws

import (
	"fmt"
	"path"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Target is what a person named: aws:profile=audit,region=eu-*,services=s3;rds.
type Target struct {
	Organisation bool              // aws:org, every account of the organisation
	Profile      string            // of the SDK's configuration files
	Role         string            // to assume; in an organisation its name, or an ARN with * for the account
	ExternalID   string            //
	Regions      []string          // globs; none: all that are enabled
	Services     []string          // by name; none: all
	Accounts     []string          // globs over numbers; none: all
	Tags         map[string]string // that an asset must bear
	Databases    probity.Databases // how those are opened whose content is read
	Endpoint     string            // of an emulated service, instead of AWS'
	Plain        bool              // the endpoint speaks S3 and nothing else: it has no accounts and no regions

	beyond []string // regions that an account has and a scan of it leaves out
}

// ParseTarget reads a target. Several values of one key stand apart by semicolons.
func ParseTarget(s string) (Target, error) {
	rest, ok := strings.CutPrefix(s, "aws:")
	if !ok {
		return Target{}, fmt.Errorf("target %q: write aws: or aws:key=value,…", s)
	}
	t := Target{Tags: map[string]string{}}
	for _, part := range strings.Split(rest, ",") {
		if part == "" {
			continue
		}
		key, value, valued := strings.Cut(part, "=")
		if key == "org" && !valued {
			t.Organisation = true
			continue
		}
		if key == "s3" && !valued {
			t.Plain = true
			continue
		}
		if !valued || value == "" {
			return t, fmt.Errorf("target %q: %s needs a value: %s=…", s, key, key)
		}
		list := strings.Split(value, ";")
		switch key {
		case "profile":
			t.Profile = value
		case "role":
			t.Role = value
		case "external-id":
			t.ExternalID = value
		case "region", "regions":
			t.Regions = append(t.Regions, list...)
		case "service", "services":
			t.Services = append(t.Services, list...)
		case "account", "accounts":
			t.Accounts = append(t.Accounts, list...)
		case "database-user":
			t.Databases.User = value
		case "database-ca":
			t.Databases.CA = value
		case "database-secret":
			t.Databases.Secrets = append(t.Databases.Secrets, list...)
		case "endpoint":
			t.Endpoint = value
		case "tag":
			k, v, _ := strings.Cut(value, ":")
			t.Tags[k] = v
		default:
			return t, fmt.Errorf("target %q: unknown key %q; known: org, s3, profile, role, external-id, region, service, account, tag, database-user, database-secret, database-ca, endpoint", s, key)
		}
	}
	return t, t.check(s)
}

func (t Target) check(s string) error {
	if t.Plain && (t.Endpoint == "" || t.Organisation || t.Role != "") {
		return fmt.Errorf("target %q: s3 is a store that speaks S3 and nothing else: it needs endpoint=…, and has no org and no role", s)
	}
	for _, glob := range slices.Concat(t.Regions, t.Accounts) {
		if _, err := path.Match(glob, ""); err != nil {
			return fmt.Errorf("target %q: the pattern %q is malformed", s, glob)
		}
	}
	for _, name := range t.Services {
		if !slices.ContainsFunc(everyService(), func(sv service) bool { return sv.name == name }) {
			return fmt.Errorf("target %q: no service %q; known: %s", s, name, strings.Join(serviceNames(), ", "))
		}
	}
	return nil
}

func serviceNames() []string {
	var out []string
	for _, s := range append(global(), regional()...) {
		out = append(out, s.name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// asks reports whether a service is to be read. What stores stand behind is read always: their exposure hangs on it.
func (t Target) asks(service string) bool {
	if t.Plain {
		return false // see plain
	}
	return len(t.Services) == 0 || service == "ec2-network" || slices.Contains(t.Services, service)
}

func matches(globs []string, name string) bool {
	return len(globs) == 0 || slices.ContainsFunc(globs, func(g string) bool { ok, _ := path.Match(g, name); return ok })
}
