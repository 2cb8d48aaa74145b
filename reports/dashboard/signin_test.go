package dashboard

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestSignIn: the page says why somebody is not signed in, leads to the provider where there is one, and takes a path for nothing else.
func TestSignIn(t *testing.T) {
	t.Parallel()
	look, err := NewLook()
	if err != nil {
		t.Fatal(err)
	}
	show := func(p SignIn) string {
		w := httptest.NewRecorder()
		if err := look.SignIn(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/signin", http.NoBody), http.StatusForbidden, p); err != nil || w.Code != http.StatusForbidden {
			t.Fatalf("got %d, %v", w.Code, err)
		}
		return w.Body.String()
	}
	lines := map[string]Wrong{}
	for _, wrong := range []Wrong{WrongToken, TooMany, NoRole, NotTaken, Astray, NoProvider, NoHistory} {
		_, rest, ok := strings.Cut(show(SignIn{Next: "/", Wrong: wrong}), `role="alert">`)
		line, _, _ := strings.Cut(rest, "<")
		if other, twice := lines[line]; !ok || line == "" || twice {
			t.Errorf("%s: got %q, as of %q", wrong, line, other)
		}
		lines[line] = wrong
	}
	if page := show(SignIn{Next: "/map"}); strings.Contains(page, "alert") || strings.Contains(page, "/signin/provider") || !strings.Contains(page, `name="next" value="/map"`) {
		t.Errorf("got %s", page)
	}
	for name, r := range map[string]*http.Request{
		"a form":     httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/signin", http.NoBody),
		"a way back": httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/signin/callback?code=secret&state=s", http.NoBody),
	} {
		w := httptest.NewRecorder()
		if err := look.SignIn(w, r, http.StatusUnauthorized, SignIn{Next: "/map?country=DE", Wrong: WrongToken}); err != nil {
			t.Fatal(err)
		}
		if page := w.Body.String(); !strings.Contains(page, `href="/signin?lang=de&amp;next=%2Fmap%3Fcountry%3DDE"`) || strings.Contains(page, "secret") {
			t.Errorf("%s: got %s, want languages that lead on to the same", name, page)
		}
	}
	if page := show(SignIn{Provider: "login.example.com", Leave: "https://login.example.com/end?x=1"}); strings.Contains(page, "<form") || !strings.Contains(page, `href="https://login.example.com/end?x=1"`) {
		t.Errorf("got %s, want where the provider's session ends", page)
	}
	page := show(SignIn{Next: `/"><script>alert(1)</script>`, Provider: "login.example.com"})
	if strings.Contains(page, "<script>") || !strings.Contains(page, `href="/signin/provider?next=%2f%22%3e`) || !strings.Contains(page, "login.example.com") {
		t.Errorf("got %s", page)
	}
}
