package awstest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Recorded answers as AWS documents its answers, where the emulator has none. A file of the archive is called by what a scan
// asks, "OpenSearch.DescribeDomains", and a word that only some requests hold, after a space. Its first line may be an error:
// "error 404 ResourceNotFoundException". What the archive does not name is answered with an empty list.
func Recorded(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	Environment(t)
	s := httptest.NewServer(recorded(archive.Files))
	t.Cleanup(s.Close)
	return s.URL
}

// Instead gives the answers of an archive in place of the emulator's.
func Instead(archive *txtar.Archive) Fault {
	files := recorded(archive.Files)
	return func(r Request, w http.ResponseWriter) bool {
		answer := files.answer(r.Called, r.Text)
		if answer != nil {
			give(w, r, answer)
		}
		return answer != nil
	}
}

type recorded []txtar.File

// ServeHTTP implements [http.Handler].
func (files recorded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	req := requestOf(r, body)
	answer := files.answer(req.Called, req.Text)
	w.Header().Set("Content-Type", "text/xml")
	switch {
	case answer != nil:
		give(w, req, answer)
	case req.Operation == "GetCallerIdentity":
		fmt.Fprintf(w, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>", Account)
	case req.Operation == "DescribeRegions":
		fmt.Fprintf(w, "<DescribeRegionsResponse><regionInfo><item><regionName>%s</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>", Region)
	case req.Operation == "ListAliases":
		fmt.Fprint(w, `{"Aliases":[],"Truncated":false}`)
	case req.Protocol == "query":
		fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult></%[1]sResult></%[1]sResponse>", req.Operation)
	case strings.HasPrefix(req.Service, "s3"), req.Service == "cloudfront":
		fmt.Fprint(w, "<Answer></Answer>")
	default:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, "{}")
	}
}

// give writes an answer of an archive, or the error that it stands for.
func give(w http.ResponseWriter, req Request, answer []byte) {
	var status int
	var code string
	if n, _ := fmt.Sscanf(string(answer), "error %d %s", &status, &code); n == 2 { //nolint:mnd // both of them
		Answer(All, status, code, "as recorded")(req, w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if bytes.HasPrefix(answer, []byte("<")) {
		w.Header().Set("Content-Type", "text/xml")
	}
	_, _ = w.Write(answer)
}

// answer is the file for a request; one that names a word of it comes first.
func (files recorded) answer(called, request string) []byte {
	var out []byte
	for _, f := range files {
		name, word, _ := strings.Cut(f.Name, " ")
		if name != called || !strings.Contains(request, word) {
			continue
		}
		if word != "" {
			return f.Data
		}
		out = f.Data
	}
	return out
}
