package reports

import (
	"cmp"
	"io"
	"iter"
	"regexp"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// The part of the AWS Security Finding Format 2018-10-08 that is written.
type asffFinding struct {
	SchemaVersion string
	ID            string `json:"Id"`
	ProductArn    string
	ProductName   string
	CompanyName   string
	GeneratorID   string `json:"GeneratorId"`
	AwsAccountID  string `json:"AwsAccountId"`
	Region        string
	Types         []string
	CreatedAt     string
	UpdatedAt     string
	Severity      asffSeverity
	Title         string
	Description   string
	Remediation   *asffRemediation `json:",omitempty"`
	ProductFields map[string]string
	Resources     []asffResource
	Compliance    *asffCompliance `json:",omitempty"`
	Workflow      asffWorkflow
	RecordState   string
	Note          *asffNote `json:",omitempty"`
}

type asffSeverity struct{ Label string }

type asffRemediation struct{ Recommendation asffRecommendation }

type asffRecommendation struct {
	Text string `json:",omitempty"`
	URL  string `json:"Url,omitempty"`
}

type asffResource struct {
	Type      string
	ID        string `json:"Id"`
	Partition string
	Region    string
}

type asffCompliance struct {
	Status        string
	StatusReasons []asffReason `json:",omitempty"`
	Requirements  []string     `json:"RelatedRequirements,omitempty"`
}

type asffReason struct {
	ReasonCode  string
	Description string
}

type asffWorkflow struct{ Status string }

type asffNote struct{ Text, UpdatedBy, UpdatedAt string }

// nobody stands where no account is known: Security Hub refuses it, and whoever imports the file puts their own.
const nobody = "000000000000"

// ASFF writes findings for AWS Security Hub as one JSON list, of which BatchImportFindings takes a hundred at a time. What is unknown
// is a finding with the status NOT_AVAILABLE, what was lost one of the scan itself, what is there no more is archived.
func ASFF(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	f := asff{scan: scan, c: c, rules: rulesByID(scan.Header), asks: requirements(scan.Header), at: scan.Started.UTC().Format(time.RFC3339)}
	if f.home, err = homeOf(scan); err != nil {
		return err
	}
	s := newStream(w)
	s.text("[")
	elements(s, f.findings)
	s.text("]\n")
	return s.close()
}

type asff struct {
	scan  probity.Scan
	c     *Counts
	rules map[string]probity.Rule
	asks  map[string][]requirement
	home  probity.Scope // for what is in no account of its own
	at    string
}

var (
	accountID = regexp.MustCompile(`^\d{12}$`)
	regionID  = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d$`)
)

// homeOf is the first account and region that an asset is in.
func homeOf(scan probity.Scan) (probity.Scope, error) {
	for a, err := range each(scan.Assets) {
		if err != nil {
			return probity.Scope{}, err
		}
		if accountID.MatchString(a.Scope.Account) && regionID.MatchString(a.Scope.Region) {
			return a.Scope, nil
		}
	}
	return probity.Scope{Account: nobody, Region: "us-east-1"}, nil
}

func (f asff) findings(yield func(asffFinding, error) bool) {
	for x := range f.told() {
		if !yield(x, nil) {
			return
		}
	}
	for o, b := range beside(f.scan) {
		if b.err != nil {
			yield(asffFinding{}, b.err)
			return
		}
		for _, x := range o.Findings {
			if !yield(f.of(o, x, b), nil) {
				return
			}
		}
	}
	if f.scan.Base == nil {
		return
	}
	for _, g := range f.scan.Base.Absent {
		x := f.of(probity.Outcome{Rule: g.Rule, Asset: g.Asset, Verdict: probity.Pass}, g.Finding, &besides{})
		x.RecordState, x.Workflow.Status = "ARCHIVED", "RESOLVED"
		if !yield(x, nil) {
			return
		}
	}
}

// told are findings on the scan itself: each loss, and that no account is known.
func (f asff) told() iter.Seq[asffFinding] {
	return func(yield func(asffFinding) bool) {
		for _, l := range f.c.Losses {
			text := lossLine(nil, l)
			x := f.finding("scan-incomplete", "probity/"+probity.Fingerprint("scan-incomplete", probity.Ref{}, "", text), "Not all could be read", text, f.home, firstTarget(f.scan.Header), "Other")
			x.Severity.Label, x.Compliance = "MEDIUM", &asffCompliance{Status: "NOT_AVAILABLE", StatusReasons: reasonsOf(l.Gap)}
			if !yield(x) {
				return
			}
		}
		if f.home.Account == nobody {
			text := "No account of AWS is known for what was scanned: put the one that imports these findings into AwsAccountId and ProductArn."
			x := f.finding("scan-account", "probity/scan-account", "No account is known", text, f.home, firstTarget(f.scan.Header), "Other")
			x.Severity.Label = "INFORMATIONAL"
			yield(x)
		}
	}
}

// finding is what all have; texts are cut to the format's limits.
func (f asff) finding(generator, id, title, text string, at probity.Scope, resource, kind string) asffFinding {
	partition := partitionOf(at.Region)
	name, version := toolName(f.scan.Tool)
	return asffFinding{SchemaVersion: "2018-10-08", ID: short(visible(id), 512), ProductName: name, CompanyName: name,
		ProductArn:  "arn:" + partition + ":securityhub:" + at.Region + ":" + at.Account + ":product/" + at.Account + "/default",
		GeneratorID: short("probity/"+cmp.Or(visible(generator), "-"), 512), AwsAccountID: at.Account, Region: at.Region,
		Types: []string{"Software and Configuration Checks/Data Protection/Probity"}, CreatedAt: f.at, UpdatedAt: f.at,
		Title: cmp.Or(short(strings.TrimSpace(visible(title)), 256), "-"), Description: cmp.Or(short(strings.TrimSpace(visible(text)), 1024), "-"),
		ProductFields: map[string]string{"probity/version": version},
		Resources:     []asffResource{{Type: kind, ID: cmp.Or(short(strings.TrimSpace(visible(resource)), 512), "-"), Partition: partition, Region: at.Region}},
		Workflow:      asffWorkflow{"NEW"}, RecordState: "ACTIVE"}
}

func (f asff) of(o probity.Outcome, x probity.Finding, b *besides) asffFinding {
	r := f.rules[o.Rule]
	at := b.scope()
	if !accountID.MatchString(at.Account) {
		at.Account = f.home.Account
	}
	if !regionID.MatchString(at.Region) {
		at.Region = f.home.Region
	}
	out := f.finding(o.Rule, "probity/"+x.Fingerprint, cmp.Or(r.Title, o.Rule), x.Message, at, x.Asset.ID, resourceType(b.kind()))
	out.Severity.Label = asffLabel(x.Risk.Severity)
	out.Remediation = remediationOf(r)
	if x.Fact != "" {
		out.ProductFields["probity/fact"] = short(visible(string(x.Fact)), 1024)
	}
	if p, ok := x.Place.Source(); ok {
		out.ProductFields["probity/place"] = short(visible(p.String()), 1024)
	}
	out.Compliance = &asffCompliance{Status: map[probity.Verdict]string{probity.Fail: "FAILED", probity.Pass: "PASSED"}[o.Verdict]}
	if out.Compliance.Status == "" {
		out.Compliance.Status = "NOT_AVAILABLE"
		for _, e := range o.Evidence {
			if e.Gap != nil && len(out.Compliance.StatusReasons) == 0 {
				out.Compliance.StatusReasons = reasonsOf(*e.Gap)
			}
		}
		out.ProductFields["probity/verdict"] = "unknown"
	}
	out.Compliance.Requirements = fitting(f.asks[o.Rule])
	f.accepted(&out, x)
	return out
}

// accepted suppresses what somebody accepted, and says who.
func (f asff) accepted(out *asffFinding, x probity.Finding) {
	switch {
	case x.Waived():
		text := waiverWords(nil, x.Waiver.Kind) + " " + untilWords(nil, *x.Waiver) + ": " + visible(x.Waiver.Reason)
		out.Workflow.Status, out.Note = "SUPPRESSED", &asffNote{short(text, 512), short(owner(nil, *x.Waiver), 512), f.at}
	case x.Later || x.State == probity.Unchanged:
		out.Workflow.Status = "NOTIFIED"
	}
}

// fitting are as many requirements as the format takes, and how many there are beyond.
func fitting(all []requirement) []string {
	const most = 32
	var out []string
	for i, r := range all {
		if n := len(all) - i; i == most-1 && n > 1 {
			return append(out, "and "+thousands(n)+" more")
		}
		out = append(out, short(r.String(), 64))
	}
	return out
}

func reasonsOf(g probity.Gap) []asffReason {
	return []asffReason{{strings.ToUpper(strings.ReplaceAll(string(g.Reason), "-", "_")), cmp.Or(short(Because(nil, g), 2048), "-")}}
}

func remediationOf(r probity.Rule) *asffRemediation {
	var out asffRecommendation
	for _, fix := range r.Remediation {
		if out.Text == "" || fix.Source == "aws" {
			out.Text = short(visible(fix.Text), 512)
		}
	}
	for _, u := range r.References {
		if out.URL == "" && strings.HasPrefix(u, "https://") {
			out.URL = visible(u)
		}
	}
	if out == (asffRecommendation{}) {
		return nil
	}
	return &asffRemediation{out}
}

func asffLabel(s probity.Severity) string {
	if known(s) == "" {
		return "INFORMATIONAL"
	}
	return strings.ToUpper(string(s))
}

func partitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// resourceType is the kind as Security Hub calls it, where it has a word for it.
func resourceType(k probity.Kind) string {
	words := map[probity.Kind]string{
		"aws.account": "AwsAccount", "aws.dynamodb.table": "AwsDynamoDbTable", "aws.ebs.volume": "AwsEc2Volume", "aws.ec2.instance": "AwsEc2Instance",
		"aws.efs.file_system": "AwsEfsFileSystem", "aws.iam.group": "AwsIamGroup", "aws.iam.policy": "AwsIamPolicy", "aws.iam.role": "AwsIamRole",
		"aws.iam.user": "AwsIamUser", "aws.kinesis.stream": "AwsKinesisStream", "aws.kms.key": "AwsKmsKey", "aws.lambda.function": "AwsLambdaFunction",
		"aws.opensearch.domain": "AwsOpenSearchServiceDomain", "aws.rds.cluster": "AwsRdsDbCluster", "aws.rds.instance": "AwsRdsDbInstance",
		"aws.redshift.cluster": "AwsRedshiftCluster", "aws.s3.bucket": "AwsS3Bucket", "aws.secretsmanager.secret": "AwsSecretsManagerSecret",
		"aws.security_group": "AwsEc2SecurityGroup", "aws.sns.topic": "AwsSnsTopic", "aws.sqs.queue": "AwsSqsQueue",
	}
	return cmp.Or(words[k], "Other")
}
