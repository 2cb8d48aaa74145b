package docs

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
)

const iamFolder = "../../../deploy/iam"

// largest is how many characters a managed policy may have, without white space (IAM and STS quotas).
const largest = 6144

// TestIAMPolicies: the published policies allow what a scan asks, and nothing else.
func TestIAMPolicies(t *testing.T) {
	t.Parallel()
	want := iamPolicies()
	for name, text := range want {
		path := filepath.Join(iamFolder, name)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != text {
			t.Errorf("deploy/iam/%s is stale (%v): run make generate", name, err)
		}
		if n := len(strings.Join(strings.Fields(text), "")); n > largest {
			t.Errorf("deploy/iam/%s has %d characters, and IAM takes %d", name, n, largest)
		}
	}
	files, err := filepath.Glob(filepath.Join(iamFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := want[filepath.Base(f)]; !ok {
			t.Errorf("deploy/iam/%s belongs to nothing that a scan asks", filepath.Base(f))
		}
	}
}

// TestIAMActionsOnlyRead: nothing that a policy allows changes anything.
func TestIAMActionsOnlyRead(t *testing.T) {
	t.Parallel()
	reads := []string{"Get", "List", "Describe", "BatchGet", "Search", "Scan", "Filter", "Lookup"}
	others := []string{"sts:AssumeRole", "sqs:ReceiveMessage", "apigateway:GET", "rds-db:connect"} // a session; peeked at and given back; a method of HTTP; a session that only reads
	finding, services, contents := aws.Catalogue()
	for _, s := range slices.Concat(finding, services, contents) {
		for _, c := range s.Calls {
			_, verb, ok := strings.Cut(c.Action, ":")
			if c.Action == readsRows {
				continue // in a policy of its own
			}
			if !ok || !slices.Contains(others, c.Action) && !slices.ContainsFunc(reads, func(r string) bool { return strings.HasPrefix(verb, r) }) {
				t.Errorf("%s of %s needs %s, which may do more than read", c.Operation, s.Name, c.Action)
			}
			if c.Operation == "GetSecretValue" && (s.Name != "databases" || !c.Content) || strings.HasPrefix(c.Operation, "GetParameter") {
				t.Errorf("%s returns secrets", c.Operation)
			}
		}
	}
}

// readsRows is the one right that Keyspaces knows to see a table's settings by, and it is the right to read its rows too (Service
// Authorization Reference, "Actions, resources, and condition keys for Amazon Keyspaces"). A scan reads none.
const readsRows = "cassandra:Select"

// TestIAMSettingsReadNoRows: who gives a scan what it needs for settings has given it no content.
func TestIAMSettingsReadNoRows(t *testing.T) {
	t.Parallel()
	for name, text := range iamPolicies() {
		if strings.Contains(text, readsRows) && name != "keyspaces.json" {
			t.Errorf("deploy/iam/%s allows %s", name, readsRows)
		}
	}
}

type policy struct {
	Version   string
	Statement []statement
}

type statement struct {
	Sid      string
	Effect   string
	Action   []string
	Resource string
}

// iamPolicies are the policies by file: to find accounts, to read settings, as many as fit, and one for each kind of content.
func iamPolicies() map[string]string {
	finding, services, contents := aws.Catalogue()
	out := map[string]string{"organisation.json": document("Organisation", actions(finding, nil))}
	out["keyspaces.json"] = document("Keyspaces", []string{readsRows})
	for i, part := range parts(actions(slices.Concat(services, finding), []string{"sts:AssumeRole", "organizations:ListAccounts", readsRows})) {
		out[fmt.Sprintf("settings-%d.json", i+1)] = document("Settings", part)
	}
	for _, c := range contents {
		out["content-"+c.Name+".json"] = document("Content", actions([]aws.Described{c}, nil))
	}
	return out
}

func actions(of []aws.Described, but []string) []string {
	var out []string
	for _, s := range of {
		for _, c := range s.Calls {
			if c.Action != "sts:GetCallerIdentity" && !slices.Contains(but, c.Action) { // asked without a permission
				out = append(out, c.Action)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// parts splits actions into policies that IAM takes, services kept together.
func parts(all []string) [][]string {
	const frame = 120
	var out [][]string
	size := largest
	for len(all) > 0 {
		service, _, _ := strings.Cut(all[0], ":")
		n := slices.IndexFunc(all, func(a string) bool { return !strings.HasPrefix(a, service+":") })
		if n < 0 {
			n = len(all)
		}
		length := 0
		for _, a := range all[:n] {
			length += len(a) + 3
		}
		if size+length > largest-frame {
			out, size = append(out, nil), 0
		}
		last := len(out) - 1
		out[last] = append(out[last], all[:n]...)
		size += length
		all = all[n:]
	}
	return out
}

func document(what string, actions []string) string {
	b, err := json.MarshalIndent(policy{"2012-10-17", []statement{{"Probity" + what, "Allow", actions, "*"}}}, "", "  ")
	if err != nil {
		panic(err)
	}
	return string(b) + "\n"
}

const awsIntroduction = `# Live AWS

` + stamp + `A scan of live accounts asks the calls below and no others: one that is not listed is refused before it is sent, and a test holds
[the policies](../deploy/iam) against this list. Nothing is changed, and content is read only where ` + "`--content`" + ` names its service.
Targets, flags and what a denied call means are told in [the command line](cli.md#live-accounts).

Policies of IAM: ` + "`settings-*.json`" + ` for the role that a scan assumes in each account, ` + "`organisation.json`" + ` for who finds accounts and
assumes it, ` + "`content-SERVICE.json`" + ` for the role that reads content. Keyspaces tells of tables only who may read their rows too: that
right stands alone in ` + "`keyspaces.json`" + `, and without it Keyspaces is a gap. Calls for settings are free of charge but for those of S3 and KMS.

Calls for 1,000 stores are counted at 100 to a page, and are fewer where stores are of several kinds, each with calls of its own, and
where no chosen rule reads the facts that a call fills. Facts are those that tests have seen filled, of one store or another.
Tests ask an emulator of AWS. What it has not, or not with the estate that they plant, is marked:
there an answer recorded as AWS documents it takes its place.
`

// awsPage tells of each service what is found out, by which calls, with which permissions, and how many calls that takes.
func awsPage(t *testing.T) string {
	t.Helper()
	told, shapes := map[probity.Kind][]string{}, []string{}
	testdata(t, "facts.json", &told)
	testdata(t, "recorded.json", &shapes)
	var b strings.Builder
	b.WriteString(awsIntroduction)
	finding, services, contents := aws.Catalogue()
	b.WriteString("\n## Finding accounts and regions\n\n")
	for _, s := range finding {
		callRows(&b, s, shapes)
	}
	b.WriteString("\n## Services\n")
	for _, s := range services {
		where := "Asked in each region."
		if s.Global {
			where = "Asked once an account."
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s %s\n\n", s.Name, where, cost(s))
		for _, k := range s.Kinds {
			fmt.Fprintf(&b, "- `%s`: %s\n", k, code(told[k]))
		}
		if len(s.Kinds) > 0 {
			b.WriteString("\n")
		}
		callRows(&b, s, shapes)
	}
	b.WriteString("\n## Content\n")
	for _, s := range contents {
		fmt.Fprintf(&b, "\n### --content %s\n\n", s.Name)
		callRows(&b, s, shapes)
	}
	return b.String()
}

func callRows(b *strings.Builder, s aws.Described, shapes []string) {
	for _, c := range s.Calls {
		note := ""
		if c.Each {
			note = ", once a store"
		}
		if c.Content {
			note += ", returns content"
		}
		if slices.Contains(shapes, c.Service+"."+c.Operation) {
			note += "; tested by a recorded shape"
		}
		fmt.Fprintf(b, "- `%s %s` needs `%s`%s\n", c.Service, c.Operation, c.Action, note)
	}
}

// cost is how many calls 1,000 stores take, and what S3 and KMS ask for them: their requests are the only ones that are billed
// (price lists of us-east-1, 2026-11).
func cost(s aws.Described) string {
	each, pages := 0, 0
	for _, c := range s.Calls {
		if c.Each {
			each++
		} else {
			pages++
		}
	}
	n := 1000*each + 10*pages
	dollars := map[string]float64{"s3": 0.0004 / 1000, "kms": 0.03 / 10000}[s.Name] * float64(n)
	text := fmt.Sprintf("Up to %d calls for 1,000 stores", n)
	if dollars > 0 {
		text += fmt.Sprintf(" (US$ %.2f)", dollars)
	}
	return text + "."
}

// testdata reads what tests of the scanner have seen: the facts that a scan of live stores fills, by kind, and the operations that
// recorded shapes test.
func testdata(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("../../../scanners/aws/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}
