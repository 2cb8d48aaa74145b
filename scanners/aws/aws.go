// Package aws scans live accounts of AWS. One file a service turns answers of its API into resources with the names of
// Terraform's provider, which package estate maps to assets, as it does those that code declares.
package aws

import (
	"context"
	"fmt"
	"iter"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/objects"
)

// Name is the name of the scanner's units: a target, an account of it, a region of an account.
const Name = "aws"

// Options are what a scanner needs.
type Options struct {
	Now   func() time.Time // nil: the clock
	Log   logrus.FieldLogger
	Tally func() objects.Tally // of what content holds; needed where content is read
	// Databases reads what a login leads to; needed where content of databases is read.
	Databases func(context.Context, Login, *probity.Budget) iter.Seq2[probity.Found, error]
	Memory    Memory // nil: every object is read
	Seed      []byte // of the samples: the same one draws the same objects again
	// Patience is how long one attempt of a call may take, and Pause the longest time between two; 0: as long as is due to AWS.
	Patience, Pause time.Duration
	// Lookup asks for a name in DNS; nil: the machine does.
	Lookup func(ctx context.Context, host string) ([]string, error)
}

// Scanner asks the APIs. Sessions are shared by all units of a process.
type Scanner struct {
	o        Options
	mu       sync.Mutex
	sessions map[way]*session
	pools    map[way]aws.HTTPClient
	permits  permits
}

// New is a scanner.
func New(o Options) *Scanner {
	if o.Now == nil {
		o.Now = wall
	}
	if o.Log == nil {
		o.Log = logrus.New()
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	if o.Pause == 0 {
		o.Pause = longest
	}
	if o.Lookup == nil {
		o.Lookup = net.DefaultResolver.LookupHost
	}
	return &Scanner{o: o, sessions: map[way]*session{}, pools: map[way]aws.HTTPClient{}, permits: newPermits()}
}

// Scan implements [probity.Scanner]. The part of a unit is empty for a target, ACCOUNT for an account, ACCOUNT/REGION, and
// ACCOUNT/REGION/SERVICE/STORE where content is read.
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		t, err := ParseTarget(u.Target)
		if err != nil {
			yield(nil, err)
			return
		}
		left := false // nobody listens any more
		listened := func(f probity.Found, err error) bool {
			left = left || !yield(f, err)
			return !left
		}
		account, region, _ := strings.Cut(u.Part, "/")
		switch {
		case strings.Contains(region, "/"):
			err = s.content(ctx, u, t, listened)
		case account == "":
			err = s.target(ctx, u, t, listened)
		case region == "":
			err = s.account(ctx, u, t, account, listened)
		default:
			err = s.read(ctx, u, t, account, region, regional(), listened)
		}
		if err != nil {
			listened(nil, err)
		}
	}
}

type yielder = func(probity.Found, error) bool

// read asks services side by side, and maps what they said. Each tells what it lost; what the others said stands.
func (s *Scanner) read(ctx context.Context, u probity.Unit, t Target, account, region string, of []service, yield yielder) error {
	ss, err := s.session(ctx, t, account)
	if err != nil {
		return err
	}
	of = t.choose(of)
	r := newReader(ctx, ss, u, t, account, region)
	if gap := r.closed(); gap != nil {
		at := r.at("probes of " + account + "/" + region)
		for _, sup := range estate.Supplies(place(account, region, of)) {
			if !yield(probity.Coverage{Supply: sup, Gap: gap, Origin: at}, nil) {
				return nil
			}
		}
		return told(ctx, ss, region, yield)
	}
	r.services(of)
	for f := range r.found(place(account, region, of)) {
		if !yield(f, nil) {
			return nil
		}
		if a, ok := f.(probity.Asset); ok {
			if child, ok := contentUnit(u, a); ok && !yield(child, nil) {
				return nil
			}
		}
	}
	return told(ctx, ss, region, yield)
}

// told ends a unit with the calls that were made for it.
func told(ctx context.Context, ss *session, region string, yield yielder) error {
	for _, c := range ss.calls(region) {
		if !yield(c, nil) {
			return nil
		}
	}
	return ctx.Err()
}

// place is where the resources of a region stand; without a region, those of an account as a whole.
func place(account, region string, of []service) estate.Place {
	p := estate.Place{On: Account(account, region), Scope: probity.Scope{Provider: "aws", Account: account, Region: region}, Types: []string{"none"}}
	for _, s := range of {
		p.Types = append(p.Types, s.lists...)
	}
	return p
}

// Account names an account, or a region of it.
func Account(number, region string) probity.Ref {
	return probity.Ref{ID: strings.TrimSuffix(fmt.Sprintf("aws://%s/%s", number, region), "/")}
}

// Supplies is what a unit lists.
func Supplies(u probity.Unit) []probity.Supply {
	t, err := ParseTarget(u.Target)
	if err != nil {
		return nil
	}
	account, region, _ := strings.Cut(u.Part, "/")
	of := regional()
	switch {
	case account == "":
		return []probity.Supply{{Class: probity.Account, Kind: kinds.AWSAccount, Scope: probity.Scope{Provider: "aws"}, On: probity.Ref{ID: "aws://"}}}
	case region == "":
		of = global()
	}
	return estate.Supplies(place(account, region, t.choose(of)))
}

// everything is what an account holds in whatever region: what may be there where nobody can tell its regions, or what accounts
// there are.
func (t Target) everything(account string) []probity.Supply {
	return estate.Supplies(place(account, "", t.choose(append(global(), regional()...))))
}
