package aws

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"

	probity "github.com/probity-scan/probity"
)

// session is the way into one account: its credentials are refreshed once for all that use it.
type session struct {
	cfg     aws.Config
	permits permits
	meter   *meter
	now     func() time.Time
}

// way is what tells sessions apart. Targets that come in by the same one share it, whatever else they choose.
type way struct {
	profile, role, externalID, endpoint, account string

	content bool
}

const (
	attempts = 8                // of one call; the pauses between them are the limit's
	patience = 60 * time.Second // for one attempt
	idle     = 512              // connections, of all accounts together
)

// session gives the way into an account; without a number, that of the person who asks. Content stays closed to it.
func (s *Scanner) session(ctx context.Context, t Target, account string) (*session, error) {
	return s.open(ctx, t, account, false)
}

// contentSession is one that may read what people stored.
func (s *Scanner) contentSession(ctx context.Context, t Target, account string) (*session, error) {
	return s.open(ctx, t, account, true)
}

func (s *Scanner) open(ctx context.Context, t Target, account string, content bool) (*session, error) {
	key := way{profile: t.Profile, role: t.Role, externalID: t.ExternalID, endpoint: t.Endpoint, account: account, content: content}
	s.mu.Lock()
	defer s.mu.Unlock()
	if ss := s.sessions[key]; ss != nil {
		return ss, nil
	}
	m := newMeter(account, s.o)
	opts := []func(*config.LoadOptions) error{
		config.WithRetryer(patient(t.Endpoint, s.o.Pause)),
		config.WithHTTPClient(client(t.Endpoint, s.o.Patience)),
		config.WithSharedConfigProfile(t.Profile),
		config.WithDefaultRegion("us-east-1"),
		config.WithLogger(logging.Nop{}), // what it would tell may hold names of objects
		config.WithResponseChecksumValidation(aws.ResponseChecksumValidationWhenRequired),
	}
	if t.Endpoint != "" {
		opts = append(opts, config.WithBaseEndpoint(t.Endpoint))
	}
	cfg, err := config.LoadDefaultConfig(ctx, opts...)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration of AWS: %w", err)
	}
	cfg.HTTPClient = s.connections(way{profile: t.Profile, endpoint: t.Endpoint}, cfg.HTTPClient)
	s.permits.apply(&cfg, content, m)
	if role := t.roleIn(account, cfg.Region); role != "" {
		assumed := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), role, func(o *stscreds.AssumeRoleOptions) {
			o.RoleSessionName = "probity"
			if t.ExternalID != "" {
				o.ExternalID = &t.ExternalID
			}
		})
		cfg.Credentials = aws.NewCredentialsCache(assumed)
	}
	ss := &session{cfg: cfg, permits: s.permits, meter: m, now: s.o.Now}
	s.sessions[key] = ss
	return ss, nil
}

// connections are those that all sessions by one way use again. The kit would give each client of a service a pool of its own:
// an organisation has thousands of clients, whose connections would stay open until they time out. The caller holds the lock.
func (s *Scanner) connections(by way, loaded aws.HTTPClient) aws.HTTPClient {
	if s.pools[by] == nil {
		if b, ok := loaded.(*awshttp.BuildableClient); ok {
			loaded = b.Freeze()
		}
		s.pools[by] = loaded
	}
	return s.pools[by]
}

// roleIn is the ARN of the role to assume: in an organisation, that of the account.
func (t Target) roleIn(account, region string) string {
	switch {
	case t.Role == "" || account == "" && t.Organisation:
		return ""
	case !strings.HasPrefix(t.Role, "arn:") && account == "":
		return ""
	case !strings.HasPrefix(t.Role, "arn:"):
		return "arn:" + partition(region) + ":iam::" + account + ":role/" + t.Role
	case account != "":
		return strings.Replace(t.Role, "*", account, 1)
	}
	return t.Role
}

// partition is the part of AWS that a region belongs to.
func partition(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// in is the configuration for a region.
func (s *session) in(region string) aws.Config {
	cfg := s.cfg.Copy()
	if region != "" {
		cfg.Region = region
	}
	return cfg
}

// calls are those made in a region since they were last asked for.
func (s *session) calls(region string) []probity.Calls {
	if region == "" {
		region = s.cfg.Region
	}
	return s.meter.take(region)
}

// client bounds every wait, and how many connections wait for the next call. With an endpoint of one's own all connections go
// there, whatever host a service puts before it.
func client(endpoint string, patience time.Duration) *awshttp.BuildableClient {
	c := awshttp.NewBuildableClient().WithTimeout(patience).WithTransportOptions(func(tr *http.Transport) {
		tr.MaxIdleConns, tr.MaxIdleConnsPerHost = idle, idle
	})
	u, err := url.Parse(endpoint)
	if endpoint == "" || err != nil {
		return c
	}
	return c.WithTransportOptions(func(tr *http.Transport) {
		tr.Proxy = nil
		tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{Timeout: patience / 6}).DialContext(ctx, network, u.Host)
		}
	})
}
