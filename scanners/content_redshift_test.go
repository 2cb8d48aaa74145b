package scanners_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// recorded answers for Redshift and Redshift Serverless as AWS documents it, and refuses all else. Recorded shapes: the emulator
// has neither the calls for credentials nor the serverless service.
type recorded struct {
	mu     sync.Mutex
	denied string // an operation
	first  int    // answers that it gives before it is denied
	asked  []string
	forms  map[string]string // by operation
	bodies map[string]string // of JSON, by operation
}

func (a *recorded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(b))
	_, op, json := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	if !json {
		op = form.Get("Action")
	}
	a.asked = append(a.asked, op+" "+string(b))
	text, inForms := a.forms[op]
	body, inBodies := a.bodies[op]
	if op == a.denied {
		a.first--
	}
	switch {
	case op == a.denied && a.first < 0 || !inForms && !inBodies:
		w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
		w.WriteHeader(http.StatusForbidden)
		if json {
			fmt.Fprint(w, `{"__type":"AccessDeniedException"}`)
		} else {
			fmt.Fprint(w, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
		}
	case op == "DescribeRegions": // EC2 has a form of its own
		fmt.Fprint(w, "<DescribeRegionsResponse>"+text+"</DescribeRegionsResponse>")
	case inForms:
		fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", op, text)
	default:
		fmt.Fprint(w, body)
	}
}

// deny denies an operation after its first answers.
func (a *recorded) deny(op string, first int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.denied, a.first, a.asked = op, first, nil
}

// TestWarehousesOfAccounts: clusters and serverless namespaces of Redshift are opened by what IAM gives the identity of the scan,
// or by the secret that the scope names. A door before PostgreSQL, which has Redshift's names, takes those passwords.
func TestWarehousesOfAccounts(t *testing.T) {
	const leased, secret = "a-leased-password", databasetest.Password
	server := databasetest.Postgres(t, databasetest.Options{})
	server.Exec(t, "postgres", `CREATE ROLE "IAMR:audit" LOGIN SUPERUSER PASSWORD '`+databasetest.Password+"'", "CREATE ROLE admin LOGIN SUPERUSER PASSWORD '"+databasetest.Password+"'", "CREATE DATABASE sales")
	for _, name := range []string{"postgres", "sales"} {
		server.AsRedshift(t, name)
	}
	server.Exec(t, "sales", "CREATE TABLE public.buyers (email varchar(99))", "INSERT INTO public.buyers SELECT 'p' || i || '@example.org' FROM generate_series(1, 20) i")
	door := server.PostgresFront(t, func(_ int, user, password string) bool {
		return user == "IAMR:audit" && password == leased || user == "admin" && password == secret
	})
	const at = "arn:aws:redshift:eu-west-1:123456789012:cluster:sales"
	const serverless = "arn:aws:redshift-serverless:eu-west-1:123456789012:namespace/0f2e4d6c-1111-2222-3333-444455556666"
	const keeps = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redshift!sales-abc"
	api := &recorded{forms: map[string]string{
		"GetCallerIdentity": "<Account>123456789012</Account><Arn>arn:aws:sts::123456789012:assumed-role/audit/probity</Arn>",
		"DescribeRegions":   "<regionInfo><item><regionName>eu-west-1</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo>",
		"DescribeClusters": fmt.Sprintf(`<Clusters><Cluster><ClusterIdentifier>sales</ClusterIdentifier><DBName>sales</DBName><Encrypted>true</Encrypted><PubliclyAccessible>false</PubliclyAccessible>
			<MasterPasswordSecretArn>%s</MasterPasswordSecretArn><Endpoint><Address>127.0.0.1</Address><Port>%d</Port></Endpoint></Cluster></Clusters>`, keeps, door.Port),
		"GetClusterCredentialsWithIAM": "<DbUser>IAMR:audit</DbUser><DbPassword>" + leased + "</DbPassword><Expiration>2126-11-28T12:00:00Z</Expiration>",
	}, bodies: map[string]string{
		"ListNamespaces": fmt.Sprintf(`{"namespaces":[{"namespaceArn":"arn:aws:redshift-serverless:eu-west-1:123456789012:namespace/0","namespaceName":"asleep"},{"namespaceArn":%q,"namespaceName":"lab","dbName":"sales","adminPasswordSecretArn":%q}]}`, serverless, keeps),
		"ListWorkgroups": fmt.Sprintf(`{"workgroups":[{"workgroupName":"asleep","namespaceName":"lab"},{"workgroupName":"readers","namespaceName":"lab","publiclyAccessible":false,
			"endpoint":{"address":"localhost","port":%d}}]}`, door.Port),
		"GetCredentials": `{"dbUser":"IAMR:audit","dbPassword":"` + leased + `","expiration":4951886400}`,
		"GetSecretValue": `{"SecretString":"{\"username\":\"admin\",\"password\":\"` + secret + `\"}"}`,
	}}
	awstest.Environment(t)
	s := httptest.NewServer(api)
	t.Cleanup(s.Close)
	target := "aws:region=eu-west-1,services=redshift;redshift-serverless,database-ca=" + door.Roots + ",endpoint=" + s.URL
	asks := probity.Asks{Content: &probity.Budget{}, Live: probity.Live{Content: []string{"databases"}}}
	const buyers = "sales.public.buyers.email"
	hosts := map[string]string{at: "127.0.0.1", serverless: "localhost"}

	t.Run("opened by IAM", func(t *testing.T) {
		api.deny("", 0)
		got := live(t, []string{target}, asks)
		for _, id := range []string{at, serverless} {
			if on, gap := held(got.assets[id]); on != buyers || gap != nil {
				t.Errorf("%s: got %q and %v, want all that is in it", id, on, gap)
			}
			db := got.assets[fmt.Sprintf("redshift://%s:%d", hosts[id], door.Port)]
			if !slices.ContainsFunc(db.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn && l.To.ID == id }) {
				t.Errorf("its server is linked by %+v, want that it is in %s", db.Links.Items, id)
			}
		}
		if _, gap := held(got.assets["arn:aws:redshift-serverless:eu-west-1:123456789012:namespace/0"]); gap == nil || gap.Reason != probity.Unreachable {
			t.Errorf("got %v of a namespace without a workgroup, want that nothing reaches it", gap)
		}
		if len(got.reads) != 2 {
			t.Errorf("got the reads %+v, want one a warehouse", got.reads)
		}
		for _, r := range got.reads {
			if r.Identity != "arn:aws:sts::123456789012:assumed-role/audit/probity as IAMR:audit" || r.Bytes == 0 || !strings.HasPrefix(r.Store.ID, "redshift://") || r.Purpose == "" {
				t.Errorf("got the read %+v, want who read what for what", r)
			}
		}
		if slices.ContainsFunc(api.asked, func(a string) bool { return strings.HasPrefix(a, "GetSecretValue") }) {
			t.Error("a secret was taken that the scope does not name")
		}
		if strings.Contains(got.all, leased) || strings.Contains(got.all, secret) || strings.Contains(got.all, "@example.org") {
			t.Error("what was found tells a password or a value")
		}
	})
	t.Run("opened by the secret that the scope names", func(t *testing.T) {
		api.deny("", 0)
		got := live(t, []string{target + ",database-secret=sales;lab"}, asks)
		for _, id := range []string{at, serverless} {
			if on, gap := held(got.assets[id]); on != buyers || gap != nil {
				t.Errorf("%s: got %q and %v, want all that is in it", id, on, gap)
			}
		}
		for _, r := range got.reads {
			if !strings.HasSuffix(r.Identity, " as admin") {
				t.Errorf("got the identity %s, want the master user", r.Identity)
			}
		}
	})
	for op, needs := range map[string]string{"GetClusterCredentialsWithIAM": "redshift:GetClusterCredentialsWithIAM", "GetCredentials": "redshift-serverless:GetCredentials"} {
		t.Run("without "+needs, func(t *testing.T) {
			api.deny(op, 0)
			id, other := at, serverless
			if op == "GetCredentials" {
				id, other = other, id
			}
			got := live(t, []string{target}, asks)
			if on, gap := held(got.assets[id]); on != "" || gap == nil || gap.Reason != probity.Denied || gap.Needs != needs {
				t.Errorf("got %q and %v, want the permission that was missing", on, gap)
			}
			if on, gap := held(got.assets[other]); on != buyers || gap != nil {
				t.Errorf("got %q and %v of the other", on, gap)
			}
		})
	}
	t.Run("a password that has ended is asked for again", func(t *testing.T) {
		holds := api.forms["GetClusterCredentialsWithIAM"]
		api.forms["GetClusterCredentialsWithIAM"] = strings.Replace(holds, "2126", "2020", 1)
		api.deny("GetClusterCredentialsWithIAM", 3) // the user, the list of databases, and the first of them
		got := live(t, []string{target}, asks)
		api.forms["GetClusterCredentialsWithIAM"] = holds
		if _, gap := held(got.assets[at]); gap == nil || gap.Reason != probity.Denied || gap.Needs != "redshift:GetClusterCredentialsWithIAM" {
			t.Errorf("got %v, want that no password was given for the second database", gap)
		}
	})
	t.Run("scanned directly, in either order", func(t *testing.T) {
		api.deny("GetCredentials", 0)
		t.Setenv("PGPASSWORD", secret)
		plain := probity.Asks{Content: &probity.Budget{}}
		account := strings.Replace(target, ";redshift-serverless", "", 1)
		direct := fmt.Sprintf("redshift://admin@127.0.0.1:%d/sales?sslmode=verify-full&sslrootcert=%s", door.Port, door.Roots)
		for _, targets := range [][]string{{account, direct}, {direct, account}} {
			got := live(t, targets, plain)
			if on, _ := held(got.assets[at]); on != buyers {
				t.Errorf("%v: got %q", targets, on)
			}
		}
	})
}
