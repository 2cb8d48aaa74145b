package signin

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// provider is one of OpenID Connect: all that it says is the library's, but for who signs in, by what keys, and what a test spoils.
type provider struct {
	*httptest.Server
	client, secret, callback string

	op.Storage // what the flow does not ask stays nil
	mu         sync.Mutex
	keys       []signingKey // the last signs, all but the last are those of before
	requests   map[string]*request
	codes      map[string]string
	scopes     map[string][]string                // of access tokens
	person     map[string]any                     // claims of who signs in; sub is wanted
	spoil      func(claims map[string]any)        // what the ID token says
	resign     func(claims map[string]any) string // by another key
	exchanges  int
	idToken    string               // the last that was given
	apart      []string             // claims that userinfo tells alone
	told       http.HandlerFunc     // answers at userinfo in the library's place
	found      func(map[string]any) // what the provider says of itself
	ended      []string             // subjects whose sessions there are over
}

type signingKey struct {
	id  string
	key *ecdsa.PrivateKey
}

func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k signingKey) Algorithm() jose.SignatureAlgorithm          { return jose.ES256 }
func (k signingKey) Key() any                                    { return k.key }
func (k signingKey) ID() string                                  { return k.id }
func (k signingKey) Use() string                                 { return "sig" }

// published is what others see of a key.
type published struct{ signingKey }

func (k published) Key() any { return k.key.Public() }

type request struct {
	*oidc.AuthRequest
	id, subject string
}

func (r *request) GetID() string          { return r.id }
func (r *request) GetACR() string         { return "" }
func (r *request) GetAMR() []string       { return []string{"pwd"} }
func (r *request) GetAudience() []string  { return []string{r.ClientID} }
func (r *request) GetAuthTime() time.Time { return time.Now() }
func (r *request) GetClientID() string    { return r.ClientID }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	if r.CodeChallenge == "" {
		return nil
	}
	return &oidc.CodeChallenge{Challenge: r.CodeChallenge, Method: r.CodeChallengeMethod}
}
func (r *request) GetNonce() string                   { return r.Nonce }
func (r *request) GetRedirectURI() string             { return r.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.ResponseMode }
func (r *request) GetScopes() []string                { return r.Scopes }
func (r *request) GetState() string                   { return r.State }
func (r *request) GetSubject() string                 { return r.subject }
func (r *request) Done() bool                         { return r.subject != "" }

type relyingParty struct{ p *provider }

func (c relyingParty) GetID() string                       { return c.p.client }
func (c relyingParty) RedirectURIs() []string              { return []string{c.p.callback} }
func (c relyingParty) PostLogoutRedirectURIs() []string    { return []string{c.p.callback} }
func (c relyingParty) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (c relyingParty) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodBasic }
func (c relyingParty) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c relyingParty) GrantTypes() []oidc.GrantType         { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c relyingParty) LoginURL(id string) string            { return "/login?id=" + url.QueryEscape(id) }
func (c relyingParty) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (c relyingParty) IDTokenLifetime() time.Duration       { return time.Hour }
func (c relyingParty) DevMode() bool                        { return false }
func (c relyingParty) IsScopeAllowed(string) bool           { return true }
func (c relyingParty) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c relyingParty) ClockSkew() time.Duration             { return 0 }
func (c relyingParty) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(s []string) []string { return s }
}
func (c relyingParty) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(s []string) []string { return s }
}

// startProvider is a provider on a free port of this machine, over TLS.
func startProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{client: "probity", secret: rand.Text(), requests: map[string]*request{}, codes: map[string]string{}, scopes: map[string][]string{}, person: map[string]any{"sub": "subject-1"}}
	p.rotate(t)
	var handler http.Handler
	p.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(p.Close)
	library, err := op.NewProvider(&op.Config{CryptoKey: [32]byte([]byte(rand.Text() + rand.Text())[:32]), CodeMethodS256: true}, p, op.StaticIssuer(p.URL))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) { // the person is who the test says, without a password
		id := r.URL.Query().Get("id")
		p.mu.Lock()
		if q := p.requests[id]; q != nil {
			q.subject = p.person["sub"].(string)
		}
		p.mu.Unlock()
		http.Redirect(w, r, op.AuthCallbackURL(library)(op.ContextWithIssuer(r.Context(), p.URL), id), http.StatusFound)
	})
	mux.Handle("/oauth/token", p.spoiling(t, library))
	mux.HandleFunc("/userinfo", func(w http.ResponseWriter, r *http.Request) {
		if p.told != nil {
			p.told(w, r)
			return
		}
		library.ServeHTTP(w, r)
	})
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		held := httptest.NewRecorder()
		library.ServeHTTP(held, r)
		var all map[string]any
		if err := json.Unmarshal(held.Body.Bytes(), &all); err != nil {
			t.Error(err)
		}
		if p.found != nil {
			p.found(all)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(all)
	})
	mux.Handle("/", library)
	handler = mux
	return p
}

// rotate makes a key that signs from now on.
func (p *provider) rotate(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = []signingKey{{rand.Text(), key}}
}

// spoiling changes ID tokens as the test wants, signed anew.
func (p *provider) spoiling(t *testing.T, library http.Handler) http.Handler {
	t.Helper()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := httptest.NewRecorder()
		library.ServeHTTP(held, r)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.exchanges++
		body := held.Body.Bytes()
		var answer, claims map[string]any
		if held.Code == http.StatusOK {
			if err := json.Unmarshal(body, &answer); err != nil {
				t.Error(err)
				return
			}
			p.idToken, _ = answer["id_token"].(string)
		}
		if p.spoil != nil && held.Code == http.StatusOK {
			token, err := jwt.ParseSigned(answer["id_token"].(string), []jose.SignatureAlgorithm{jose.ES256})
			if err != nil {
				t.Error(err)
				return
			}
			if err := token.UnsafeClaimsWithoutVerification(&claims); err != nil {
				t.Error(err)
			}
			p.spoil(claims)
			resign := p.resign
			if resign == nil {
				k := p.keys[len(p.keys)-1]
				resign = func(claims map[string]any) string {
					return signed(t, jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: k.key, KeyID: k.id}}, claims)
				}
			}
			answer["id_token"] = resign(claims)
			if body, err = json.Marshal(answer); err != nil {
				t.Error(err)
			}
		}
		for name, values := range held.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(held.Code)
		_, _ = bytes.NewReader(body).WriteTo(w)
	})
}

func signed(t *testing.T, key jose.SigningKey, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(key, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	out, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Error(err)
	}
	return out
}

func (p *provider) CreateAuthRequest(_ context.Context, r *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := &request{AuthRequest: r, id: rand.Text()}
	p.requests[q.id] = q
	return q, nil
}

func (p *provider) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if q := p.requests[id]; q != nil {
		return q, nil
	}
	return nil, errors.New("no such request")
}

func (p *provider) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	p.mu.Lock()
	id := p.codes[code]
	delete(p.codes, code)
	p.mu.Unlock()
	return p.AuthRequestByID(ctx, id)
}

func (p *provider) SaveAuthCode(_ context.Context, id, code string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[code] = id
	return nil
}

func (p *provider) DeleteAuthRequest(context.Context, string) error { return nil }

func (p *provider) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := rand.Text()
	p.scopes[id] = r.GetScopes()
	return id, time.Now().Add(time.Hour), nil
}

func (p *provider) SigningKey(context.Context) (op.SigningKey, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.keys[len(p.keys)-1], nil
}

func (p *provider) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.ES256}, nil
}

func (p *provider) KeySet(context.Context) ([]op.Key, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []op.Key
	for _, k := range p.keys {
		out = append(out, published{k})
	}
	return out, nil
}

func (p *provider) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != p.client {
		return nil, errors.New("no such client")
	}
	return relyingParty{p}, nil
}

func (p *provider) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != p.client || secret != p.secret {
		return errors.New("not this client")
	}
	return nil
}

func (p *provider) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

func (p *provider) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, r op.IDTokenRequest, scopes []string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(info, r.GetSubject(), func(claim string) bool {
		return slices.Contains(p.apart, claim) || claim == "groups" && !slices.Contains(scopes, "groups")
	})
	return nil
}

// SetUserinfoFromToken is what the provider tells at userinfo.
func (p *provider) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, token, subject, _ string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(info, subject, func(claim string) bool { return claim == "groups" && !slices.Contains(p.scopes[token], "groups") })
	return nil
}

// TerminateSession ends what the provider has of somebody.
func (p *provider) TerminateSession(_ context.Context, subject, _ string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = append(p.ended, subject)
	return nil
}

// tell says who a person is, but for claims that are kept back.
func (p *provider) tell(info *oidc.UserInfo, subject string, kept func(claim string) bool) {
	info.Subject = subject
	for claim, value := range p.person {
		switch {
		case claim == "sub", kept(claim):
		case claim == "email":
			info.Email, info.EmailVerified = value.(string), true
		default:
			info.AppendClaims(claim, value)
		}
	}
}

func (p *provider) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return map[string]any{}, nil
}

func (p *provider) Health(context.Context) error { return nil }
