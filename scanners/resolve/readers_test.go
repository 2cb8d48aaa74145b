package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	own     = "111122223333"
	secret  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abcdef"
	keyARN  = "arn:aws:kms:eu-west-1:111122223333:key/k"
	roleARN = "arn:aws:iam::111122223333:role/clerk"
	userARN = "arn:aws:iam::111122223333:user/ann"
)

// rule is a statement about reading one secret or using its key.
type rule struct {
	deny             bool
	action, resource string
	to               string // "", "*", an ARN or an account
	condition        string
}

func (r rule) String() string {
	s := fmt.Sprintf(`{"Effect":%q,"Action":%q,"Resource":%q`, map[bool]string{true: "Deny", false: "Allow"}[r.deny], r.action, r.resource)
	switch r.to {
	case "":
	case "*":
		s += `,"Principal":"*"`
	default:
		s += fmt.Sprintf(`,"Principal":{"AWS":%q}`, r.to)
	}
	return s + r.condition + "}"
}

func text(rules ...rule) string {
	parts := []string{}
	for _, r := range rules {
		parts = append(parts, r.String())
	}
	return `{"Statement":[` + strings.Join(parts, ",") + `]}`
}

// world is an account with a role and a user, a secret with its key, and an organisation above.
type world struct {
	role, user, boundary, resource, key []rule
	levels                              [][]rule // none: no organisation
	bounded, encrypted                  bool
	gaps                                map[string]bool // pieces that are not known
}

func (w world) assets() []probity.Asset {
	gap := probity.Gap{Reason: probity.Denied, Needs: "it"}
	scope := probity.Scope{Provider: "aws", Account: own}
	region := probity.Location{Region: probity.Known("eu-west-1", nil)}
	policy := func(piece string, rules []rule) probity.Fact[probity.Optional[string]] {
		switch {
		case w.gaps[piece]:
			return probity.Missing[probity.Optional[string]](gap, nil)
		case len(rules) == 0:
			return probity.Known(probity.Optional[string]{}, nil)
		}
		return probity.Known(probity.Some(text(rules...)), nil)
	}
	reads := func(piece string, rules []rule) probity.List[string] {
		var docs []string
		if len(rules) > 0 {
			docs = append(docs, text(rules...))
		}
		if w.gaps[piece] {
			return probity.Open[string](gap, nil)
		}
		return probity.Whole(nil, docs...)
	}
	role := kinds.Role{Reads: reads("role", w.role), Boundary: probity.Known(probity.Optional[string]{}, nil)}
	if w.bounded {
		role.Boundary = policy("boundary", w.boundary)
		if len(w.boundary) == 0 && !w.gaps["boundary"] {
			role.Boundary = probity.Known(probity.Some(""), nil)
		}
	}
	user := kinds.User{Reads: reads("user", w.user), Boundary: probity.Known(probity.Optional[string]{}, nil)}
	account := kinds.Account{Organisation: probity.Known(probity.Optional[string]{}, nil), Manages: probity.Known(false, nil), Above: probity.Whole[string](nil)}
	store := probity.Asset{Ref: probity.Ref{ID: secret}, Kind: kinds.Secret, Class: probity.Secret, Scope: scope, Location: region,
		Exposure: probity.Exposure{Declared: probity.Declared{Policy: policy("resource", w.resource)}}, Encryption: probity.Encryption{Manager: probity.Known(probity.ProviderManaged, nil)}}
	out := []probity.Asset{
		{Ref: probity.Ref{ID: roleARN}, Kind: kinds.IAMRole, Class: probity.Identity, Scope: scope, Settings: probity.SettingsOf(role)},
		{Ref: probity.Ref{ID: userARN}, Kind: kinds.IAMUser, Class: probity.Identity, Scope: scope, Settings: probity.SettingsOf(user)},
	}
	if w.encrypted {
		store.Encryption.Manager = probity.Known(probity.CustomerManaged, nil)
		store.Links = probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, To: probity.Ref{ID: keyARN}})
		out = append(out, probity.Asset{Ref: probity.Ref{ID: keyARN}, Kind: kinds.KMSKey, Class: probity.Key, Scope: scope,
			Exposure: probity.Exposure{Declared: probity.Declared{Policy: policy("key", w.key), ACL: probity.Whole[probity.Grant](nil)}}})
	}
	if len(w.levels) > 0 {
		account.Organisation = probity.Known(probity.Some("o-1"), nil)
		path := []string{}
		for i, rules := range w.levels {
			unit := fmt.Sprint("level-", i)
			path = append(path, unit)
			g := kinds.Guardrail{Type: probity.Known("SERVICE_CONTROL_POLICY", nil), Targets: probity.Whole(nil, unit), Limits: probity.Known(text(rules...), nil)}
			if len(rules) == 0 {
				g.Limits = probity.Known("", nil)
			}
			out = append(out, probity.Asset{Ref: probity.Ref{ID: "policy-" + unit}, Kind: kinds.OrganisationPolicy, Class: probity.Account, Settings: probity.SettingsOf(g)})
		}
		account.Above = probity.Whole(nil, path...)
		if w.gaps["organisation"] {
			account.Above = probity.Open[string](gap, nil)
		}
	}
	return append(out, store, probity.Asset{Ref: probity.Ref{ID: "aws://" + own}, Kind: kinds.AWSAccount, Class: probity.Account, Scope: scope, Settings: probity.SettingsOf(account)})
}

func (w world) readers(t *testing.T) ([]string, *probity.Gap) {
	t.Helper()
	var coverage []probity.Coverage
	for _, kind := range []probity.Kind{kinds.IAMRole, kinds.IAMUser} {
		coverage = append(coverage, probity.Coverage{Supply: probity.Supply{Kind: kind, On: probity.Ref{ID: "aws://" + own}}})
	}
	return readersOf(t, secret, w.assets(), coverage)
}

func readersOf(t *testing.T, id string, assets []probity.Asset, coverage []probity.Coverage) ([]string, *probity.Gap) {
	t.Helper()
	s := NewSlice(pointers(assets), coverage)
	if err := Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	a, _, err := find(t.Context(), s, probity.Ref{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, g := range a.Access.Readers.Items {
		names = append(names, g.Principal)
	}
	_, gap := a.Access.Readers.Value()
	return names, gap
}

// plainly says who reads, as the documentation of IAM does, with nothing unknown.
func (w world) plainly() []string {
	out := []string{}
	has := func(rules []rule, deny bool, who, action, resource string, by ...string) bool {
		return slices.ContainsFunc(rules, func(r rule) bool {
			return r.deny == deny && (r.action == "*" || r.action == action) && (r.resource == "*" || r.resource == resource) && (r.to == "" || slices.Contains(by, r.to))
		})
	}
	for _, who := range []string{roleARN, userARN} {
		mine, bounded := w.role, w.bounded
		if who == userARN {
			mine, bounded = w.user, false
		}
		may := func(action, resource string, rules []rule, key bool) bool {
			if has(mine, true, who, action, resource) || bounded && has(w.boundary, true, who, action, resource) || has(rules, true, who, action, resource, "*", who, own) {
				return false
			}
			for _, level := range w.levels {
				if has(level, true, who, action, resource) || !has(level, false, who, action, resource) {
					return false
				}
			}
			bound := !bounded || has(w.boundary, false, who, action, resource)
			identity := has(mine, false, who, action, resource) && bound
			direct := has(rules, false, who, action, resource, "*", who)
			if key {
				identity = identity && (direct || has(rules, false, who, action, resource, own))
			}
			return identity || direct && (bound || who == userARN)
		}
		if may("secretsmanager:GetSecretValue", secret, w.resource, false) && (!w.encrypted || may("kms:Decrypt", keyARN, w.key, true)) {
			out = append(out, who)
		}
	}
	return out
}

func randomWorld(rng *rand.Rand) world {
	one := func(of ...string) string { return of[rng.IntN(len(of))] }
	some := func(n int, to ...string) []rule {
		var out []rule
		for range rng.IntN(n + 1) {
			r := rule{deny: rng.IntN(4) == 0, action: one("*", "secretsmanager:GetSecretValue", "kms:Decrypt", "s3:GetObject"), resource: one("*", "*", secret, keyARN)}
			if len(to) > 0 {
				r.to = one(to...)
			}
			out = append(out, r)
		}
		return out
	}
	w := world{role: some(3), user: some(3), boundary: some(3), resource: some(2, own, roleARN, userARN), key: some(3, own, own, roleARN, userARN),
		bounded: rng.IntN(3) == 0, encrypted: rng.IntN(2) == 0, gaps: map[string]bool{}}
	if len(w.key) == 0 {
		w.key = []rule{{action: "*", resource: "*", to: own}}
	}
	if rng.IntN(3) == 0 {
		w.levels = [][]rule{append(some(1), rule{action: "*", resource: "*"}), some(3)}
	}
	return w
}

func TestReadersAgreeWithThePlainMeaning(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(12, 5))
	some, none := 0, 0
	for range 3_000 {
		w := randomWorld(rng)
		got, gap := w.readers(t)
		slices.Sort(got)
		if want := w.plainly(); gap != nil || !slices.Equal(got, want) {
			t.Fatalf("%+v: got %v %v, want %v", w, got, gap, want)
		}
		if len(got) > 0 {
			some++
		} else {
			none++
		}
	}
	if some < 300 || none < 300 {
		t.Errorf("got %d with readers and %d without, want many of each", some, none)
	}
}

// TestReadersWithGaps: what is said for certain holds however the piece turns out that is not known, and a closed list is the
// same in all cases.
func TestReadersWithGaps(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(4, 8))
	open, closed := 0, 0
	for range 1_000 {
		w := randomWorld(rng)
		piece := []string{"role", "user", "boundary", "resource", "key", "organisation"}[rng.IntN(6)]
		w.gaps[piece] = true
		sure, gap := w.readers(t)
		for range 20 {
			c, other := w, randomWorld(rng)
			c.gaps = nil
			switch piece {
			case "role":
				c.role = other.role
			case "user":
				c.user = other.user
			case "boundary":
				c.boundary = other.boundary
			case "resource":
				c.resource = other.resource
			case "key":
				c.key = other.key
			case "organisation":
				if c.levels != nil {
					c.levels = append(c.levels[:len(c.levels):len(c.levels)], other.role)
				}
			}
			all := c.plainly()
			for _, who := range sure {
				if !slices.Contains(all, who) {
					t.Fatalf("%+v: got %s for certain, who cannot read if %s is %+v", w, who, piece, c)
				}
			}
			if gap == nil && len(all) != len(sure) {
				t.Fatalf("%+v: got %v and no gap, %v read if %s is %+v", w, sure, all, piece, c)
			}
		}
		if gap != nil {
			open++
		} else {
			closed++
		}
	}
	if open < 100 || closed < 100 {
		t.Errorf("got %d open and %d closed, want many of each", open, closed)
	}
}

func TestReadersOfBuckets(t *testing.T) {
	t.Parallel()
	scope := probity.Scope{Provider: "aws", Account: own}
	reads := func(docs ...string) probity.Settings {
		return probity.SettingsOf(kinds.Role{Reads: probity.Whole(nil, docs...), Boundary: probity.Known(probity.Optional[string]{}, nil)})
	}
	allow := func(resource, more string) string {
		return fmt.Sprintf(`{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":%q%s}]}`, resource, more)
	}
	account := probity.SettingsOf(kinds.Account{Organisation: probity.Known(probity.Optional[string]{}, nil)})
	listed := []probity.Coverage{{Supply: probity.Supply{Kind: kinds.IAMRole, On: probity.Ref{ID: "aws://" + own}}}}
	const policy = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:role/x"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/secret/*"}]}`
	for name, c := range map[string]struct {
		role     string
		coverage []probity.Coverage
		want     string
	}{
		"all of it":         {allow("*", ""), listed, "444455556666:role/x[] clerk[]"},
		"a part":            {allow("arn:aws:s3:::b/logs/*", ""), listed, "444455556666:role/x[] clerk[logs/*]"},
		"a part by pattern": {allow("arn:aws:s3:::*/logs/*", ""), listed, "444455556666:role/x[] clerk[logs/*]"},
		"a part denied":     {allow("arn:aws:s3:::b/secret/x", ""), listed, "444455556666:role/x[]"},
		"another bucket":    {allow("arn:aws:s3:::c/*", ""), listed, "444455556666:role/x[]"},
		"from a network":    {allow("*", `,"Condition":{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`), listed, "444455556666:role/x[] unresolved policies depend on aws:SourceVpc of the request"},
		"nobody listed":     {allow("*", ""), nil, "444455556666:role/x[] clerk[] not-collected the account's roles and users were not listed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::b"}, Kind: kinds.S3Bucket, Class: probity.Bucket, Scope: scope,
				Encryption: probity.Encryption{Manager: probity.Known(probity.ProviderOwned, nil)},
				Exposure:   probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Some(policy), nil), ACL: probity.Whole[probity.Grant](nil), Blocks: probity.Known(probity.Blocks{}, nil)}}}
			s := NewSlice(pointers([]probity.Asset{a, {Ref: probity.Ref{ID: roleARN}, Kind: kinds.IAMRole, Class: probity.Identity, Scope: scope, Settings: reads(c.role)},
				{Ref: probity.Ref{ID: "aws://" + own}, Kind: kinds.AWSAccount, Class: probity.Account, Scope: scope, Settings: account,
					Exposure: probity.Exposure{Declared: probity.Declared{Blocks: probity.Known(probity.Blocks{}, nil)}}}}), c.coverage)
			if err := Run(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			got, _, err := find(t.Context(), s, a.Ref)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, g := range got.Access.Readers.Items {
				who := strings.TrimPrefix(strings.TrimPrefix(g.Principal, "arn:aws:iam::"), own+":role/")
				said = append(said, fmt.Sprint(who, g.On))
			}
			if _, g := got.Access.Readers.Value(); g != nil {
				said = append(said, string(g.Reason), g.Because)
			}
			if s := strings.Join(said, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

// TestReadersOfCode: an account holds more than its code, so nobody can tell.
func TestReadersOfCode(t *testing.T) {
	t.Parallel()
	w := randomWorld(rand.New(rand.NewPCG(1, 1)))
	assets := w.assets()
	for i := range assets {
		assets[i].Root = "infra"
	}
	s := NewSlice(pointers(assets), nil)
	if err := Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	a, ok, err := find(t.Context(), s, probity.Ref{Root: "infra", ID: secret})
	if err != nil || !ok || !a.Access.Readers.IsZero() {
		t.Errorf("got %v, want that nobody looked", a.Access.Readers)
	}
}

func BenchmarkReaders(b *testing.B) {
	scope := probity.Scope{Provider: "aws", Account: own}
	var assets []probity.Asset
	for i := range 1000 {
		doc := fmt.Sprintf(`{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::bucket-%d/*"]}]}`, i)
		assets = append(assets, probity.Asset{Ref: probity.Ref{ID: fmt.Sprintf("arn:aws:iam::%s:role/r%d", own, i)}, Kind: kinds.IAMRole, Class: probity.Identity, Scope: scope,
			Settings: probity.SettingsOf(kinds.Role{Reads: probity.Whole(nil, doc, `{"Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"Bool":{"aws:SecureTransport":["false"]}}}]}`),
				Boundary: probity.Known(probity.Optional[string]{}, nil)})},
			probity.Asset{Ref: probity.Ref{ID: fmt.Sprintf("arn:aws:s3:::bucket-%d", i)}, Kind: kinds.S3Bucket, Class: probity.Bucket, Scope: scope,
				Encryption: probity.Encryption{Manager: probity.Known(probity.ProviderOwned, nil)},
				Exposure:   probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Optional[string]{}, nil), ACL: probity.Whole[probity.Grant](nil), Blocks: probity.Known(probity.Blocks{}, nil)}}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Run(b.Context(), NewSlice(pointers(assets), nil)); err != nil {
			b.Fatal(err)
		}
	}
}
