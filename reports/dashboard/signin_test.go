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
	page := show(SignIn{Next: `/"><script>alert(1)</script>`, Provider: "login.example.com"})
	if strings.Contains(page, "<script>") || !strings.Contains(page, `href="/signin/provider?next=%2f%22%3e`) || !strings.Contains(page, "login.example.com") {
		t.Errorf("got %s", page)
	}
}
