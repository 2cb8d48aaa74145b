package aws

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/objects"
)

// Contents are the services whose content a scan can read, as --content names them.
func Contents() []string {
	out := make([]string, 0, len(contents()))
	for _, c := range contents() {
		out = append(out, c.name)
	}
	return slices.Compact(out)
}

// contents lists what reads the content of a kind of store.
func contents() []content {
	return []content{
		{name: "s3", kind: kinds.S3Bucket, read: (*sampling).bucket},
		{name: "dynamodb", kind: kinds.DynamoDBTable, read: (*sampling).table},
		{name: "databases", kind: kinds.RDSInstance, of: "rds db", read: (*sampling).instance},
		{name: "databases", kind: kinds.RDSCluster, of: "rds cluster", read: (*sampling).cluster},
		{name: "databases", kind: kinds.RedshiftCluster, of: "redshift cluster", read: (*sampling).warehouse},
		{name: "databases", kind: kinds.RedshiftNamespace, of: "redshift-serverless namespace", read: (*sampling).namespace},
		{name: "kinesis", kind: kinds.KinesisStream, read: (*sampling).stream},
		{name: "logs", kind: kinds.LogGroup, read: (*sampling).logs},
		{name: "sqs", kind: kinds.SQSQueue, read: (*sampling).queue},
	}
}

type content struct {
	name string
	kind probity.Kind
	of   string // service and type in the ARNs of its stores, where others go by the same name
	read func(*sampling, context.Context) error
}

// Memory keeps what objects were found to hold, so that one that has not changed is not read again. Nil remembers nothing.
type Memory interface {
	// Recall gives the labels of an object as it was at a version, and when it was read; false for one that was not, or too long ago.
	Recall(store, object, version string) ([]objects.Placed, bool)
	Keep(store, object, version string, labels []objects.Placed)
}

// contentUnit is the unit that reads the content of a store, where that was asked for.
func contentUnit(u probity.Unit, a probity.Asset) (probity.Unit, bool) {
	if u.Asks.Content == nil {
		return probity.Unit{}, false
	}
	for _, c := range contents() {
		if c.kind == a.Kind && slices.Contains(u.Asks.Live.Content, c.name) && strings.HasPrefix(a.ID, "arn:") {
			u.Part = path.Join(a.Scope.Account, cmp.Or(a.Scope.Region, "-"), c.name) + "/" + a.ID
			u.Place.Country = u.Asks.Live.Country
			u.Supplies = []probity.Supply{{Kind: a.Kind, Class: a.Class, Path: "labels", Scope: a.Scope, On: a.Ref}}
			return u, true
		}
	}
	return probity.Unit{}, false
}

// name is what comes last in the store's ARN.
func (x *sampling) name() string { return x.store.ID[strings.LastIndexAny(x.store.ID, ":/")+1:] }

// sampling is the reading of one store's content.
type sampling struct {
	s      *Scanner
	target Target
	yield  yielder
	cfg    aws.Config
	permit permits
	unit   probity.Unit
	store  probity.Asset // as far as it is known: names, labels to come
	now    time.Time
	labels *objects.Sums
	lost   []objects.Missed
	read   probity.Read
	calls  int
}

const (
	sampledObjects  = 200
	sampledBytes    = 4 << 20   // of one object
	sampledTotal    = 256 << 20 // of one store
	sampledRequests = 1000
	listedRequests  = 100 // of 1,000 objects each
	keptLabels      = 1000
)

// budget is what was asked, with what holds where nothing was.
func (x *sampling) budget() probity.Budget {
	b := probity.Budget{}
	if x.unit.Asks.Content != nil {
		b = *x.unit.Asks.Content
	}
	b.Objects, b.Requests, b.Listing = above(b.Objects, sampledObjects), above(b.Requests, sampledRequests), above(b.Listing, listedRequests)
	b.Bytes, b.Total = above(b.Bytes, sampledBytes), above(b.Total, sampledTotal)
	return b
}

func above[T int | int64](n, otherwise T) T {
	if n <= 0 {
		return otherwise
	}
	return n
}

// content reads what one store holds, if that may be taken to where this runs.
func (s *Scanner) content(ctx context.Context, u probity.Unit, t Target, yield yielder) error {
	account, rest, _ := strings.Cut(u.Part, "/")
	region, rest, _ := strings.Cut(rest, "/")
	name, id, _ := strings.Cut(rest, "/")
	i := slices.IndexFunc(contents(), func(c content) bool { return c.name == name && (c.of == "" || c.of == typeOf(id)) })
	if i < 0 {
		return fmt.Errorf("no reader of the content of %q", name)
	}
	c := contents()[i]
	x := &sampling{s: s, target: t, yield: yield, unit: u, now: s.o.Now().UTC(), labels: objects.NewSums(keptLabels)}
	x.store = probity.Asset{Ref: probity.Ref{ID: id}, Kind: c.kind, Class: kinds.ClassOf(c.kind), Scope: probity.Scope{Provider: "aws", Account: account, Region: strings.TrimPrefix(region, "-")}}
	if gap := refusal(u.Asks.Live, id); gap != nil {
		x.miss(*gap)
		x.give(yield)
		return nil
	}
	if u.Asks.Live.Role != "" {
		t.Role = u.Asks.Live.Role
	}
	ss, err := s.contentSession(ctx, t, account)
	if err != nil {
		return err
	}
	x.cfg, x.permit = ss.in(x.store.Scope.Region), ss.permits
	x.read = probity.Read{Store: x.store.Ref, Purpose: "sample for personal data", At: x.now}
	if gap := x.identify(ctx, t, ss); gap != nil {
		x.miss(*gap)
	} else {
		err = c.read(x, ctx)
	}
	if x.read.Bytes > 0 { // a read that was cut off is one too
		yield(x.read, nil)
	}
	if err == nil {
		x.give(yield)
	}
	return errors.Join(err, told(ctx, ss, x.cfg.Region, yield))
}

// identify notes who reads. A store that speaks S3 and nothing else does not tell.
func (x *sampling) identify(ctx context.Context, t Target, ss *session) *probity.Gap {
	if t.Plain {
		x.read.Identity = "the credentials given for " + t.host()
		return nil
	}
	me, err := sts.NewFromConfig(ss.cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil || value(me.Arn) == "" {
		gap := x.permit.missing(err, "sts:GetCallerIdentity")
		return &gap
	}
	x.read.Identity = *me.Arn
	return nil
}

// refusal says why what a store holds may not be read here.
func refusal(l probity.Live, id string) *probity.Gap {
	for _, r := range l.Residence {
		if !slices.ContainsFunc(r.Stores, func(pattern string) bool { return named(pattern, id) }) {
			continue
		}
		switch {
		case l.Country == "":
			return &probity.Gap{Reason: probity.Undeclared, Because: "its content may be taken to " + strings.Join(r.Countries, ", ") + " only", Needs: string(probity.AskScanCountry)}
		case !slices.Contains(r.Countries, l.Country):
			return &probity.Gap{Reason: probity.Filtered, Because: "its content may be taken to " + strings.Join(r.Countries, ", ") + " only, and this runs in " + l.Country,
				Needs: "a scan that runs there"}
		}
	}
	return nil
}

// named compares an ARN, or the name at its end, with a pattern in which * is any text and ? one character.
func named(pattern, arn string) bool {
	like := regexp.MustCompile("^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern)) + "$")
	return like.MatchString(arn) || like.MatchString(arn[strings.LastIndexAny(arn, ":/")+1:])
}

// miss notes what was not read, without the names of objects.
func (x *sampling) miss(gap probity.Gap) {
	for i, m := range x.lost {
		if m.Gap == gap {
			x.lost[i].Count++
			return
		}
	}
	x.lost = append(x.lost, objects.Missed{Gap: gap, Count: 1})
}

// looked is what one object was found to hold.
type looked struct {
	found  []objects.Placed
	gap    *probity.Gap
	ranged bool // not only its beginning was there to be read
}

// look reads one object and counts what was read of it.
func (x *sampling) look(ctx context.Context, o objects.Object, r io.Reader, limit int64) (looked, error) {
	counted := &counter{r: r}
	found, rep, err := objects.Look(ctx, o, counted, limit, x.s.o.Tally())
	x.read.Bytes += counted.n
	x.read.Objects++
	if counted.err != nil && ctx.Err() == nil {
		return looked{found: found, gap: &probity.Gap{Reason: probity.Unreachable, Because: "answers that were cut off, or are not what was stored", Needs: "another try"}}, nil
	}
	return looked{found, rep.Gap, rep.Ranged}, err
}

// counter tells what was read of an answer, and whether it broke off.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// give yields the store's labels, and what could not be read of it.
func (x *sampling) give(yield yielder) {
	from := &probity.Origin{Call: x.origin(), At: x.now}
	x.store.Labels = probity.Whole(from, x.labels.List()...)
	if len(x.lost) > 0 {
		slices.SortStableFunc(x.lost, func(a, b objects.Missed) int { return rank(a) - rank(b) })
		x.store.Labels = probity.Open(x.lost[0].Gap, from, x.labels.List()...)
	}
	yield(x.store, nil)
	for _, sup := range x.unit.Supplies {
		if len(x.lost) == 0 {
			yield(probity.Coverage{Supply: sup}, nil)
		}
		for _, m := range x.lost {
			yield(probity.Coverage{Supply: sup, Gap: &m.Gap, Count: m.Count, Origin: from}, nil)
		}
	}
}

// rank puts losses first.
func rank(m objects.Missed) int {
	if m.Gap.Reason.Loss() {
		return 0
	}
	return 1
}

// origin is the call that reads content of the store's kind.
func (x *sampling) origin() string {
	return map[probity.Kind]string{kinds.S3Bucket: "s3:GetObject", kinds.DynamoDBTable: "dynamodb:Scan", kinds.KinesisStream: "kinesis:GetRecords",
		kinds.LogGroup: "logs:FilterLogEvents", kinds.RDSInstance: "rds-db:connect", kinds.RDSCluster: "rds-db:connect", kinds.SQSQueue: "sqs:ReceiveMessage",
		kinds.RedshiftCluster: "redshift:GetClusterCredentialsWithIAM", kinds.RedshiftNamespace: "redshift-serverless:GetCredentials"}[x.store.Kind]
}

// spend takes a request from the budget; false once it is used up.
func (x *sampling) spend() bool {
	x.calls++
	return x.calls <= x.budget().Requests
}
