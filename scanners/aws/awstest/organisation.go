package awstest

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

// Organisation answers as AWS would for an organisation of many accounts. Nothing is kept: every answer is made from the names
// in the question, so that the estate may be of any size. What it has no stores of it answers with an empty list.
type Organisation struct {
	Accounts int
	Regions  int // of the first ones of AWS
	Each     int // stores of each account in each region
	asked    atomic.Int64
}

// Calls is how many requests were answered.
func (o *Organisation) Calls() int64 { return o.asked.Load() }

// Stores is how many stores there are.
func (o *Organisation) Stores() int { return o.Accounts * o.Regions * o.Each }

func regionNames() []string {
	return []string{"us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1",
		"ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "sa-east-1", "ca-central-1"}
}

func accountName(i int) string { return fmt.Sprintf("%012d", 100000000001+i) }

// ServeHTTP implements [http.Handler].
func (o *Organisation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.asked.Add(1)
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	req := requestOf(r, body)
	at := spot{o, cmp.Or(req.Account, accountName(0)), req.Region}
	switch {
	case req.Service == "s3" && !strings.Contains(r.URL.Path, "/v20180820/"):
		at.s3(w, r)
	case req.Protocol == "json":
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		fmt.Fprint(w, at.json(req, string(body)))
	case req.Protocol == "query" && req.Service == "ec2":
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprintf(w, "<%sResponse>%s</%sResponse>", req.Operation, at.ec2(req.Operation), req.Operation)
	case req.Protocol == "query":
		form, _ := url.ParseQuery(string(body))
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprintf(w, "<%sResponse><%sResult>%s</%sResult></%sResponse>", req.Operation, req.Operation, at.query(req.Operation, form), req.Operation, req.Operation)
	case req.Service == "s3", req.Service == "cloudfront":
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(w, "<Answer></Answer>")
	default:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, "{}")
	}
}

// spot is an account in a region.
type spot struct {
	o               *Organisation
	account, region string
}

// Of each thirty stores so many are of a kind.
const (
	bucketsOf30   = 8
	databasesOf30 = 6
	tablesOf30    = 6
	queuesOf30    = 4
	volumesOf30   = 6
)

func (s spot) count(of30 int) int { return s.o.Each * of30 / 30 }

func (s spot) names(kind string, of30 int) []string {
	out := make([]string, s.count(of30))
	for i := range out {
		out[i] = fmt.Sprintf("%s-%s-%s-%04d", kind, s.account[6:], s.region, i)
	}
	return out
}

// chance is the same for the same name: true for so many of a hundred.
func chance(name, of string, hundred uint32) bool {
	h := fnv.New32a()
	_, _ = io.WriteString(h, of+name)
	return h.Sum32()%100 < hundred
}

func (s spot) arn(service, rest string) string {
	return "arn:aws:" + service + ":" + s.region + ":" + s.account + ":" + rest
}

func (s spot) query(op string, form url.Values) string {
	switch op {
	case "GetCallerIdentity":
		return fmt.Sprintf("<Arn>arn:aws:iam::%s:role/audit</Arn><UserId>A</UserId><Account>%s</Account>", s.account, s.account)
	case "AssumeRole":
		account := strings.Split(form.Get("RoleArn"), ":")[4]
		return fmt.Sprintf("<Credentials><AccessKeyId>ASIA%s</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>x</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>", account)
	case "DescribeDBInstances":
		var b strings.Builder
		for _, n := range s.names("db", databasesOf30) {
			fmt.Fprintf(&b, "<DBInstance><DBInstanceIdentifier>%s</DBInstanceIdentifier><DBInstanceArn>%s</DBInstanceArn><Engine>postgres</Engine><EngineVersion>16.3</EngineVersion>"+
				"<StorageEncrypted>%v</StorageEncrypted><PubliclyAccessible>%v</PubliclyAccessible><BackupRetentionPeriod>%d</BackupRetentionPeriod><MultiAZ>true</MultiAZ>"+
				"<DeletionProtection>%v</DeletionProtection><Endpoint><Address>%s.rds.amazonaws.com</Address><Port>5432</Port></Endpoint></DBInstance>",
				n, s.arn("rds", "db:"+n), chance(n, "enc", 80), chance(n, "pub", 5), map[bool]int{true: 7}[chance(n, "bak", 80)], chance(n, "del", 70), n)
		}
		return "<DBInstances>" + b.String() + "</DBInstances>"
	}
	return ""
}

func (s spot) ec2(op string) string {
	var b strings.Builder
	switch op {
	case "DescribeRegions":
		for _, r := range regionNames()[:s.o.Regions] {
			fmt.Fprintf(&b, "<item><regionName>%s</regionName><optInStatus>opt-in-not-required</optInStatus></item>", r)
		}
		return "<regionInfo>" + b.String() + "</regionInfo>"
	case "DescribeVolumes":
		for _, n := range s.names("vol", volumesOf30) {
			fmt.Fprintf(&b, "<item><volumeId>%s</volumeId><encrypted>%v</encrypted><size>8</size><status>in-use</status></item>", n, chance(n, "enc", 80))
		}
		return "<volumeSet>" + b.String() + "</volumeSet>"
	}
	return ""
}

func (s spot) json(r Request, body string) string {
	var items []string
	switch r.Service + " " + r.Operation {
	case "organizations ListAccounts":
		for i := range s.o.Accounts {
			items = append(items, fmt.Sprintf(`{"Id":%q,"Status":"ACTIVE","Name":"a"}`, accountName(i)))
		}
		return `{"Accounts":[` + strings.Join(items, ",") + `]}`
	case "dynamodb ListTables":
		for _, n := range s.names("table", tablesOf30) {
			items = append(items, fmt.Sprintf("%q", n))
		}
		return `{"TableNames":[` + strings.Join(items, ",") + `]}`
	case "dynamodb DescribeTable":
		n := between(body, `"TableName":"`, `"`)
		return fmt.Sprintf(`{"Table":{"TableName":%q,"TableArn":%q,"DeletionProtectionEnabled":%v,"TableStatus":"ACTIVE"}}`, n, s.arn("dynamodb", "table/"+n), chance(n, "del", 70))
	case "sqs ListQueues":
		for _, n := range s.names("queue", queuesOf30) {
			items = append(items, fmt.Sprintf("%q", "https://sqs."+s.region+".amazonaws.com/"+s.account+"/"+n))
		}
		return `{"QueueUrls":[` + strings.Join(items, ",") + `]}`
	case "sqs GetQueueAttributes":
		url := between(body, `"QueueUrl":"`, `"`)
		n := url[strings.LastIndex(url, "/")+1:]
		return fmt.Sprintf(`{"Attributes":{"QueueArn":%q,"SqsManagedSseEnabled":"%v"}}`, s.arn("sqs", n), chance(n, "enc", 80))
	}
	return "{}"
}

func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	out, _, _ := strings.Cut(rest, to)
	return out
}

// s3 answers for buckets: their names tell the rest.
func (s spot) s3(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/xml")
	name, sub := strings.Trim(r.URL.Path, "/"), ""
	for k := range r.URL.Query() {
		if k != "x-id" {
			sub = k
		}
	}
	if name == "" {
		var b strings.Builder
		if region := r.URL.Query().Get("bucket-region"); region == "" || region == s.region {
			for _, n := range s.names("bucket", bucketsOf30) {
				fmt.Fprintf(&b, "<Bucket><Name>%s</Name><BucketRegion>%s</BucketRegion><CreationDate>2020-01-01T00:00:00.000Z</CreationDate></Bucket>", n, s.region)
			}
		}
		fmt.Fprintf(w, "<ListAllMyBucketsResult><Buckets>%s</Buckets></ListAllMyBucketsResult>", b.String())
		return
	}
	missing := func(code string) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>none</Message></Error>", code)
	}
	switch sub {
	case "policy":
		missing("NoSuchBucketPolicy")
	case "lifecycle":
		missing("NoSuchLifecycleConfiguration")
	case "website":
		missing("NoSuchWebsiteConfiguration")
	case "cors":
		missing("NoSuchCORSConfiguration")
	case "tagging":
		missing("NoSuchTagSet")
	case "replication":
		missing("ReplicationConfigurationNotFoundError")
	case "object-lock":
		missing("ObjectLockConfigurationNotFoundError")
	case "ownershipControls":
		fmt.Fprint(w, "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>")
	case "publicAccessBlock":
		on := chance(name, "pab", 90)
		fmt.Fprintf(w, "<PublicAccessBlockConfiguration><BlockPublicAcls>%v</BlockPublicAcls><IgnorePublicAcls>%v</IgnorePublicAcls><BlockPublicPolicy>%v</BlockPublicPolicy><RestrictPublicBuckets>%v</RestrictPublicBuckets></PublicAccessBlockConfiguration>", on, on, on, on)
	case "encryption":
		fmt.Fprint(w, "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>")
	case "versioning":
		status := "Suspended"
		if chance(name, "ver", 80) {
			status = "Enabled"
		}
		fmt.Fprintf(w, "<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>", status)
	case "location":
		fmt.Fprintf(w, "<LocationConstraint>%s</LocationConstraint>", s.region)
	default:
		fmt.Fprint(w, "<Answer></Answer>")
	}
}
